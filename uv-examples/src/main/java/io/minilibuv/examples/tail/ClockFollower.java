// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;

/**
 * Has it looked at whenever some time has passed ({@code uv_timer_t}). For a file that is open and
 * has lost its name: events and stats are got by a name, and this is what is left.
 */
final class ClockFollower implements Follower {
  private final Runnable look;
  private final TimerHandle timer;
  private final long interval;

  ClockFollower(Loop loop, long intervalMillis, Runnable look) {
    this.look = look;
    this.interval = intervalMillis;
    this.timer = TimerHandle.init(loop);
  }

  @Override
  public void watch() {
    timer.start(handle -> look.run(), interval, interval);
  }

  @Override
  public void close() {
    timer.close();
  }
}
