// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What it takes to hash a file, to be used for one after the other.
 *
 * @param first direct, as its fellow is: the system reads into any other kind by way of a hidden
 *     buffer
 */
record HashTools(MessageDigest sha256, ByteBuffer first, ByteBuffer second) {
  /** Much for a system call, and little for a progress bar. */
  static final int CHUNK = 256 * 1024;

  /** All buffers together have so many bytes, however many files are under way at once. */
  static final int BUDGET = 32 << 20;

  /** How large a buffer may be if that many files have two each. */
  static int chunkFor(int files) {
    return Math.min(CHUNK, BUDGET / (2 * files));
  }

  /**
   * Makes tools with buffers of {@code chunk} bytes.
   *
   * @throws OutOfMemoryError if there is not the memory for them
   */
  static HashTools make(int chunk) {
    try {
      return new HashTools(
          MessageDigest.getInstance("SHA-256"),
          ByteBuffer.allocateDirect(chunk),
          ByteBuffer.allocateDirect(chunk));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
