// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static io.minilibuv.linux.ffi.Native.INT;
import static io.minilibuv.linux.ffi.Native.LONG;
import static io.minilibuv.linux.ffi.Native.POINTER;

import io.minilibuv.core.UvError;
import io.minilibuv.linux.ffi.DescriptorCalls;
import io.minilibuv.linux.ffi.Native;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls themselves. */
final class NativePollCalls implements PollCalls {
  // A class for each function, as Native says: it is linked when it is called first.

  private static final class EpollCreate1 {
    static final MethodHandle CALL = Native.function("epoll_create1", INT, INT);
  }

  private static final class EpollCtl {
    static final MethodHandle CALL = Native.function("epoll_ctl", INT, INT, INT, INT, POINTER);
  }

  /*
   * To have errno kept makes the JDK allocate a small object for each call, unless its compiler sees
   * through all of it, which it does not always. What a loop does all the time is done without, and
   * so is the write that any thread wakes it up by: they hardly ever fail. One that has failed has
   * done nothing, and is done again, that time to be asked why: the wait here, the write by whoever
   * asked for it.
   */
  private static final class QuickEpollPwait {
    static final MethodHandle CALL =
        Native.withoutErrno("epoll_pwait", INT, INT, POINTER, INT, INT, POINTER);
  }

  private static final class EpollPwait {
    static final MethodHandle CALL =
        Native.function("epoll_pwait", INT, INT, POINTER, INT, INT, POINTER);
  }

  private static final class Eventfd {
    static final MethodHandle CALL = Native.function("eventfd", INT, INT, INT);
  }

  private static final class QuickWrite {
    static final MethodHandle CALL = Native.withoutErrno("write", LONG, INT, POINTER, LONG);
  }

  private static final class Write {
    static final MethodHandle CALL = Native.function("write", LONG, INT, POINTER, LONG);
  }

  private static final class Fcntl {
    static final MethodHandle CALL = Native.variadic("fcntl", 2, INT, INT, INT, INT);
  }

  private static final class Poll {
    static final MethodHandle CALL = Native.function("poll", INT, POINTER, LONG, INT);
  }

  @Override
  public int epollCreate1(Scratch scratch, int flags) {
    MemorySegment errno = scratch.errno();
    try {
      return Native.result((int) EpollCreate1.CALL.invokeExact(errno, flags), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  @Override
  public int epollCtl(Scratch scratch, int epoll, int operation, int fd, MemorySegment event) {
    MemorySegment errno = scratch.errno();
    try {
      return Native.result(
          (int) EpollCtl.CALL.invokeExact(errno, epoll, operation, fd, event), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  /**
   * A wait that has failed is asked why by a look that does not wait. If that finds nothing wrong,
   * it was a signal.
   */
  @Override
  public int epollPwait(Scratch scratch, int epoll, MemorySegment events, int atMost, int millis) {
    MemorySegment noMask = MemorySegment.NULL;
    try {
      int count = (int) QuickEpollPwait.CALL.invokeExact(epoll, events, atMost, millis, noMask);
      if (count >= 0) {
        return count;
      }
      MemorySegment errno = scratch.errno();
      int again =
          Native.result(
              (int) EpollPwait.CALL.invokeExact(errno, epoll, events, atMost, 0, noMask), errno);
      return again == 0 ? UvError.EINTR.code() : again;
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  @Override
  public int eventfd(Scratch scratch, int initial, int flags) {
    MemorySegment errno = scratch.errno();
    try {
      return Native.result((int) Eventfd.CALL.invokeExact(errno, initial, flags), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  @Override
  public long read(MemorySegment errno, int fd, MemorySegment bytes, long size) {
    return DescriptorCalls.read(errno, fd, bytes, size);
  }

  @Override
  public long write(MemorySegment errno, int fd, MemorySegment bytes, long size) {
    try {
      return Native.result((long) Write.CALL.invokeExact(errno, fd, bytes, size), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  @Override
  public long write(int fd, MemorySegment bytes, long size) {
    try {
      return (long) QuickWrite.CALL.invokeExact(fd, bytes, size);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  @Override
  public int close(Scratch scratch, int fd) {
    return DescriptorCalls.close(scratch, fd);
  }

  @Override
  public int fcntl(Scratch scratch, int fd, int command, int argument) {
    MemorySegment errno = scratch.errno();
    try {
      return Native.result((int) Fcntl.CALL.invokeExact(errno, fd, command, argument), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  @Override
  public int poll(Scratch scratch, MemorySegment descriptors, long count, int millis) {
    MemorySegment errno = scratch.errno();
    try {
      return Native.result((int) Poll.CALL.invokeExact(errno, descriptors, count, millis), errno);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }
}
