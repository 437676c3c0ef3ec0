// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static io.minilibuv.linux.ffi.Native.INT;
import static io.minilibuv.linux.ffi.Native.POINTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.linux.ffi.Native;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** Descriptors of a test, made by the system's own calls, and closed with this. */
final class Fds implements AutoCloseable {
  /** A number that no descriptor has. */
  static final int NEVER_OPEN = Integer.MAX_VALUE;

  private static final MethodHandle PIPE = Native.function("pipe", INT, POINTER);
  private static final MethodHandle OPEN = Native.variadic("open", 2, INT, POINTER, INT);
  private static final MethodHandle DUP = Native.function("dup", INT, INT);
  private static final int F_GETFL = 3;

  private final PollCalls calls = new NativePollCalls();
  private final List<Integer> open = new ArrayList<>();

  /** Both ends of a pipe, the reading one first; both block. */
  int[] pipe() {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment ends = scratch.block();
      assertThat((int) PIPE.invokeExact(scratch.errno(), ends)).isZero();
      return new int[] {
        opened(ends.get(ValueLayout.JAVA_INT, 0)), opened(ends.get(ValueLayout.JAVA_INT, 4))
      };
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  /** What is at {@code path}, for reading. */
  int open(String path) {
    try (Scratch scratch = Scratch.take()) {
      return opened((int) OPEN.invokeExact(scratch.errno(), scratch.path(path), 0));
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  /** Another number for the same. */
  int dup(int fd) {
    try (Scratch scratch = Scratch.take()) {
      return opened((int) DUP.invokeExact(scratch.errno(), fd));
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  int epoll() {
    try (Scratch scratch = Scratch.take()) {
      return opened(calls.epollCreate1(scratch, EpollEvents.CLOEXEC));
    }
  }

  int eventfd() {
    try (Scratch scratch = Scratch.take()) {
      return opened(calls.eventfd(scratch, 0, EpollEvents.CLOEXEC));
    }
  }

  private int opened(int fd) {
    assertThat(fd).isNotNegative();
    open.add(fd);
    return fd;
  }

  void write(int fd) {
    try (Scratch scratch = Scratch.take()) {
      assertThat(calls.write(fd, scratch.block(), 1)).isEqualTo(1);
    }
  }

  /** How many of 16 bytes there were to read, or the error's negative number. */
  long read(int fd) {
    try (Scratch scratch = Scratch.take()) {
      return calls.read(scratch.errno(), fd, scratch.block(), 16);
    }
  }

  boolean isNonBlocking(int fd) {
    try (Scratch scratch = Scratch.take()) {
      int flags = calls.fcntl(scratch, fd, F_GETFL, 0);
      assertThat(flags).isNotNegative();
      return (flags & EpollEvents.NONBLOCK) != 0;
    }
  }

  void close(int fd) {
    open.remove((Integer) fd);
    try (Scratch scratch = Scratch.take()) {
      assertThat(calls.close(scratch, fd)).isZero();
    }
  }

  @Override
  public void close() {
    List.copyOf(open).forEach(this::close);
  }
}
