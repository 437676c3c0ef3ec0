// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

/**
 * Which backend the tests of this process run on. Where {@code java.nio} answers otherwise than
 * libuv does, a test expects the one or the other by this.
 */
final class TestedBackend {
  /** Whether calls go through {@code java.nio}; else all is expected to be as in libuv. */
  static final boolean NIO = FsBackend.system().equals(FsBackend.nio());

  private TestedBackend() {}

  /** What is expected: {@code libuvs}, but {@code nios} on {@code java.nio}. */
  static <T> T either(T libuvs, T nios) {
    return NIO ? nios : libuvs;
  }
}
