// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * Copies between open files ({@code uv__fs_sendfile}, src/unix/fs.c): by {@code copy_file_range},
 * by {@code sendfile} where file systems cannot do that, and through memory where neither can.
 */
final class Sending {
  private static final int PIECE = 8192;
  private static final short POLLOUT = 4;

  /** The first Linux without a certain bug of CephFS. */
  private static final int[] CEPH_MENDED = {4, 20};

  private final FileCalls calls;

  /** Set for good by the first call that says so, as in C. */
  private volatile boolean withoutCopyFileRange;

  Sending(FileCalls calls) {
    this.calls = calls;
  }

  /** Results in the number of bytes, which may be less than {@code length}; 0 at the end. */
  long send(Scratch scratch, int outFd, int inFd, long inOffset, long length) {
    return Errors.retried(() -> sendOnce(scratch, outFd, inFd, inOffset, length));
  }

  private long sendOnce(Scratch scratch, int outFd, int inFd, long inOffset, long length) {
    long result = copyFileRange(scratch, outFd, inFd, inOffset, length);
    if (result == Errors.ENOSYS) {
      MemorySegment offset = offset(scratch, inOffset);
      result = calls.sendfile(scratch, outFd, inFd, offset, length);
    }
    if (result == Errors.EINVAL
        || result == Errors.EIO
        || result == Errors.ENOTSOCK
        || result == Errors.EXDEV) {
      return emulate(scratch, outFd, inFd, inOffset, length);
    }
    return result;
  }

  private static MemorySegment offset(Scratch scratch, long inOffset) {
    MemorySegment offset = scratch.block();
    offset.set(JAVA_LONG, 0, inOffset);
    return offset;
  }

  /**
   * Within file systems that can ({@code uv__fs_try_copy_file_range}, src/unix/fs.c).
   *
   * @return ENOSYS for everything that another way may still do
   */
  private long copyFileRange(Scratch scratch, int outFd, int inFd, long inOffset, long length) {
    if (withoutCopyFileRange) {
      return Errors.ENOSYS;
    }
    MemorySegment offset = offset(scratch, inOffset);
    long result = calls.copyFileRange(scratch, inFd, offset, outFd, length);
    if (result == Errors.ENOSYS) {
      withoutCopyFileRange = true;
    }
    boolean otherwise =
        result == Errors.ENOTSUP
            || result == Errors.EXDEV
            || (result == Errors.EACCES && isBuggyCeph(scratch, inFd))
            || (result == Errors.EPERM && StatFsCall.isShare(calls, scratch, outFd));
    return otherwise ? Errors.ENOSYS : result;
  }

  /**
   * Whether a file's copies may fail for no reason ({@code uv__is_buggy_cephfs}, src/unix/fs.c).
   */
  private boolean isBuggyCeph(Scratch scratch, int fd) {
    return StatFsCall.isCeph(calls, scratch, fd)
        && isBefore(System.getProperty("os.version", ""), CEPH_MENDED);
  }

  /**
   * Whether a kernel's name for itself, such as 4.19.0-27-amd64, is from before {@code version}.
   */
  static boolean isBefore(String kernel, int... version) {
    String[] parts = kernel.split("\\D+", version.length + 1);
    for (int i = 0; i < version.length; i++) {
      int part = i < parts.length && !parts[i].isEmpty() ? Integer.parseInt(parts[i]) : 0;
      if (part != version[i]) {
        return part < version[i];
      }
    }
    return false;
  }

  /**
   * Through memory ({@code uv__fs_sendfile_emul}). An error of a read is told only if nothing was
   * sent; one of a write always, for what was read is lost.
   */
  private long emulate(Scratch scratch, int outFd, int inFd, long inOffset, long length) {
    MemorySegment piece = scratch.bytes(PIECE).asSlice(0, PIECE);
    boolean positioned = true;
    long sent = 0;
    // What is no length of C's is the longest.
    while (Long.compareUnsigned(sent, length) < 0) {
      long left = length - sent;
      long wanted = Long.compareUnsigned(left, PIECE) < 0 ? left : PIECE;
      long read = read(scratch, inFd, piece.asSlice(0, wanted), positioned, inOffset + sent);
      if (positioned && sent == 0 && (read == Errors.EIO || read == Errors.ESPIPE)) {
        positioned = false;
        continue;
      }
      if (read <= 0) {
        return sent > 0 ? sent : read;
      }
      long error = writeAll(scratch, outFd, piece.asSlice(0, read));
      if (error < 0) {
        return error;
      }
      sent += read;
    }
    return sent;
  }

  /** Reads at {@code offset}, which the system refuses if it is negative, or where the file is. */
  private long read(Scratch scratch, int fd, MemorySegment into, boolean positioned, long offset) {
    return Errors.retried(
        () ->
            positioned
                ? calls.pread(scratch, fd, into, into.byteSize(), offset)
                : calls.read(scratch, fd, into, into.byteSize()));
  }

  /** Results in 0, or in an error. Who would have to wait waits. */
  private long writeAll(Scratch scratch, int fd, MemorySegment from) {
    long done = 0;
    while (done < from.byteSize()) {
      MemorySegment rest = from.asSlice(done);
      long written = Errors.retried(() -> calls.write(scratch, fd, rest, rest.byteSize()));
      if (written == Errors.EAGAIN) {
        if (!awaitWritable(scratch, fd)) {
          return Errors.EIO;
        }
      } else if (written < 0) {
        return written;
      } else {
        done += written;
      }
    }
    return 0;
  }

  private boolean awaitWritable(Scratch scratch, int fd) {
    MemorySegment asked = scratch.block();
    asked.set(JAVA_INT, 0, fd);
    asked.set(JAVA_SHORT, 4, POLLOUT);
    asked.set(JAVA_SHORT, 6, (short) 0);
    long result = Errors.retried(() -> calls.poll(scratch, asked, 1, -1));
    return result >= 0 && (asked.get(JAVA_SHORT, 6) & ~POLLOUT) == 0;
  }
}
