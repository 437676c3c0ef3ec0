// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.linux.ffi.Scratch;

/** Closes descriptors ({@code uv__fs_close}, src/unix/fs.c). */
final class Descriptors {
  private Descriptors() {}

  /**
   * Closes {@code fd}, once: Linux has given the number away even if a signal has come between, and
   * another may have it by now.
   */
  static long close(OpenFileCalls calls, Scratch scratch, int fd) {
    long result = calls.close(scratch, fd);
    return result == Errors.EINTR || result == Errors.EINPROGRESS ? 0 : result;
  }
}
