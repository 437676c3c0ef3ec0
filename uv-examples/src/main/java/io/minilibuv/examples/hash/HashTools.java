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

  static HashTools make() {
    try {
      return new HashTools(
          MessageDigest.getInstance("SHA-256"),
          ByteBuffer.allocateDirect(CHUNK),
          ByteBuffer.allocateDirect(CHUNK));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
