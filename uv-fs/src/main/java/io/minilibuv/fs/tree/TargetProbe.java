// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.io.File;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a file is to be written to: nothing yet, a file that it is to replace, or a device
 * or a FIFO. Follows symbolic links, as writing would.
 *
 * <p>What a file cannot be written to makes its job fail: a directory, or a link that leads nowhere
 * and would put the file where nobody asked for it, or one to a file that somebody has open, such
 * as /dev/stdout. What else is a file below /dev or /proc is written to as it is.
 */
final class TargetProbe {
  /** What cannot be done with a link that leads nowhere. */
  private static final String DANGLING = "copy through a dangling link";

  /**
   * What cannot be done with /dev/stdout and the like, where a file is behind it. To replace the
   * file would take it from who has it open; to write to it from its beginning would be undone by
   * what they write next, such as what the program says at the end.
   */
  private static final String OPEN_FILE = "copy into an open file";

  private static final int MOST_LINKS = 40;

  private final CopyJob job;
  private final Consumer<TargetProbe> probed;
  private String path;
  private @Nullable FsStat existing;
  private int links;

  /**
   * Makes a probe for the target of {@code job}.
   *
   * @param probed told once, also if the job has failed here
   */
  TargetProbe(CopyJob job, Consumer<TargetProbe> probed) {
    this.job = job;
    this.probed = probed;
    this.path = job.target;
  }

  void start() {
    Fs.lstat(job.loop(), path, this::onStat);
  }

  private void onStat(FsRequest lstat) {
    if (lstat.result() == UvError.ENOENT.code()) {
      probed.accept(this);
    } else if (lstat.result() >= 0 && lstat.stat().isSymbolicLink()) {
      Fs.stat(job.loop(), path, this::onLinkedStat);
    } else {
      take(lstat);
      // Where /dev/fd has files and not links to them.
      if (existing != null && existing.isRegularFile() && path.startsWith("/dev/fd/")) {
        job.fail(UvError.ENOTSUP, OPEN_FILE, path);
      }
      probed.accept(this);
    }
  }

  private void onLinkedStat(FsRequest stat) {
    if (stat.result() == UvError.ENOENT.code()) {
      job.fail(UvError.ENOENT, DANGLING, path);
    }
    take(stat);
    if (existing == null || job.isStopped() || !existing.isRegularFile()) {
      probed.accept(this);
    } else {
      follow();
    }
  }

  /**
   * Goes one link further: the file is to be replaced where it is, and not the link to it. The
   * links are read one by one, since some lead to what a process has open, whatever its name.
   */
  private void follow() {
    Fs.realpath(job.loop(), PathNames.parent(path), this::onRealParent);
  }

  private void onRealParent(FsRequest realpath) {
    if (job.failed(realpath, job.target)) {
      probed.accept(this);
      return;
    }
    path = PathNames.join(Objects.requireNonNull(realpath.text()), PathNames.baseName(path));
    if (PathNames.isOfSystem(path)) {
      job.fail(UvError.ENOTSUP, OPEN_FILE, job.target);
      probed.accept(this);
    } else {
      Fs.readlink(job.loop(), path, this::onText);
    }
  }

  private void onText(FsRequest readlink) {
    // What is no link is where the links lead to.
    if (readlink.result() == UvError.EINVAL.code() || job.failed(readlink, job.target)) {
      probed.accept(this);
    } else if (++links > MOST_LINKS) {
      job.fail(UvError.ELOOP, "readlink", job.target);
      probed.accept(this);
    } else {
      String text = Objects.requireNonNull(readlink.text());
      boolean absolute = new File(text).isAbsolute();
      path = absolute ? text : PathNames.join(PathNames.parent(path), text);
      follow();
    }
  }

  private void take(FsRequest stat) {
    if (job.failed(stat, path)) {
      return;
    }
    existing = stat.stat();
    if (existing.isDirectory()) {
      job.fail(UvError.EISDIR, "open", path);
    }
  }

  /** Where the file is to be: a file that links lead to, else the target itself. */
  String path() {
    return path;
  }

  /** What is there now; null if nothing is. */
  @Nullable FsStat existing() {
    return existing;
  }

  /** Whether it is to be written to as it is, since replacing it would be something else. */
  boolean isDevice() {
    return existing != null && (!existing.isRegularFile() || PathNames.isOfSystem(path));
  }
}
