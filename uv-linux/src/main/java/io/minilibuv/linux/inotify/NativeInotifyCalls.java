// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import static io.minilibuv.linux.ffi.Native.INT;
import static io.minilibuv.linux.ffi.Native.POINTER;

import io.minilibuv.linux.ffi.DescriptorCalls;
import io.minilibuv.linux.ffi.Native;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls themselves. */
final class NativeInotifyCalls implements InotifyCalls {
  // A class for each function, as Native says: it is linked when it is called first.

  private static final class InotifyInit1 {
    static final MethodHandle CALL = Native.function("inotify_init1", INT, INT);
  }

  private static final class InotifyAddWatch {
    static final MethodHandle CALL = Native.function("inotify_add_watch", INT, INT, POINTER, INT);
  }

  private static final class InotifyRmWatch {
    static final MethodHandle CALL = Native.function("inotify_rm_watch", INT, INT, INT);
  }

  @Override
  public int inotifyInit1(Scratch scratch, int flags) {
    MemorySegment errno = scratch.errno();
    try {
      return Native.result((int) InotifyInit1.CALL.invokeExact(errno, flags), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  @Override
  public int inotifyAddWatch(Scratch scratch, int fd, MemorySegment path, int mask) {
    MemorySegment errno = scratch.errno();
    try {
      return Native.result((int) InotifyAddWatch.CALL.invokeExact(errno, fd, path, mask), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  @Override
  public int inotifyRmWatch(Scratch scratch, int fd, int wd) {
    MemorySegment errno = scratch.errno();
    try {
      return Native.result((int) InotifyRmWatch.CALL.invokeExact(errno, fd, wd), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  @Override
  public long read(Scratch scratch, int fd, MemorySegment bytes, long size) {
    return DescriptorCalls.read(scratch.errno(), fd, bytes, size);
  }

  @Override
  public int close(Scratch scratch, int fd) {
    return DescriptorCalls.close(scratch, fd);
  }
}
