// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static io.minilibuv.linux.poll.EpollEvents.CLOEXEC;
import static io.minilibuv.linux.poll.EpollEvents.NONBLOCK;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.core.WakeupChannel;
import io.minilibuv.core.internal.WakeupLatch;
import io.minilibuv.linux.ffi.Native;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A wake-up channel on an eventfd ({@code uv__async_start}, {@code uv__async_send}). */
final class EventfdWakeup implements WakeupChannel {
  /*
   * Whether the loop is to be woken is said by the latch, and by nothing else. The eventfd only ends
   * a wait: each write to it is one event for the epoll that watches it edge-triggered, whatever
   * the counter was before. So the counter is never read, and drain costs no system call. In C the
   * watcher is level-triggered, and the counter must be read each time.
   *
   * No wake-up is lost. Before it waits, the loop falls asleep in the latch, and does not wait if
   * that is set. If it is not, then whoever sets it next is the one who writes. All the events that
   * the loop has taken before came from earlier writes. So this write's event is still to come when
   * the wait begins, and ends it. It may have become one event with that of a slower sender; the loop
   * looks at the latch again when the wait has ended, and the latch was set before the write.
   *
   * A wake-up that comes while the loop is awake has no event, and if there was one, it comes once,
   * in the kernel's order. If nobody has drained then, because a callback before it has thrown, say,
   * or because the batch was full, no second one will come. That is what the mark "reported" is for:
   * while it stands, the backend puts the watcher into each batch, and as the first, where there is
   * always room.
   *
   * An event may be left over: a sender that is slow between the latch and its write can be
   * overtaken by a drain. The loop finds the latch open, and drops the event.
   *
   * The counter goes up by one with each write, and would be full after 2^64 of them, or if somebody
   * else has filled it. Then a write says EAGAIN, and makes no event: the counter is emptied, and
   * the write done again. It never blocks.
   *
   * A sender may be any thread in any state, so it needs no memory that it might not get: not even
   * an errno, unless its write has failed. The errno for that is the process's, and senders whose
   * writes have failed take turns at it.
   *
   * A write that fails for good is none that the system has: the descriptor is closed too early, or
   * a sandbox has changed its mind. Its sender is told, and so is one whose stack is full, say. The
   * latch stays set, and knows.
   */
  private static final MemorySegment ONE = one();

  /** To find out why a write has failed, and to empty the counter into. Under its own lock. */
  private static final MemorySegment ERRNO = Native.errno(Arena.global());

  private static final MemorySegment COUNTER = Arena.global().allocate(ValueLayout.JAVA_LONG);
  private static final Object FAILED = new Object();

  private final PollCalls calls;
  private final FdTarget target;

  private final WakeupLatch latch = new WakeupLatch();

  /** Whether this wake-up was put into a batch, or should have been. On the loop's thread. */
  private boolean reported;

  private EventfdWakeup(PollCalls calls, int fd) {
    this.calls = calls;
    this.target = new FdTarget(fd, null);
  }

  static EventfdWakeup open(PollCalls calls) {
    try (Scratch scratch = Scratch.take()) {
      int fd = calls.eventfd(scratch, 0, CLOEXEC | NONBLOCK);
      return new EventfdWakeup(calls, UvError.orThrow(fd, "uv_async_init"));
    }
  }

  private static MemorySegment one() {
    MemorySegment number = Arena.global().allocate(ValueLayout.JAVA_LONG);
    number.set(ValueLayout.JAVA_LONG, 0, 1);
    return number;
  }

  @Override
  public FdTarget target() {
    return target;
  }

  /** What says whether the loop is to be woken. */
  WakeupLatch latch() {
    return latch;
  }

  /** Whether there is a wake-up that has been told, and was not drained. */
  boolean isReported() {
    return reported && latch.isSet();
  }

  /** Takes note that it was told, or should have been. */
  void report() {
    reported = true;
  }

  @Override
  public void wakeup() {
    if (latch.set()) {
      ring();
    }
  }

  /** Ends the loop's wait. */
  void ring() {
    boolean written = false;
    try {
      if (calls.write(target.fd, ONE, ONE.byteSize()) < 0) {
        writeAgain();
      }
      written = true;
    } finally {
      if (!written) {
        latch.failed();
      }
    }
  }

  /** Does a write that has failed, or finds out why it cannot be done. */
  private void writeAgain() {
    long result;
    synchronized (FAILED) {
      do {
        result = calls.write(ERRNO, target.fd, ONE, ONE.byteSize());
        if (result == UvError.EAGAIN.code()) {
          // Another sender may have emptied it meanwhile, which is all the same.
          calls.read(ERRNO, target.fd, COUNTER, COUNTER.byteSize());
        }
      } while (result == UvError.EAGAIN.code() || result == UvError.EINTR.code());
    }
    if (result < 0) {
      throw new UvException((int) result, "uv_async_send", null);
    }
  }

  @Override
  public void drain() {
    reported = false;
    latch.clear();
  }

  @Override
  public void close() {
    latch.close();
    try (Scratch scratch = Scratch.take()) {
      calls.close(scratch, target.fd);
    }
  }
}
