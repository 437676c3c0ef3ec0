// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.linux.ffi.Memory;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * Native memory that bytes of the heap go through, once: the heap's own would have to be held still
 * while a call lasts, and so would the garbage collector.
 *
 * <p>What is small is the scratch's. What is big comes from the C library, and goes back when the
 * call is over.
 */
final class Bounce implements AutoCloseable {
  /** As much as each thread keeps. */
  static final int KEPT = 256 * 1024;

  private final MemorySegment memory;
  private final boolean kept;

  private Bounce(MemorySegment memory, boolean kept) {
    this.memory = memory;
    this.kept = kept;
  }

  static Bounce take(Scratch scratch, long size) {
    return size <= KEPT
        ? new Bounce(scratch.bytes(size), true)
        : new Bounce(Memory.allocate(size), false);
  }

  /** Whether there was no memory for it. */
  boolean isMissing() {
    return Memory.isNull(memory);
  }

  MemorySegment memory() {
    return memory;
  }

  @Override
  public void close() {
    if (!kept) {
      Memory.free(memory);
    }
  }
}
