// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.linux.ffi.Memory;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Reads and writes ({@code uv__fs_read}, {@code uv__fs_write_all}, src/unix/fs.c).
 *
 * <p>One buffer is {@code read} or {@code pread}, several are {@code readv} or {@code preadv}; and
 * so for writes.
 */
final class Transfers {
  private final OpenFileCalls calls;

  Transfers(OpenFileCalls calls) {
    this.calls = calls;
  }

  long read(Scratch scratch, int fd, ByteBuffer[] buffers, long offset) {
    int count = Math.min(buffers.length, IoVectors.MOST);
    for (int i = 0; i < count; i++) {
      if (buffers[i].isReadOnly()) {
        return Errors.EFAULT;
      }
    }
    return count == 1
        ? readOne(scratch, fd, buffers[0], offset)
        : readSome(scratch, fd, buffers, count, offset);
  }

  private long readOne(Scratch scratch, int fd, ByteBuffer buffer, long offset) {
    int size = buffer.remaining();
    long read =
        buffer.isDirect()
            ? readToMemory(scratch, fd, MemorySegment.ofBuffer(buffer), size, offset)
            : readToHeap(scratch, fd, buffer, size, offset);
    if (read > 0) {
      buffer.position(buffer.position() + (int) read);
    }
    return read;
  }

  private long readToMemory(Scratch scratch, int fd, MemorySegment into, int size, long offset) {
    return IoVectors.isThere(into) ? readInto(scratch, fd, into, size, offset) : Errors.EFAULT;
  }

  private long readToHeap(Scratch scratch, int fd, ByteBuffer buffer, int size, long offset) {
    MemorySegment memory = Bounce.take(scratch, size);
    if (Memory.isNull(memory)) {
      return Errors.ENOMEM;
    }
    try {
      long read = readInto(scratch, fd, memory, size, offset);
      if (read > 0) {
        Bounce.copyTo(buffer, memory, 0, (int) read);
      }
      return read;
    } finally {
      Bounce.give(memory, size);
    }
  }

  private long readInto(Scratch scratch, int fd, MemorySegment into, long size, long offset) {
    return offset < 0
        ? calls.read(scratch, fd, into, size)
        : calls.pread(scratch, fd, into, size, offset);
  }

  private long readSome(Scratch scratch, int fd, ByteBuffer[] buffers, int count, long offset) {
    try (IoVectors vectors = IoVectors.of(scratch, buffers, 0, count)) {
      if (vectors.error() < 0) {
        return vectors.error();
      }
      long read =
          offset < 0
              ? calls.readv(scratch, fd, vectors.memory(), count)
              : calls.preadv(scratch, fd, vectors.memory(), count, offset);
      vectors.scatter(read);
      return read;
    }
  }

  long write(Scratch scratch, int fd, ByteBuffer[] buffers, long offset) {
    long written =
        buffers.length == 1
            ? writeOne(scratch, fd, buffers[0], offset)
            : writeSome(scratch, fd, buffers, offset);
    long left = written;
    for (int i = 0; i < buffers.length && left > 0; i++) {
      int some = (int) Math.min(left, buffers[i].remaining());
      buffers[i].position(buffers[i].position() + some);
      left -= some;
    }
    return written;
  }

  private long writeOne(Scratch scratch, int fd, ByteBuffer buffer, long offset) {
    int size = buffer.remaining();
    if (buffer.isDirect()) {
      MemorySegment from = MemorySegment.ofBuffer(buffer);
      return IoVectors.isThere(from) ? writeAll(scratch, fd, from, size, offset) : Errors.EFAULT;
    }
    MemorySegment memory = Bounce.take(scratch, size);
    if (Memory.isNull(memory)) {
      return Errors.ENOMEM;
    }
    try {
      Bounce.copyFrom(buffer, memory, 0);
      return writeAll(scratch, fd, memory, size, offset);
    } finally {
      Bounce.give(memory, size);
    }
  }

  /** Goes on where a call has ended early, until all is written, or a call writes nothing. */
  private long writeAll(Scratch scratch, int fd, MemorySegment from, int size, long offset) {
    long total = 0;
    do {
      MemorySegment rest = total == 0 ? from : from.asSlice(total);
      long written = writeOnce(scratch, fd, rest, size - total, offset, total);
      if (written <= 0) {
        return total > 0 ? total : written;
      }
      total += written;
    } while (total < size);
    return total;
  }

  /** Writes once, again after a signal ({@code uv__fs_write}, src/unix/fs.c). */
  private long writeOnce(
      Scratch scratch, int fd, MemorySegment from, long size, long offset, long total) {
    long written;
    do {
      written =
          offset < 0
              ? calls.write(scratch, fd, from, size)
              : calls.pwrite(scratch, fd, from, size, offset + total);
    } while (written == Errors.EINTR);
    return written;
  }

  private long writeSome(Scratch scratch, int fd, ByteBuffer[] buffers, long offset) {
    long total = 0;
    for (int first = 0; first < buffers.length; first += IoVectors.MOST) {
      int count = Math.min(buffers.length - first, IoVectors.MOST);
      try (IoVectors vectors = IoVectors.of(scratch, buffers, first, count)) {
        long written =
            vectors.error() < 0
                ? vectors.error()
                : writeAll(scratch, fd, vectors, offset < 0 ? offset : offset + total);
        if (written < 0) {
          return total > 0 ? total : written;
        }
        total += written;
        if (written < vectors.total()) {
          return total;
        }
      }
    }
    return total;
  }

  private long writeAll(Scratch scratch, int fd, IoVectors vectors, long offset) {
    vectors.gather();
    long total = 0;
    do {
      long at = offset + total;
      long written =
          Errors.retried(
              () ->
                  offset < 0
                      ? calls.writev(scratch, fd, vectors.memory(), vectors.count())
                      : calls.pwritev(scratch, fd, vectors.memory(), vectors.count(), at));
      if (written <= 0) {
        return total > 0 ? total : written;
      }
      vectors.advance(written);
      total += written;
    } while (total < vectors.total());
    return total;
  }
}
