// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.linux.ffi.Native.INT;
import static io.minilibuv.linux.ffi.Native.LONG;
import static io.minilibuv.linux.ffi.Native.POINTER;

import io.minilibuv.linux.ffi.Native;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.stream.Stream;

/** {@link FileCalls} by the C library: each function is linked when it is called first. */
final class LibcCalls extends LibcPathCalls implements FileCalls {
  /** All that is called here by its name. */
  static final List<String> FUNCTIONS =
      List.of(
          "close",
          "read",
          "pread",
          "readv",
          "preadv",
          "write",
          "pwrite",
          "writev",
          "pwritev",
          "fsync",
          "fdatasync",
          "ftruncate",
          "fchmod",
          "fchown",
          "futimens",
          "fstatfs",
          "sendfile",
          "ioctl",
          "poll",
          "syscall");

  private final Abi abi;

  LibcCalls(Abi abi) {
    super(abi);
    this.abi = abi;
  }

  /** Those of the functions that the C library does not have. */
  static List<String> missing() {
    return Stream.of(LibcPathCalls.FUNCTIONS, FUNCTIONS)
        .flatMap(List::stream)
        .filter(name -> Native.find(name).isEmpty())
        .toList();
  }

  private static final class Close {
    static final MethodHandle CALL = Native.function("close", INT, INT);
  }

  @Override
  public int close(Scratch scratch, int fd) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Close.CALL.invokeExact(errno, fd), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Read {
    static final MethodHandle CALL = Native.function("read", LONG, INT, POINTER, LONG);
  }

  @Override
  public long read(Scratch scratch, int fd, MemorySegment into, long size) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((long) Read.CALL.invokeExact(errno, fd, into, size), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Pread {
    static final MethodHandle CALL = Native.function("pread", LONG, INT, POINTER, LONG, LONG);
  }

  @Override
  public long pread(Scratch scratch, int fd, MemorySegment into, long size, long offset) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((long) Pread.CALL.invokeExact(errno, fd, into, size, offset), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Readv {
    static final MethodHandle CALL = Native.function("readv", LONG, INT, POINTER, INT);
  }

  @Override
  public long readv(Scratch scratch, int fd, MemorySegment vectors, int count) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((long) Readv.CALL.invokeExact(errno, fd, vectors, count), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Preadv {
    static final MethodHandle CALL = Native.function("preadv", LONG, INT, POINTER, INT, LONG);
  }

  /** {@code preadv(2)} ({@code uv__preadv}, src/unix/fs.c). */
  @Override
  public long preadv(Scratch scratch, int fd, MemorySegment vectors, int count, long offset) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result(
          (long) Preadv.CALL.invokeExact(errno, fd, vectors, count, offset), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Write {
    static final MethodHandle CALL = Native.function("write", LONG, INT, POINTER, LONG);
  }

  @Override
  public long write(Scratch scratch, int fd, MemorySegment from, long size) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((long) Write.CALL.invokeExact(errno, fd, from, size), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Pwrite {
    static final MethodHandle CALL = Native.function("pwrite", LONG, INT, POINTER, LONG, LONG);
  }

  @Override
  public long pwrite(Scratch scratch, int fd, MemorySegment from, long size, long offset) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((long) Pwrite.CALL.invokeExact(errno, fd, from, size, offset), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Writev {
    static final MethodHandle CALL = Native.function("writev", LONG, INT, POINTER, INT);
  }

  @Override
  public long writev(Scratch scratch, int fd, MemorySegment vectors, int count) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((long) Writev.CALL.invokeExact(errno, fd, vectors, count), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Pwritev {
    static final MethodHandle CALL = Native.function("pwritev", LONG, INT, POINTER, INT, LONG);
  }

  /** {@code pwritev(2)} ({@code uv__pwritev}, src/unix/fs.c). */
  @Override
  public long pwritev(Scratch scratch, int fd, MemorySegment vectors, int count, long offset) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result(
          (long) Pwritev.CALL.invokeExact(errno, fd, vectors, count, offset), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Fsync {
    static final MethodHandle CALL = Native.function("fsync", INT, INT);
  }

  @Override
  public int fsync(Scratch scratch, int fd) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Fsync.CALL.invokeExact(errno, fd), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Fdatasync {
    static final MethodHandle CALL = Native.function("fdatasync", INT, INT);
  }

  @Override
  public int fdatasync(Scratch scratch, int fd) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Fdatasync.CALL.invokeExact(errno, fd), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Ftruncate {
    static final MethodHandle CALL = Native.function("ftruncate", INT, INT, LONG);
  }

  @Override
  public int ftruncate(Scratch scratch, int fd, long length) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Ftruncate.CALL.invokeExact(errno, fd, length), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Fchmod {
    static final MethodHandle CALL = Native.function("fchmod", INT, INT, INT);
  }

  @Override
  public int fchmod(Scratch scratch, int fd, int mode) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Fchmod.CALL.invokeExact(errno, fd, mode), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Fchown {
    static final MethodHandle CALL = Native.function("fchown", INT, INT, INT, INT);
  }

  @Override
  public int fchown(Scratch scratch, int fd, int uid, int gid) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Fchown.CALL.invokeExact(errno, fd, uid, gid), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Futimens {
    static final MethodHandle CALL = Native.function("futimens", INT, INT, POINTER);
  }

  @Override
  public int futimens(Scratch scratch, int fd, MemorySegment times) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Futimens.CALL.invokeExact(errno, fd, times), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Fstatfs {
    static final MethodHandle CALL = Native.function("fstatfs", INT, INT, POINTER);
  }

  @Override
  public int fstatfs(Scratch scratch, int fd, MemorySegment into) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Fstatfs.CALL.invokeExact(errno, fd, into), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Sendfile {
    static final MethodHandle CALL = Native.function("sendfile", LONG, INT, INT, POINTER, LONG);
  }

  @Override
  public long sendfile(Scratch scratch, int outFd, int inFd, MemorySegment inOffset, long length) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result(
          (long) Sendfile.CALL.invokeExact(errno, outFd, inFd, inOffset, length), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Ioctl {
    static final MethodHandle CALL = Native.variadic("ioctl", 2, INT, INT, LONG, INT);
  }

  @Override
  public int ioctl(Scratch scratch, int fd, long request, int argument) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Ioctl.CALL.invokeExact(errno, fd, request, argument), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Poll {
    static final MethodHandle CALL = Native.function("poll", INT, POINTER, LONG, INT);
  }

  @Override
  public int poll(Scratch scratch, MemorySegment descriptors, long count, int timeout) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Poll.CALL.invokeExact(errno, descriptors, count, timeout), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class CopyFileRange {
    static final MethodHandle CALL =
        Native.variadic("syscall", 1, LONG, LONG, INT, POINTER, INT, POINTER, LONG, INT);
  }

  @Override
  public long copyFileRange(
      Scratch scratch, int inFd, MemorySegment inOffset, int outFd, long length) {
    try {
      MemorySegment errno = scratch.errno();
      long copied =
          (long)
              CopyFileRange.CALL.invokeExact(
                  errno, abi.copyFileRange, inFd, inOffset, outFd, MemorySegment.NULL, length, 0);
      return Native.result(copied, errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Getdents64 {
    static final MethodHandle CALL = Native.variadic("syscall", 1, LONG, LONG, INT, POINTER, LONG);
  }

  @Override
  public long getdents64(Scratch scratch, int fd, MemorySegment into, long size) {
    try {
      MemorySegment errno = scratch.errno();
      long read = (long) Getdents64.CALL.invokeExact(errno, abi.getdents64, fd, into, size);
      return Native.result(read, errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }
}
