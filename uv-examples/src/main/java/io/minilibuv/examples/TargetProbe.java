// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a file is to be written to: nothing yet, a file that it is to replace, or a device
 * or a FIFO. Follows symbolic links, as writing would.
 *
 * <p>What a file cannot be written to makes its job fail: a directory, or a link that leads nowhere
 * and would put the file where nobody asked for it.
 */
final class TargetProbe {
  private final Job job;
  private final Consumer<TargetProbe> probed;
  private String path;
  private @Nullable FsStat existing;

  /**
   * Makes a probe for the target of {@code job}.
   *
   * @param probed told once, also if the job has failed here
   */
  TargetProbe(Job job, Consumer<TargetProbe> probed) {
    this.job = job;
    this.probed = probed;
    this.path = job.target();
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
      probed.accept(this);
    }
  }

  private void onLinkedStat(FsRequest stat) {
    take(stat);
    if (job.isStopped() || isDevice()) {
      probed.accept(this);
    } else {
      // The file is to be replaced where it is, and not the link to it.
      Fs.realpath(job.loop(), path, this::onRealPath);
    }
  }

  private void onRealPath(FsRequest realpath) {
    if (!job.failed(realpath, path)) {
      path = Objects.requireNonNull(realpath.text());
    }
    probed.accept(this);
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
    return existing != null && !existing.isRegularFile();
  }
}
