// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import io.minilibuv.core.ReadyEvents;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.Arena;

/**
 * A loop's epoll, and the memory that it reports into ({@code backend_fd} of {@code uv_loop_t}).
 */
final class Epoll implements AutoCloseable {
  private final PollCalls calls;
  private final int descriptor;

  /** Shared, for a loop may go to another thread; closed with this. */
  private final Arena arena = Arena.ofShared();

  private final EpollEvents ready = new EpollEvents(arena, ReadyEvents.CAPACITY);
  private final EpollEvents asked = new EpollEvents(arena, 1);

  /**
   * Opens one ({@code uv__platform_loop_init}, src/unix/linux.c).
   *
   * @throws UvException EMFILE and the like
   */
  Epoll(PollCalls calls) {
    this.calls = calls;
    boolean opened = false;
    try (Scratch scratch = Scratch.take()) {
      descriptor =
          UvError.orThrow(calls.epollCreate1(scratch, EpollEvents.CLOEXEC), "uv_loop_init");
      opened = true;
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  /** Adds, changes or deletes what is watched; gives 0, or the error's negative number. */
  int control(int operation, int fd, int events) {
    try (Scratch scratch = Scratch.take()) {
      return calls.epollCtl(scratch, descriptor, operation, fd, asked.first(events, fd));
    }
  }

  /**
   * Waits until something is ready or the time is up.
   *
   * @param millis -1 to wait without end
   * @return how many are ready, 0 if the time is up, EINTR's code if a signal came
   */
  int await(long millis) {
    int timeout = (int) Math.min(millis, Integer.MAX_VALUE);
    int count;
    try (Scratch scratch = Scratch.take()) {
      count = calls.epollPwait(scratch, descriptor, ready.memory(), ReadyEvents.CAPACITY, timeout);
    }
    if (count < 0 && count != UvError.EINTR.code()) {
      throw new UvException(count, "epoll_pwait", null);
    }
    return count;
  }

  /** The descriptor of what the last {@link #await} found ready. */
  int fd(int index) {
    return ready.fd(index);
  }

  /** What it is ready for, in the kernel's numbers. */
  int events(int index) {
    return ready.events(index);
  }

  /** Closes it ({@code uv__platform_loop_delete}, src/unix/linux.c). */
  @Override
  public void close() {
    arena.close();
    int result;
    try (Scratch scratch = Scratch.take()) {
      result = calls.close(scratch, descriptor);
    }
    // Interrupted or not, Linux has closed it.
    if (result != UvError.EINTR.code()) {
      UvError.orThrow(result, "uv_loop_close");
    }
  }
}
