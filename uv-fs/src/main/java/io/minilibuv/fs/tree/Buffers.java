// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Direct buffers, made when they are first needed and used again. Direct, since the system reads
 * into any other kind by way of a second, hidden buffer.
 *
 * <p>It sets no bound: there are as many buffers as chunks were ever in flight at once.
 */
final class Buffers {
  /** How many bytes a request carries: much for a system call, little for a progress bar. */
  static final int SIZE = 256 * 1024;

  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  /** A buffer with any content, the caller's until {@link #give}. */
  ByteBuffer take() {
    ByteBuffer used = free.poll();
    return used != null ? used : ByteBuffer.allocateDirect(SIZE);
  }

  /** Takes a buffer back. */
  void give(ByteBuffer buffer) {
    free.push(buffer);
  }
}
