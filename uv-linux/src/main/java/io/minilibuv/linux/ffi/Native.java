// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * Functions of the C library, as method handles that keep {@code errno}.
 *
 * <p>Each is called with a thread's {@link Scratch#errno()} first and its own arguments after it.
 * They are ordinary calls: a thread that is in one does not hold up the JVM's safepoints, however
 * long a disk takes.
 */
public final class Native {
  /*
   * To link a function takes milliseconds, so each is linked when it is called first: it lives in a
   * class of its own whose static field is the handle. Static and final, for only then does the
   * compiler know which function it is, and calls it as C would.
   */

  public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  /** C's {@code long}, {@code size_t}, {@code ssize_t} and {@code off_t}: Linux on 64 bits. */
  public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  public static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");
  static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private Native() {}

  /**
   * Links a function.
   *
   * @throws UnsatisfiedLinkError if the C library has none of that name
   */
  public static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(result, arguments), KEEP_ERRNO);
  }

  /**
   * Links a function that is called with its own arguments only, and without {@link
   * Scratch#errno()}: that it has failed can be seen, and not why.
   *
   * @throws UnsatisfiedLinkError if the C library has none of that name
   */
  public static MethodHandle withoutErrno(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(result, arguments));
  }

  /**
   * Links a function whose arguments from {@code firstVariadic} on are C's three dots.
   *
   * @throws UnsatisfiedLinkError if the C library has none of that name
   */
  public static MethodHandle variadic(
      String name, int firstVariadic, MemoryLayout result, MemoryLayout... arguments) {
    return link(
        name,
        FunctionDescriptor.of(result, arguments),
        KEEP_ERRNO,
        Linker.Option.firstVariadicArg(firstVariadic));
  }

  /**
   * Links a function that sets no {@code errno} that anybody asks for: it is called without one.
   */
  static MethodHandle plain(String name, FunctionDescriptor type) {
    return link(name, type);
  }

  // A call with the wrong arguments is what may end the JVM: the callers are all in this module.
  @SuppressWarnings("restricted")
  private static MethodHandle link(String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment function =
        find(name).orElseThrow(() -> new UnsatisfiedLinkError("no function " + name));
    return LINKER.downcallHandle(function, type, options);
  }

  /** Room for an {@code errno}, for whoever can have no {@link Scratch}. */
  public static MemorySegment errno(Arena arena) {
    return arena.allocate(CALL_STATE);
  }

  /** Where a function is, if the C library has it. */
  public static Optional<MemorySegment> find(String name) {
    SymbolLookup library = LINKER.defaultLookup();
    return library.find(name);
  }

  /** A call's result in libuv's way: what it gave, or the error's negative number. */
  public static long result(long result, MemorySegment errno) {
    return result < 0 ? error(errno) : result;
  }

  /** The negative number of the error that a call has left, for those that say so otherwise. */
  public static int error(MemorySegment errno) {
    return -(int) ERRNO.get(errno, 0L);
  }

  /** A call's result in libuv's way: what it gave, or the error's negative number. */
  public static int result(int result, MemorySegment errno) {
    return result < 0 ? error(errno) : result;
  }

  /** What a method handle of ours has thrown: none does, but for what the JVM throws itself. */
  public static Error broken(Throwable thrown) {
    if (thrown instanceof Error error) {
      return error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    return new AssertionError(thrown);
  }
}
