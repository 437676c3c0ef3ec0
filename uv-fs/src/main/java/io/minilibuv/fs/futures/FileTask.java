// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chain of requests about one file: each callback looks at the answer of one request and asks the
 * next, and they are written in the order in which they are called.
 *
 * <p>Whatever happens, the chain ends in {@link #settle}, once, with the file closed; of several
 * failures the first is told.
 *
 * @param <T> what the chain brings
 */
abstract class FileTask<T> {
  /** How many bytes a request carries: much for a system call, little to wait for a cancel. */
  static final int CHUNK = 256 * 1024;

  final Loop loop;
  final String path;
  final FsTask<T> task;
  private @Nullable UvException failure;

  FileTask(Loop loop, String path) {
    this.loop = loop;
    this.path = Objects.requireNonNull(path, "path");
    this.task = new FsTask<>(loop);
  }

  /** Whether {@code request} has failed; if so, the task has, with {@code path} in its error. */
  final boolean failed(FsRequest request) {
    UvException error = FsFutures.errorOf(request, path);
    if (error == null) {
      return false;
    }
    fail(error);
    return true;
  }

  /** Makes the task one that has failed. */
  final void fail(UvException reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  /** Whether there is no point in going on: the task has failed, or is to end. */
  final boolean isStopped() {
    return failure != null || task.isCancelling();
  }

  /** Closes the file, and then goes on with {@code next}. Some systems tell a failed write now. */
  final void close(int fd, Runnable next) {
    FsFutures.close(
        loop,
        fd,
        close -> {
          failed(close);
          next.run();
        });
  }

  /** The last step. */
  final void settle(@Nullable T value) {
    task.settle(failure, failure == null ? value : null);
  }
}
