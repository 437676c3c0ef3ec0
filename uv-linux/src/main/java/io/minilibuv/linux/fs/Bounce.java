// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.minilibuv.linux.ffi.Memory;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Native memory that bytes of the heap go through, once: the heap's own would have to be held still
 * while a call lasts, and so would the garbage collector.
 *
 * <p>What is small is the scratch's. What is big comes from the C library, and goes back when the
 * call is over.
 */
final class Bounce {
  /** As much as each thread keeps. */
  static final int KEPT = 256 * 1024;

  private Bounce() {}

  /** Takes at least {@code size} bytes; {@link MemorySegment#NULL} if there are not so many. */
  static MemorySegment take(Scratch scratch, long size) {
    return size <= KEPT ? scratch.bytes(size) : Memory.allocate(size);
  }

  /** Gives back what was taken for {@code size} bytes. */
  static void give(MemorySegment memory, long size) {
    if (size > KEPT) {
      Memory.free(memory);
    }
  }

  /** Copies what is between the position and the limit of {@code buffer}, which is on the heap. */
  static void copyFrom(ByteBuffer buffer, MemorySegment to, long at) {
    int size = buffer.remaining();
    if (buffer.hasArray()) {
      int first = buffer.arrayOffset() + buffer.position();
      MemorySegment.copy(buffer.array(), first, to, JAVA_BYTE, at, size);
    } else {
      // It is not to be written, and its array is not shown.
      MemorySegment.copy(MemorySegment.ofBuffer(buffer), 0, to, at, size);
    }
  }

  /** Copies {@code size} bytes to the position of {@code buffer}, which is on the heap. */
  static void copyTo(ByteBuffer buffer, MemorySegment from, long at, int size) {
    int first = buffer.arrayOffset() + buffer.position();
    MemorySegment.copy(from, JAVA_BYTE, at, buffer.array(), first, size);
  }
}
