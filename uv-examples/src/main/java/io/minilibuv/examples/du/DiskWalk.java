// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Failures;
import io.minilibuv.examples.cli.Requests;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all that a path names: every entry by {@code lstat}, every directory by {@code scandir}
 * as well. One request becomes many, and their answers one sum.
 *
 * <pre>
 *                    fan-out                              fan-in
 *
 *  lstat d - scandir d -+- lstat d/a ----------------------------+- d is in
 *                       +- lstat d/b - scandir d/b -+- ... -+----+
 *                       |                           +- ... -+    |
 *                       +- lstat d/c ----------------------------+
 * </pre>
 *
 * <p>A callback begins requests, and returns: nothing calls itself, so the depth of a tree costs no
 * stack. What has not begun waits in its directory's listing, and only a few requests are under way
 * at a time: a directory of a million entries does not become a million requests.
 */
final class DiskWalk {
  /** Enough for the pool to have something to do always, and few enough to be forgotten soon. */
  static final int MOST_UNDER_WAY = 32;

  private final Loop loop;
  private final DiskTally tally;
  private final Failures failures;

  /** Directories with entries that have not begun, the one listed last first. */
  private final Deque<DiskEntry> open = new ArrayDeque<>();

  private final Set<FsRequest> underWay = new HashSet<>();
  private @Nullable DiskEntry root;
  private boolean stopped;

  DiskWalk(Loop loop, DiskTally tally, Failures failures) {
    this.loop = loop;
    this.tally = tally;
    this.failures = failures;
  }

  /** Begins at {@code path}. When the loop is not alive any more, everything is in. */
  void start(String path) {
    look(null, path);
  }

  /** What the path names; null if it cannot be looked at, or was counted before. */
  @Nullable DiskEntry root() {
    return root;
  }

  /** Begins nothing more: directories come in with what is counted by now. */
  void stop() {
    stopped = true;
    // What a worker has already comes back soon.
    underWay.forEach(Requests::tryCancel);
    for (DiskEntry directory = open.poll(); directory != null; directory = open.poll()) {
      while (directory.nextPath() != null) {
        answered(directory);
      }
    }
  }

  private void look(@Nullable DiskEntry parent, String path) {
    underWay.add(Fs.lstat(loop, path, lstat -> onLstat(parent, path, lstat)));
  }

  private void onLstat(@Nullable DiskEntry parent, String path, FsRequest lstat) {
    DiskEntry entry = succeeded(lstat) ? tally.count(parent, path, lstat.stat()) : null;
    if (parent == null) {
      root = entry == null && stopped ? unseen(path) : entry;
    }
    if (entry != null && entry.isDirectory()) {
      scan(entry);
    } else {
      answered(parent);
    }
    goOn();
  }

  private static DiskEntry unseen(String path) {
    DiskEntry entry = new DiskEntry(null, path, false, 0);
    entry.markIncomplete();
    return entry;
  }

  private void scan(DiskEntry directory) {
    if (stopped) {
      answered(directory);
    } else {
      underWay.add(Fs.scandir(loop, directory.path(), scandir -> onScandir(directory, scandir)));
    }
  }

  private void onScandir(DiskEntry directory, FsRequest scandir) {
    if (succeeded(scandir) && !stopped) {
      directory.await(scandir.entries());
      open.push(directory);
    }
    answered(directory);
    goOn();
  }

  /** Fan-out: begins with entries until enough requests are under way. */
  private void goOn() {
    while (!open.isEmpty() && underWay.size() < MOST_UNDER_WAY) {
      DiskEntry directory = open.element();
      String path = directory.nextPath();
      if (path != null) {
        look(directory, path);
      } else {
        open.remove();
      }
    }
  }

  /** Fan-in: {@code directory} has one answer more, and so has its parent if that was the last. */
  private void answered(@Nullable DiskEntry directory) {
    DiskEntry at = directory;
    while (at != null && at.answered()) {
      if (stopped) {
        at.markIncomplete();
      }
      DiskEntry parent = at.parent();
      if (parent != null) {
        parent.add(at.bytes());
      }
      at = parent;
    }
  }

  private boolean succeeded(FsRequest request) {
    underWay.remove(request);
    UvException failure = request.error();
    if (failure != null && !stopped) {
      failures.add(failure);
    }
    return failure == null;
  }
}
