// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import static io.minilibuv.linux.ffi.Native.INT;
import static io.minilibuv.linux.ffi.Native.LONG;
import static io.minilibuv.linux.ffi.Native.POINTER;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls that every table of calls about a loop's descriptors has. */
public final class DescriptorCalls {
  private static final class Read {
    static final MethodHandle CALL = Native.function("read", LONG, INT, POINTER, LONG);
  }

  private static final class Close {
    static final MethodHandle CALL = Native.function("close", INT, INT);
  }

  private DescriptorCalls() {}

  /** {@code read(2)}. */
  public static long read(MemorySegment errno, int fd, MemorySegment bytes, long size) {
    try {
      return Native.result((long) Read.CALL.invokeExact(errno, fd, bytes, size), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  /** {@code close(2)}. */
  public static int close(Scratch scratch, int fd) {
    MemorySegment errno = scratch.errno();
    try {
      return Native.result((int) Close.CALL.invokeExact(errno, fd), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }
}
