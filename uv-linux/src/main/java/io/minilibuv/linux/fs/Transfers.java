// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

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
      if (buffers[i].isReadOnly() || !isThere(buffers[i])) {
        return Errors.EFAULT;
      }
    }
    return count == 1
        ? readOne(scratch, fd, buffers[0], offset)
        : readSome(scratch, fd, buffers, count, offset);
  }

  /** Memory of an arena that is closed, or another thread's, cannot be used. */
  private static boolean isThere(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      return true;
    }
    MemorySegment memory = MemorySegment.ofBuffer(buffer);
    return memory.scope().isAlive() && memory.isAccessibleBy(Thread.currentThread());
  }

  private long readOne(Scratch scratch, int fd, ByteBuffer buffer, long offset) {
    int size = buffer.remaining();
    MemorySegment own = MemorySegment.ofBuffer(buffer);
    long read;
    if (buffer.isDirect()) {
      read = readInto(scratch, fd, own, size, offset);
    } else {
      try (Bounce bounce = Bounce.take(scratch, size)) {
        if (bounce.isMissing()) {
          return Errors.ENOMEM;
        }
        read = readInto(scratch, fd, bounce.memory(), size, offset);
        if (read > 0) {
          MemorySegment.copy(bounce.memory(), 0, own, 0, read);
        }
      }
    }
    if (read > 0) {
      buffer.position(buffer.position() + (int) read);
    }
    return read;
  }

  private long readInto(Scratch scratch, int fd, MemorySegment into, long size, long offset) {
    return offset < 0
        ? calls.read(scratch, fd, into, size)
        : calls.pread(scratch, fd, into, size, offset);
  }

  private long readSome(Scratch scratch, int fd, ByteBuffer[] buffers, int count, long offset) {
    try (IoVectors vectors = IoVectors.of(scratch, buffers, 0, count)) {
      if (vectors.isMissing()) {
        return Errors.ENOMEM;
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
    for (ByteBuffer buffer : buffers) {
      if (!isThere(buffer)) {
        return Errors.EFAULT;
      }
    }
    long written =
        buffers.length == 1
            ? writeOne(scratch, fd, buffers[0], offset)
            : writeSome(scratch, fd, buffers, offset);
    long left = written;
    for (int i = 0; left > 0; i++) {
      int some = (int) Math.min(left, buffers[i].remaining());
      buffers[i].position(buffers[i].position() + some);
      left -= some;
    }
    return written;
  }

  private long writeOne(Scratch scratch, int fd, ByteBuffer buffer, long offset) {
    MemorySegment own = MemorySegment.ofBuffer(buffer);
    if (buffer.isDirect()) {
      return writeAll(scratch, fd, own, offset);
    }
    try (Bounce bounce = Bounce.take(scratch, own.byteSize())) {
      if (bounce.isMissing()) {
        return Errors.ENOMEM;
      }
      MemorySegment from = bounce.memory().asSlice(0, own.byteSize());
      from.copyFrom(own);
      return writeAll(scratch, fd, from, offset);
    }
  }

  /** Goes on where a call has ended early, until all is written, or a call writes nothing. */
  private long writeAll(Scratch scratch, int fd, MemorySegment from, long offset) {
    long total = 0;
    do {
      MemorySegment rest = from.asSlice(total);
      long at = offset + total;
      long written =
          Errors.retried(
              () ->
                  offset < 0
                      ? calls.write(scratch, fd, rest, rest.byteSize())
                      : calls.pwrite(scratch, fd, rest, rest.byteSize(), at));
      if (written <= 0) {
        return total > 0 ? total : written;
      }
      total += written;
    } while (total < from.byteSize());
    return total;
  }

  private long writeSome(Scratch scratch, int fd, ByteBuffer[] buffers, long offset) {
    long total = 0;
    for (int first = 0; first < buffers.length; first += IoVectors.MOST) {
      int count = Math.min(buffers.length - first, IoVectors.MOST);
      try (IoVectors vectors = IoVectors.of(scratch, buffers, first, count)) {
        long written =
            vectors.isMissing()
                ? Errors.ENOMEM
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
