// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * The system calls that a poller makes, in one place so that a test can have any of them fail.
 *
 * <p>Each is the function of the C library of that name, and answers what that does, or the error's
 * negative number.
 */
interface PollCalls {

  /** {@code epoll_create1(2)}. */
  int epollCreate1(Scratch scratch, int flags);

  /** {@code epoll_ctl(2)}. */
  int epollCtl(Scratch scratch, int epoll, int operation, int fd, MemorySegment event);

  /** {@code epoll_pwait(2)}, with no signal mask. */
  int epollPwait(Scratch scratch, int epoll, MemorySegment events, int atMost, int millis);

  /** {@code eventfd(2)}. */
  int eventfd(Scratch scratch, int initial, int flags);

  /** {@code read(2)}. */
  long read(MemorySegment errno, int fd, MemorySegment bytes, long size);

  /** {@code write(2)}. */
  long write(MemorySegment errno, int fd, MemorySegment bytes, long size);

  /** {@code write(2)} for a thread that has no memory: any negative number if it has failed. */
  long write(int fd, MemorySegment bytes, long size);

  /** {@code close(2)}. */
  int close(Scratch scratch, int fd);

  /** {@code fcntl(2)}, for commands that take a number or nothing. */
  int fcntl(Scratch scratch, int fd, int command, int argument);

  /** {@code poll(2)}. */
  int poll(Scratch scratch, MemorySegment descriptors, long count, int millis);
}
