// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

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
  private final Bounce bounce;
  private final long total;

  /** How many of the iovecs are done with. */
  private int done;

  private IoVectors(ByteBuffer[] buffers, int first, int count, Bounce bounce, long total) {
    this.buffers = buffers;
    this.first = first;
    this.count = count;
    this.bounce = bounce;
    this.total = total;
  }

  /** Of {@code count} buffers from {@code first} on, from their positions to their limits. */
  static IoVectors of(Scratch scratch, ByteBuffer[] buffers, int first, int count) {
    long onHeap = 0;
    long total = 0;
    for (int i = first; i < first + count; i++) {
      total += buffers[i].remaining();
      onHeap += buffers[i].isDirect() ? 0 : buffers[i].remaining();
    }
    Bounce bounce = Bounce.take(scratch, (long) count * SIZE + onHeap);
    IoVectors vectors = new IoVectors(buffers, first, count, bounce, total);
    if (!bounce.isMissing()) {
      vectors.point();
    }
    return vectors;
  }

  private void point() {
    MemorySegment memory = bounce.memory();
    long onHeap = memory.address() + (long) count * SIZE;
    for (int i = 0; i < count; i++) {
      ByteBuffer buffer = buffers[first + i];
      boolean direct = buffer.isDirect();
      memory.set(
          JAVA_LONG, (long) i * SIZE, direct ? MemorySegment.ofBuffer(buffer).address() : onHeap);
      memory.set(JAVA_LONG, (long) i * SIZE + LENGTH, buffer.remaining());
      onHeap += direct ? 0 : buffer.remaining();
    }
  }

  /** Whether there was no memory for them. */
  boolean isMissing() {
    return bounce.isMissing();
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
    return bounce.memory().asSlice((long) done * SIZE);
  }

  /** Has {@code bytes} of them done ({@code uv__fs_buf_offset}, src/unix/fs.c). */
  void advance(long bytes) {
    MemorySegment memory = bounce.memory();
    long left = bytes;
    while (done < count && sizeOf(memory, done) <= left) {
      left -= sizeOf(memory, done);
      done++;
    }
    if (left > 0) {
      long at = (long) done * SIZE;
      memory.set(JAVA_LONG, at, memory.get(JAVA_LONG, at) + left);
      memory.set(JAVA_LONG, at + LENGTH, sizeOf(memory, done) - left);
    }
  }

  private static long sizeOf(MemorySegment memory, int vector) {
    return memory.get(JAVA_LONG, (long) vector * SIZE + LENGTH);
  }

  /** Copies what is to be written from the heap. */
  void gather() {
    long at = (long) count * SIZE;
    for (int i = first; i < first + count; i++) {
      ByteBuffer buffer = buffers[i];
      if (!buffer.isDirect()) {
        MemorySegment from = MemorySegment.ofBuffer(buffer);
        MemorySegment.copy(from, 0, bounce.memory(), at, from.byteSize());
        at += from.byteSize();
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
        MemorySegment.copy(bounce.memory(), at, MemorySegment.ofBuffer(buffer), 0, some);
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
      bounce.close();
    } finally {
      Reference.reachabilityFence(buffers);
    }
  }
}
