// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock for tests: it stands still until it is told to move, or until its loop would wait.
 *
 * <p>A loop that has nothing to do until its next timer takes that time from the clock at once
 * ({@link #skip}), so a run over timers ends immediately, and each fires exactly when it is due:
 *
 * <pre>{@code
 * ManualClock clock = new ManualClock();
 * Loop loop = Loop.open(new LoopOptions().clock(clock));
 * TimerHandle.init(loop).start(TimerHandle::close, 5000, 0);
 * loop.run();
 * assertEquals(ManualClock.DEFAULT_START_NANOS + 5_000_000_000L, clock.nanoTime());
 * }</pre>
 *
 * <p>Only the loop's own time is manual. What other threads, files or sockets do takes as long as
 * it takes, and this clock does not wait for it: while work runs on another thread, a loop with a
 * timer may well reach the timer first. One that is {@linkplain #waitingForRequests() told to}
 * waits for requests, but for nothing else. Moving the clock does not wake a loop that is waiting.
 *
 * <p>It saturates: at {@link Long#MAX_VALUE} it stands still for good. Any thread may call
 * everything here, {@link #skip} apart, which loops call.
 */
public final class ManualClock implements LoopClock {

  /**
   * Where a clock stands if nothing else is said: one second. Not 0, so that code that takes a
   * length of time for a point in time, or 0 for "never", gives a wrong answer in a test too; and a
   * round number, so that a loop's time is easy to read: it begins at 1000.
   */
  public static final long DEFAULT_START_NANOS = 1_000_000_000L;

  private final AtomicLong now;
  private volatile boolean waitsForRequests;

  /** Makes a clock that stands at {@link #DEFAULT_START_NANOS}. */
  public ManualClock() {
    this(DEFAULT_START_NANOS);
  }

  /**
   * Makes a clock that stands at {@code startNanos}.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ManualClock(long startNanos) {
    now = new AtomicLong(checkNotNegative(startNanos));
  }

  /**
   * Has this clock stand still while its loop has active requests, so that what is on a pool, a
   * file system call for one, takes no time at all: it is back before the next timer is due.
   *
   * <p>A request that only comes back if a timer fires first, since that cancels it for one, is
   * waited for in vain. Requests of other loops do not count.
   *
   * @return this clock
   */
  @AnyThread
  public ManualClock waitingForRequests() {
    waitsForRequests = true;
    return this;
  }

  @Override
  @AnyThread
  public long nanoTime() {
    return now.get();
  }

  /**
   * Moves on by {@code millis}, which is what its loop would have waited for.
   *
   * @return false if it waits for requests and there are some; and if it stands at its end already:
   *     a loop that is due then would never get there
   * @throws IllegalArgumentException if {@code millis} is negative
   */
  @Override
  public boolean skip(long millis, boolean requestsUnderWay) {
    return !(requestsUnderWay && waitsForRequests)
        && move(TimeUnit.MILLISECONDS.toNanos(millis)) != Long.MAX_VALUE;
  }

  /**
   * Moves on by {@code millis} milliseconds.
   *
   * @throws IllegalArgumentException if it is negative: this clock never goes back
   */
  @AnyThread
  public void advance(long millis) {
    move(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /**
   * Moves on by {@code duration}.
   *
   * @throws IllegalArgumentException if it is negative: this clock never goes back
   */
  @AnyThread
  public void advance(Duration duration) {
    move(TimeUnit.NANOSECONDS.convert(duration));
  }

  /**
   * Moves on by {@code nanos} nanoseconds.
   *
   * @throws IllegalArgumentException if it is negative: this clock never goes back
   */
  @AnyThread
  public void advanceNanos(long nanos) {
    move(nanos);
  }

  /** Moves on, and returns where it stood before. Allocates nothing: loops skip often. */
  private long move(long nanos) {
    return now.getAndAccumulate(checkNotNegative(nanos), ManualClock::plus);
  }

  private static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static long checkNotNegative(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("negative time: " + nanos + " ns");
    }
    return nanos;
  }

  @Override
  public String toString() {
    return "ManualClock[" + nanoTime() + " ns]";
  }
}
