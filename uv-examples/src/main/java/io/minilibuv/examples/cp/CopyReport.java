// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.Failures;
import io.minilibuv.examples.cli.Printable;
import io.minilibuv.fs.tree.TreeEntry;
import io.minilibuv.fs.tree.TreeListener;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What copies have done and what has failed, counted as it goes and told at the end. */
final class CopyReport {
  private static final Logger log = LoggerFactory.getLogger(CopyReport.class);

  private final Failures failures = new Failures();
  private long files;
  private long directories;
  private long links;
  private long bytes;
  private long transferred;
  private long kept;
  private long keptBytes;

  /** Who counts one of the copies: the one that is called {@code target}. */
  TreeListener listener(String target) {
    return new TreeListener() {
      @Override
      public void transferred(long more) {
        transferred += more;
      }

      @Override
      public void done(TreeEntry entry, long size) {
        switch (entry.type()) {
          case DIR -> directory();
          case LINK -> link();
          default -> file(size);
        }
        logWhatBecameOf(entry, "done");
      }

      @Override
      public void kept(TreeEntry entry, long size) {
        kept++;
        keptBytes += size;
        logWhatBecameOf(entry, "there already");
      }

      private void logWhatBecameOf(TreeEntry entry, String what) {
        if (log.isDebugEnabled()) {
          String copy = entry.depth() == 0 ? target : target + '/' + entry.relative();
          log.debug("{}", Printable.line(entry.path() + " -> " + copy + ": " + what));
        }
      }

      @Override
      public void failed(UvException failure) {
        CopyReport.this.failed(failure);
      }
    };
  }

  /** Counts something that has failed. */
  void failed(UvException failure) {
    failures.add(failure);
    if (log.isDebugEnabled()) {
      log.debug("{}", Printable.line(String.valueOf(failure.getMessage())));
    }
  }

  /** Counts a file that is whole, and in its place. */
  void file(long size) {
    files++;
    bytes += size;
  }

  /** Counts a directory that has everything that could be copied. */
  void directory() {
    directories++;
  }

  /** Counts a symbolic link. */
  void link() {
    links++;
  }

  /** How many bytes have been written until now. */
  long transferred() {
    return transferred;
  }

  /**
   * How many bytes need not be written any more: they have been, by this copy or an earlier one.
   */
  long covered() {
    return transferred + keptBytes;
  }

  /** What has failed. */
  Failures failures() {
    return failures;
  }

  /**
   * What was done, in a line: {@code copied 5,003 files, 214 directories, 1 link, 312.4 MiB in 2.31
   * s (135.2 MiB/s), 17 there already, 1 failed}.
   */
  String summary(long millis) {
    List<String> what = new ArrayList<>();
    if (files > 0) {
      what.add(Amounts.count(files, "file", "files"));
    }
    if (directories > 0) {
      what.add(Amounts.count(directories, "directory", "directories"));
    }
    if (links > 0) {
      what.add(Amounts.count(links, "link", "links"));
    }
    if (what.isEmpty()) {
      what.add("nothing");
    }
    if (files > 0) {
      what.add(Amounts.bytes(bytes));
    }
    return "copied "
        + String.join(", ", what)
        + " in "
        + Amounts.duration(millis)
        + (bytes > 0 ? " (" + Amounts.rate(bytes, millis) + ")" : "")
        + (kept > 0 ? ", " + Amounts.count(kept, "there already", "there already") : "")
        + (failures.count() > 0 ? ", " + Amounts.count(failures.count(), "failed", "failed") : "");
  }
}
