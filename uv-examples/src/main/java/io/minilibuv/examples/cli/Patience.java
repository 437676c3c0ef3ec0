// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;

/**
 * A while in which what is under way may come back, before the rest goes on without it: nobody can
 * take a read or a write back that a worker has begun, and one of a pipe may never end.
 */
public final class Patience {
  private Patience() {}

  /**
   * Has {@code over} called after {@code millis}, unless the loop has nothing else to do before.
   */
  public static void start(Loop loop, long millis, Runnable over) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> over.run(), millis, 0);
    // If all has come back before, there is nothing to wait for.
    timer.unref();
  }
}
