// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import org.jspecify.annotations.Nullable;

/**
 * One entry being copied, by one request after the other.
 *
 * <p>A job is a chain of callbacks: each looks at the answer of one request and asks the next. They
 * are written in the order in which they are called. Whatever happens, the chain ends in {@link
 * #end()}, once; of several failures the first is told.
 */
abstract class Job {
  final TreeCopy tree;
  final Entry entry;
  private final FsStat seen;
  private @Nullable UvException failure;

  /**
   * Makes a job that has not begun.
   *
   * @param seen what {@code lstat} has told of the source
   */
  Job(TreeCopy tree, Entry entry, FsStat seen) {
    this.tree = tree;
    this.entry = entry;
    this.seen = seen;
  }

  /** Asks the first request. */
  abstract void start();

  final Loop loop() {
    return tree.loop();
  }

  final String source() {
    return entry.source();
  }

  final String target() {
    return entry.target();
  }

  final FsStat seen() {
    return seen;
  }

  /** Whether {@code request}, which was about {@code path}, has failed; if so, this job has. */
  final boolean failed(FsRequest request, String path) {
    if (request.result() >= 0) {
      return false;
    }
    fail(failureOf(request, path));
    return true;
  }

  /**
   * Tells if {@code request}, which was to keep a mode or a time, has failed. The job has not: the
   * content is worth more. What a platform does not have cannot be kept, and is no failure.
   */
  final void tellIfNotKept(FsRequest request, String path) {
    if (request.result() < 0 && request.result() != UvError.ENOSYS.code()) {
      tree.report().failure(failureOf(request, path));
    }
  }

  private static UvException failureOf(FsRequest request, String path) {
    return new UvException((int) request.result(), request.fsType().callName(), path);
  }

  /** Makes this job one that has failed. */
  final void fail(UvException reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  /** Makes this job one that has failed, by no request's answer. */
  final void fail(UvError error, String call, String path) {
    fail(error.exception(call, path));
  }

  /** Whether there is no point in going on: it has failed, or everything is to end. */
  final boolean isStopped() {
    return failure != null || tree.isAborted();
  }

  /** Whether two stats tell of one file; not known, and so false, where files have no numbers. */
  static boolean isSame(FsStat one, @Nullable FsStat other) {
    return other != null && one.ino() != 0 && one.isSameFileAs(other);
  }

  /** Removes what is half made, and ends. */
  final void discard(String temporary) {
    Fs.unlink(
        loop(),
        temporary,
        unlink -> {
          if (unlink.result() < 0) {
            tree.report().failure(failureOf(unlink, temporary));
          }
          end();
        });
  }

  /** The last step. */
  final void end() {
    tree.ended(entry, failure);
  }
}
