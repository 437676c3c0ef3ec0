// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.futures.FsTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way through what a path names, a file or a whole tree, several entries at a time. What is
 * done to an entry is a {@link Job}, which the operation makes.
 *
 * <p>The way goes down before it goes on: it remembers the listings of the directories that it is
 * in, and nothing of the rest of the tree, however large that is. What fails is told, and
 * everything else goes on.
 */
abstract class Traversal {
  private final Loop loop;
  private final int concurrency;
  private final TreeListener listener;
  private final Tally tally;
  private final FsTask<TreeResult> task;

  /** Directories with entries that have not begun, the one found last first. */
  private final Deque<DirectoryJob> open = new ArrayDeque<>();

  /** Directories of which all entries have ended, and that have not gone on yet. */
  private final Deque<DirectoryJob> filled = new ArrayDeque<>();

  /** Entries that have begun and not ended, without directories that wait for their entries. */
  private int running;

  private boolean scheduling;
  private boolean rootEnded;

  /** Whether the rest is not wanted any more. */
  private boolean finished;

  /** Why nothing was done. */
  private @Nullable UvException refusal;

  /** What the user's code has thrown first. */
  private @Nullable Throwable thrown;

  Traversal(Loop loop, TreeOptions options) {
    this.loop = loop;
    this.concurrency = options.concurrency();
    this.listener = options.listener();
    this.tally = new Tally(options.keptErrors());
    this.task = new FsTask<>(loop);
  }

  final FsTask<TreeResult> start(String root) {
    begin(null, Objects.requireNonNull(root, "path"), "", 0);
    return task;
  }

  /** What is to be done to {@code entry}; null if it is nothing that this can handle. */
  abstract @Nullable Job jobFor(@Nullable DirectoryJob parent, TreeEntry entry);

  /** Finds out if there is a reason to refuse {@code root}, and answers once, with it or null. */
  void admit(TreeEntry root, Consumer<@Nullable UvException> answer) {
    answer.accept(null);
  }

  /** Whether it is a failure that {@code path} is not there when it is looked at. */
  boolean minds(String path, boolean isRoot) {
    return true;
  }

  private void begin(@Nullable DirectoryJob parent, String path, String relative, int depth) {
    running++;
    Fs.lstat(
        loop,
        path,
        lstat -> {
          if (lstat.result() >= 0) {
            looked(parent, new TreeEntry(path, relative, depth, lstat.stat()));
          } else {
            missed(parent, path, lstat);
          }
        });
  }

  private void missed(@Nullable DirectoryJob parent, String path, FsRequest lstat) {
    UvException failure = lstat.error();
    if (lstat.result() == UvError.ENOENT.code() && !minds(path, parent == null)) {
      failure = null;
    }
    if (parent == null) {
      refusal = failure;
      failure = null;
    }
    ended(parent, failure, failure != null);
  }

  private void looked(@Nullable DirectoryJob parent, TreeEntry entry) {
    if (isStopped()) {
      ended(parent, null, false);
    } else if (parent != null) {
      proceed(parent, entry);
    } else {
      admit(entry, answer -> admitted(entry, answer));
    }
  }

  private void admitted(TreeEntry root, @Nullable UvException answer) {
    refusal = answer;
    if (isStopped()) {
      ended(null, null, false);
    } else {
      proceed(null, root);
    }
  }

  private void proceed(@Nullable DirectoryJob parent, TreeEntry entry) {
    Job job = jobFor(parent, entry);
    if (job != null) {
      job.start();
    } else {
      // A FIFO or a device: reading it might never end, and would not copy it.
      String call = "copy " + entry.type().name().toLowerCase(Locale.ROOT);
      ended(parent, UvError.ENOTSUP.exception(call, entry.path()), true);
    }
  }

  /** A directory waits for what is in it, which is not nothing. */
  final void opened(DirectoryJob directory) {
    running--;
    open.push(directory);
    schedule();
  }

  /**
   * An entry has ended, and makes room for another one.
   *
   * @param parent what it was found in; null if it is the root
   * @param lost whether something has failed, here or below
   */
  final void ended(@Nullable DirectoryJob parent, @Nullable UvException failure, boolean lost) {
    running--;
    if (failure != null) {
      failed(failure);
    }
    if (parent == null) {
      rootEnded = true;
    } else if (parent.childEnded(lost)) {
      filled.add(parent);
    }
    schedule();
  }

  /**
   * Lets directories go on, and begins as many entries as there is room for.
   *
   * <p>What ends while this is at it is not gone into but found by the next turn, so that the stack
   * does not grow with the depth of the tree.
   */
  private void schedule() {
    if (scheduling) {
      return;
    }
    scheduling = true;
    try {
      while (running < concurrency && !(filled.isEmpty() && open.isEmpty())) {
        if (!filled.isEmpty()) {
          running++;
          filled.remove().filled();
        } else {
          beginNext(open.element());
        }
      }
    } finally {
      scheduling = false;
    }
    if (rootEnded) {
      Throwable failure = thrown != null ? thrown : refusal;
      task.settle(failure, failure == null ? tally.result() : null);
    }
  }

  private void beginNext(DirectoryJob directory) {
    if (isStopped() && directory.skipRest()) {
      filled.add(directory);
    }
    if (directory.hasNext()) {
      TreeEntry entry = directory.entry;
      String name = directory.next();
      String relative = entry.depth() == 0 ? name : PathNames.join(entry.relative(), name);
      begin(directory, PathNames.join(entry.path(), name), relative, entry.depth() + 1);
    } else {
      open.remove();
    }
  }

  /** Bytes were written. */
  final void transferred(long bytes) {
    tell(told -> told.transferred(bytes));
  }

  /** An entry is done. */
  final void done(TreeEntry entry, long bytes) {
    tell(told -> told.done(entry, bytes));
  }

  /** An entry is there already, and is left alone. */
  final void kept(TreeEntry entry, long bytes) {
    tell(told -> told.kept(entry, bytes));
  }

  /** Something has failed. What fails by having been cancelled tells that everything is to end. */
  final void failed(UvException failure) {
    if (failure.error() == UvError.ECANCELED) {
      task.cancel(false);
    } else {
      tell(told -> told.failed(failure));
    }
  }

  private void tell(Consumer<TreeListener> what) {
    what.accept(tally);
    if (thrown == null) {
      guard(() -> what.accept(listener));
    }
  }

  /** Calls the user's code: what that throws must not get between two requests. */
  final void guard(Runnable user) {
    try {
      user.run();
    } catch (Throwable failure) {
      if (thrown == null) {
        thrown = failure;
      }
    }
  }

  /** Leaves out the rest. */
  final void finish() {
    finished = true;
  }

  /** Whether everything is to end as soon as it can, and to take back what is half made. */
  final boolean isStopped() {
    return finished || thrown != null || refusal != null || task.isCancelling();
  }

  final Loop loop() {
    return loop;
  }
}
