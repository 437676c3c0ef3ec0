// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;

/** Timers by the million: started, fired, closed (libuv's benchmark-million-timers.c). */
final class UvTimers implements Workload {
  private final Loop loop = Loop.open();
  private final TimerHandle[] timers;
  private final int times;
  private int fired;
  private int closed;

  /** One for all, as in C. */
  private final TimerHandle.Callback onFired = timer -> fired++;

  private final Handle.CloseCallback onClosed = handle -> closed++;

  UvTimers(int n, int times) {
    this.timers = new TimerHandle[n];
    this.times = times;
  }

  @Override
  public void prepare() {
    fired = 0;
    closed = 0;
    // It stood still while others had their turn.
    loop.updateTime();
  }

  @Override
  public long round() {
    for (int i = 0; i < times; i++) {
      live();
    }
    long lives = (long) times * timers.length;
    Workload.exactly(lives, closed);
    return Workload.exactly(lives, fired);
  }

  private void live() {
    for (int i = 0; i < timers.length; i++) {
      timers[i] = TimerHandle.init(loop);
      timers[i].start(onFired, i / 1000, 0);
    }
    loop.run();
    for (TimerHandle timer : timers) {
      timer.close(onClosed);
    }
    loop.run();
  }

  @Override
  public void close() {
    loop.close();
  }
}
