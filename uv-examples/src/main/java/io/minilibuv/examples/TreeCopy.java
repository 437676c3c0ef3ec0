// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what a path names, a file or a whole tree, several entries at a time.
 *
 * <p>The walk goes down before it goes on: it remembers the listings of the directories that it is
 * in, and nothing of the rest of the tree, however large that is. What fails is told to the report,
 * and everything else goes on.
 */
final class TreeCopy {
  private static final Logger log = LoggerFactory.getLogger(TreeCopy.class);

  /** How many buffers are to be in use, if there are enough large files. */
  private static final int CHUNKS = 32;

  private static final int MOST_CHUNKS_PER_FILE = 8;

  private final Loop loop;
  private final CopyReport report;
  private final int jobs;
  private final Buffers buffers = new Buffers();
  private final long pid = ProcessHandle.current().pid();
  private long temporaryNames = ThreadLocalRandom.current().nextInt(1 << 30);

  /** Directories with entries that have not begun, the one found last first. */
  private final Deque<DirectoryCopy> open = new ArrayDeque<>();

  /** Entries that have begun and not ended, without directories that wait for their entries. */
  private int running;

  private boolean aborted;
  private Runnable whenDone = () -> {};

  /**
   * Makes a copy that has not begun.
   *
   * @param jobs how many entries are on their way at once
   */
  TreeCopy(Loop loop, CopyReport report, int jobs) {
    this.loop = loop;
    this.report = report;
    this.jobs = jobs;
  }

  /**
   * Copies {@code source}.
   *
   * @param whenDone called once, when the last entry has ended
   */
  void start(String source, String target, Runnable whenDone) {
    this.whenDone = whenDone;
    begin(new Entry(null, source, target));
  }

  /** Ends as soon as the jobs can: what is half done is taken back, the rest is left out. */
  void abort() {
    aborted = true;
    open.forEach(DirectoryCopy::skipRest);
    open.clear();
  }

  private void begin(Entry entry) {
    running++;
    Fs.lstat(loop, entry.source(), lstat -> onStat(entry, lstat));
  }

  private void onStat(Entry entry, FsRequest lstat) {
    UvException failure = lstat.error();
    if (failure == null && !aborted) {
      Job job = jobFor(entry, lstat.stat());
      if (job != null) {
        job.start();
        return;
      }
      // A FIFO or a device: reading it might never end, and would not copy it.
      failure = UvError.ENOTSUP.exception("copy", entry.source());
    }
    ended(entry, failure);
  }

  private @Nullable Job jobFor(Entry entry, FsStat stat) {
    if (stat.isRegularFile()) {
      return new FileCopy(this, entry, stat);
    }
    if (stat.isDirectory()) {
      return new DirectoryCopy(this, entry, stat);
    }
    return stat.isSymbolicLink() ? new LinkCopy(this, entry, stat) : null;
  }

  /** A directory is there, and waits for what is in it. */
  void opened(DirectoryCopy directory) {
    running--;
    open.push(directory);
    fill();
  }

  /** All that is in a directory has ended, and it goes on. */
  void resumed() {
    running++;
  }

  /** An entry has ended, and makes room for another one. */
  void ended(Entry entry, @Nullable UvException failure) {
    running--;
    if (failure != null) {
      report.failure(failure);
    }
    if (log.isDebugEnabled()) {
      String what = entry.source() + " -> " + entry.target() + ": ";
      log.debug("{}", PathNames.printable(what + (failure != null ? failure : "done")));
    }
    DirectoryCopy parent = entry.parent();
    if (parent != null) {
      parent.childEnded();
      fill();
    } else {
      whenDone.run();
    }
  }

  /** Begins as many entries as there is room for. */
  private void fill() {
    while (running < jobs && !open.isEmpty()) {
      DirectoryCopy directory = open.element();
      if (directory.hasNext()) {
        begin(directory.next());
      } else {
        open.remove();
      }
    }
  }

  /** A name beside {@code path} that nothing has: it counts up from a number that nobody knows. */
  String temporaryName(String path) {
    return PathNames.temporary(path, pid, temporaryNames++);
  }

  /** How many chunks of a file are on their way at once: the more, the fewer files there are. */
  int chunksPerFile() {
    return Math.max(1, Math.min(CHUNKS / jobs, MOST_CHUNKS_PER_FILE));
  }

  Loop loop() {
    return loop;
  }

  CopyReport report() {
    return report;
  }

  Buffers buffers() {
    return buffers;
  }

  boolean isAborted() {
    return aborted;
  }
}
