// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.internal.GiveBack;
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
    UvException error = request.error();
    failedBy(error);
    return error != null;
  }

  /** Takes note of the failure of a call that is ours, if it is one, with {@code path} in it. */
  final void failedBy(@Nullable UvException error) {
    if (error != null) {
      fail(FsFutures.about(path, error));
    }
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
    GiveBack.close(
        loop,
        fd,
        error -> {
          failedBy(error);
          next.run();
        });
  }

  /** The last step. */
  final void settle(@Nullable T value) {
    task.settle(failure, failure == null ? value : null);
  }
}
