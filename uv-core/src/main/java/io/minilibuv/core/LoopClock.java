// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * A loop's only source of time. It can be given to a loop when it is opened; {@link #system()} is
 * what a loop has otherwise, and {@link ManualClock} is for tests.
 *
 * <p>libuv has no such seam: its loops read {@code uv__hrtime}. Here a loop's timers, its idle time
 * and its waits all go by this clock, so that a test can decide what time it is.
 *
 * <p>A clock does not wake a loop, and knows no timers. It may serve any number of loops.
 */
@FunctionalInterface
public interface LoopClock {

  /**
   * The time in nanoseconds, from an arbitrary origin. It never goes back, and is never negative.
   * Any thread may call it.
   */
  @AnyThread
  long nanoTime();

  /**
   * Makes the time pass by itself, if this clock can do that; the default cannot.
   *
   * <p>Called by a loop, on its thread, when nothing is ready and it would wait for {@code millis}
   * milliseconds. A clock that answers true has moved on by that much, and then nobody waits. One
   * that answers false has not moved, and the loop waits in its poll. A wait without an end is
   * never asked for: no amount of time would end it.
   *
   * @param millis 0 or more
   * @param requestsUnderWay whether the loop has active requests, such as work on a pool: something
   *     may become ready in the time that would be skipped
   */
  default boolean skip(long millis, boolean requestsUnderWay) {
    return false;
  }

  /** The system's monotonic clock, with the origin of {@link Uv#hrtime()}. */
  static LoopClock system() {
    return Uv.SYSTEM_CLOCK;
  }
}
