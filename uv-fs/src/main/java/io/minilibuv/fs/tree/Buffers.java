// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Direct buffers, made when they are first needed and used again. Direct, since the system reads
 * into any other kind by way of a second, hidden buffer.
 *
 * <p>There is a bound to them, however many files are under way: who comes when all are in use gets
 * one that somebody else gives back. Nobody has to hold one to get another, so that this ends. If
 * memory ends before, half of those that could be made are kept: others need some, too.
 */
final class Buffers {
  /** How many bytes a request carries: much for a system call, little for a progress bar. */
  static final int SIZE = 256 * 1024;

  /** As many as there are, at most: 32 MiB, and more than the disk can use. */
  static final int MOST = 128;

  private final IntFunction<ByteBuffer> maker;
  private final Deque<ByteBuffer> free = new ArrayDeque<>();
  private final Queue<Consumer<ByteBuffer>> waiting = new ArrayDeque<>();
  private int made;
  private int most = MOST;
  private boolean serving;

  /** No buffers yet. */
  Buffers() {
    this(ByteBuffer::allocateDirect);
  }

  /**
   * No buffers yet.
   *
   * @param maker makes one of that size
   */
  Buffers(IntFunction<ByteBuffer> maker) {
    this.maker = maker;
  }

  /**
   * Gives {@code taker} a buffer with any content, now or when there is one, which is its until
   * {@link #give}.
   *
   * @return false if there is not the memory for even one, and {@code taker} is not called
   */
  boolean take(Consumer<ByteBuffer> taker) {
    if (free.isEmpty() && made < most) {
      make();
    }
    if (made == 0) {
      return false;
    }
    waiting.add(taker);
    serve();
    return true;
  }

  private void make() {
    try {
      free.push(maker.apply(SIZE));
      made++;
    } catch (OutOfMemoryError e) {
      most = Math.max(1, made / 2);
    }
  }

  /** Takes a buffer back. */
  void give(ByteBuffer buffer) {
    if (made > most) {
      made--;
    } else {
      free.push(buffer);
    }
    serve();
  }

  /** Who gives one back at once is not gone into: the stack does not grow with those who wait. */
  private void serve() {
    if (serving) {
      return;
    }
    serving = true;
    try {
      while (!waiting.isEmpty() && !free.isEmpty()) {
        waiting.remove().accept(free.pop());
      }
    } finally {
      serving = false;
    }
  }
}
