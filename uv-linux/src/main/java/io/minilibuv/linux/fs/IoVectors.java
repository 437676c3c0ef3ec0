// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.minilibuv.linux.ffi.Memory;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * Some buffers as {@code struct iovec}s: those outside the heap by their own memory, those of the
 * heap by memory that they are copied to or from.
 */
final class IoVectors implements AutoCloseable {
  /** How many buffers one call takes ({@code IOV_MAX}). */
  static final int MOST = 1024;

  /* struct iovec: where, and how much. */
  private static final int SIZE = 16;
  private static final int LENGTH = 8;

  private final ByteBuffer[] buffers;
  private final int first;
  private final int count;
  private final MemorySegment memory;
  private final long size;
  private final long total;

  private long error;

  /** How many of the iovecs are done with. */
  private int done;

  private IoVectors(
      Scratch scratch, ByteBuffer[] buffers, int first, int count, long onHeap, long total) {
    this.buffers = buffers;
    this.first = first;
    this.count = count;
    this.size = (long) count * SIZE + onHeap;
    this.total = total;
    this.memory = Bounce.take(scratch, size);
  }

  /** Of {@code count} buffers from {@code first} on, from their positions to their limits. */
  static IoVectors of(Scratch scratch, ByteBuffer[] buffers, int first, int count) {
    long onHeap = 0;
    long total = 0;
    for (int i = first; i < first + count; i++) {
      total += buffers[i].remaining();
      onHeap += buffers[i].isDirect() ? 0 : buffers[i].remaining();
    }
    IoVectors vectors = new IoVectors(scratch, buffers, first, count, onHeap, total);
    vectors.error = Memory.isNull(vectors.memory) ? Errors.ENOMEM : vectors.point();
    return vectors;
  }

  /** Memory of an arena that is closed, or another thread's, cannot be used. */
  static boolean isThere(MemorySegment memory) {
    return memory.scope().isAlive() && memory.isAccessibleBy(Thread.currentThread());
  }

  private long point() {
    long onHeap = memory.address() + (long) count * SIZE;
    for (int i = 0; i < count; i++) {
      ByteBuffer buffer = buffers[first + i];
      long address = onHeap;
      if (buffer.isDirect()) {
        MemorySegment own = MemorySegment.ofBuffer(buffer);
        if (!isThere(own)) {
          return Errors.EFAULT;
        }
        address = own.address();
      } else {
        onHeap += buffer.remaining();
      }
      memory.set(JAVA_LONG, (long) i * SIZE, address);
      memory.set(JAVA_LONG, (long) i * SIZE + LENGTH, buffer.remaining());
    }
    return 0;
  }

  /** Why they cannot be used: there is no memory, or one of the buffers has none. 0 if they can. */
  long error() {
    return error;
  }

  /** How many bytes all of them have. */
  long total() {
    return total;
  }

  /** How many iovecs there are from {@link #memory()} on. */
  int count() {
    return count - done;
  }

  MemorySegment memory() {
    return memory.asSlice((long) done * SIZE);
  }

  /** Has {@code bytes} of them done ({@code uv__fs_buf_offset}, src/unix/fs.c). */
  void advance(long bytes) {
    long left = bytes;
    while (done < count && sizeOf(done) <= left) {
      left -= sizeOf(done);
      done++;
    }
    if (left > 0) {
      long at = (long) done * SIZE;
      memory.set(JAVA_LONG, at, memory.get(JAVA_LONG, at) + left);
      memory.set(JAVA_LONG, at + LENGTH, sizeOf(done) - left);
    }
  }

  private long sizeOf(int vector) {
    return memory.get(JAVA_LONG, (long) vector * SIZE + LENGTH);
  }

  /** Copies what is to be written from the heap. */
  void gather() {
    long at = (long) count * SIZE;
    for (int i = first; i < first + count; i++) {
      ByteBuffer buffer = buffers[i];
      if (!buffer.isDirect()) {
        Bounce.copyFrom(buffer, memory, at);
        at += buffer.remaining();
      }
    }
  }

  /** Copies {@code bytes} that were read to the heap, and moves the positions of all buffers. */
  void scatter(long bytes) {
    long at = (long) count * SIZE;
    long left = bytes;
    for (int i = first; i < first + count && left > 0; i++) {
      ByteBuffer buffer = buffers[i];
      int some = (int) Math.min(left, buffer.remaining());
      if (!buffer.isDirect()) {
        Bounce.copyTo(buffer, memory, at, some);
        at += buffer.remaining();
      }
      buffer.position(buffer.position() + some);
      left -= some;
    }
  }

  /** What has no other owner any more than {@code buffers} must live until here. */
  @Override
  public void close() {
    try {
      Bounce.give(memory, size);
    } finally {
      Reference.reachabilityFence(buffers);
    }
  }
}
