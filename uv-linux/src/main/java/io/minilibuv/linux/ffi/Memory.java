// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Memory of the C library's heap: for what is too big to be kept by a {@link Scratch}, or lives
 * longer than a call. It is not cleared, and whoever takes it gives it back, once.
 */
public final class Memory {
  private static final class Malloc {
    static final MethodHandle CALL =
        Native.plain("malloc", FunctionDescriptor.of(Native.POINTER, Native.LONG));
  }

  private static final class Free {
    static final MethodHandle CALL =
        Native.plain("free", FunctionDescriptor.ofVoid(Native.POINTER));
  }

  private Memory() {}

  /** Takes {@code size} bytes; {@link MemorySegment#NULL} if there are not so many. */
  @SuppressWarnings("restricted") // it has the size that was asked for
  public static MemorySegment allocate(long size) {
    try {
      MemorySegment memory = (MemorySegment) Malloc.CALL.invokeExact(size);
      return isNull(memory) ? memory : memory.reinterpret(size);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  /** Gives back what {@link #allocate} or the C library gave. */
  public static void free(MemorySegment memory) {
    try {
      Free.CALL.invokeExact(memory);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  /** Whether this is C's {@code NULL}. */
  public static boolean isNull(MemorySegment memory) {
    return memory.address() == 0;
  }

  /** The text at {@code address}, which a NUL ends: the C library says so. */
  @SuppressWarnings("restricted")
  public static String textAt(long address) {
    return CString.read(MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE));
  }
}
