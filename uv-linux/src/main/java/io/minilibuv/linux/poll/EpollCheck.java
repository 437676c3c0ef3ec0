// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static io.minilibuv.linux.poll.EpollEvents.CLOEXEC;
import static io.minilibuv.linux.poll.EpollEvents.NONBLOCK;

import io.minilibuv.core.PollBackendProvider;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Tries every call that a loop cannot do without, before the first loop relies on them: a sandbox
 * may refuse any one of them, and when a loop is open it is too late to take another poller.
 */
final class EpollCheck {
  private final PollCalls calls;
  private final Scratch scratch;

  private EpollCheck(PollCalls calls, Scratch scratch) {
    this.calls = calls;
    this.scratch = scratch;
  }

  /**
   * Has an epoll tell that an eventfd is readable; and tell so again when it was written to again,
   * and nobody has read it: {@link EventfdWakeup} stands on that.
   *
   * @throws UnsupportedOperationException if the system refuses a call, or does not do as it says
   * @throws UvException EMFILE, ENFILE, ENOMEM or ENOSPC
   */
  static void check(PollCalls calls) {
    try (Scratch scratch = Scratch.take()) {
      new EpollCheck(calls, scratch).openAndCheck();
    }
  }

  private void openAndCheck() {
    int epoll = require("epoll_create1", calls.epollCreate1(scratch, CLOEXEC));
    try {
      int eventfd = require("eventfd", calls.eventfd(scratch, 0, CLOEXEC | NONBLOCK));
      try (Arena arena = Arena.ofConfined()) {
        checkThat(epoll, eventfd, arena);
      } finally {
        calls.close(scratch, eventfd);
      }
    } finally {
      calls.close(scratch, epoll);
    }
  }

  private void checkThat(int epoll, int eventfd, Arena arena) {
    EpollEvents events = new EpollEvents(arena, 2);
    MemorySegment asked = events.first(EpollEvents.IN | EpollEvents.EDGE_TRIGGERED, eventfd);
    require("epoll_ctl", calls.epollCtl(scratch, epoll, EpollEvents.ADD, eventfd, asked));
    MemorySegment one = arena.allocate(ValueLayout.JAVA_LONG);
    one.set(ValueLayout.JAVA_LONG, 0, 1);
    // Both ways, so that a thread that wakes up a loop has nothing to link.
    require("write", (int) calls.write(scratch.errno(), eventfd, one, one.byteSize()));
    requireTold(epoll, eventfd, events);
    require("write", (int) calls.write(eventfd, one, one.byteSize()));
    requireTold(epoll, eventfd, events);
    require("epoll_ctl", calls.epollCtl(scratch, epoll, EpollEvents.DELETE, eventfd, asked));
  }

  private void requireTold(int epoll, int eventfd, EpollEvents events) {
    MemorySegment told = events.first(0, -1);
    int count;
    do {
      count = calls.epollPwait(scratch, epoll, told, 2, 0);
    } while (count == UvError.EINTR.code());
    if (require("epoll_pwait", count) != 1
        || events.fd(0) != eventfd
        || events.events(0) != EpollEvents.IN) {
      throw new UnsupportedOperationException("epoll_pwait: not what was asked for");
    }
  }

  private static int require(String call, int result) {
    if (result >= 0) {
      return result;
    }
    UvError error = UvError.ofCode(result);
    if (error != null && PollBackendProvider.isShortage(error)) {
      throw error.exception("uv_loop_init");
    }
    throw new UnsupportedOperationException(
        call + ": " + UvError.errName(result) + ": " + UvError.strerror(result));
  }
}
