// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;

/** Keeps a test that has lost a wake-up from waiting for ever: its loop ends, and it can tell. */
public final class TimeLimit {
  /** Long after every test should have ended. */
  public static final long MILLIS = 60_000;

  private TimeLimit() {}

  /** Stops {@code loop} if it is still running long after it should have ended. */
  public static Loop on(Loop loop) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> loop.stop(), MILLIS, 0);
    timer.unref();
    return loop;
  }
}
