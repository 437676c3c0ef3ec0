// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;

/**
 * Makes many calls one: it calls when nobody has called it for a while.
 *
 * <p>That is a timer that is started anew each time: only the last start comes to its end.
 */
final class Debounce {
  private final Loop loop;
  private final TimerHandle timer;
  private final long quietMillis;
  private final Runnable action;

  Debounce(Loop loop, long quietMillis, Runnable action) {
    this.loop = loop;
    this.timer = TimerHandle.init(loop);
    this.quietMillis = quietMillis;
    this.action = action;
  }

  /**
   * Something happened: it is quiet when nothing else does for so long, from now on. The loop's own
   * time stands still while it calls back, and calling back for all of a burst may take longer than
   * that.
   */
  void touch() {
    if (!timer.isClosing()) {
      loop.updateTime();
      timer.start(handle -> action.run(), quietMillis, 0);
    }
  }

  /** Ends it: nothing is called any more. Idempotent. */
  void close() {
    if (!timer.isClosing()) {
      timer.close();
    }
  }
}
