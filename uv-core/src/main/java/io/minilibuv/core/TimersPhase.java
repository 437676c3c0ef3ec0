// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one loop, and the phase that fires them (src/timer.c).
 *
 * <p>It fires in two steps. All timers that are due leave the heap for the ready queue first; only
 * then are they re-armed and called, one by one. So a timer that a callback starts with no delay
 * waits for the next iteration, instead of keeping this phase going for ever.
 */
final class TimersPhase extends Phase {
  private static final long MAX_WAIT = Integer.MAX_VALUE;

  private final TimerHeap heap = new TimerHeap();

  /*
   * The ready queue: ready[next, end). A timer in it knows its index, so that stop can blank its
   * entry; the array is kept from pass to pass, so that firing allocates nothing.
   */
  private @Nullable TimerHandle[] ready = new TimerHandle[16];
  private int next;
  private int end;

  private long startCounter;

  TimersPhase(Loop loop) {
    super(loop, LoopPhase.TIMERS);
  }

  /** Puts {@code timer} into the heap, behind all that were started for the same deadline. */
  void add(TimerHandle timer) {
    timer.startId = startCounter++;
    heap.insert(timer);
  }

  /** Takes {@code timer} out of the heap, or out of the pass that is going on. */
  void remove(TimerHandle timer) {
    if (timer.place >= 0) {
      heap.remove(timer);
    } else if (timer.place != TimerHandle.NOWHERE) {
      ready[TimerHandle.readyIndex(timer.place)] = null;
      timer.place = TimerHandle.NOWHERE;
    }
  }

  /**
   * How long the loop may wait for the nearest timer ({@code uv__next_timeout}, src/timer.c).
   *
   * @return milliseconds, at most {@code INT_MAX}; -1 if there is no timer
   */
  long nextTimeout() {
    TimerHandle nearest = heap.min();
    if (nearest == null) {
      return -1;
    }
    long wait = nearest.dueIn();
    return Long.compareUnsigned(wait, MAX_WAIT) < 0 ? wait : MAX_WAIT;
  }

  @Override
  void run() {
    if (isDue()) {
      goThrough();
    }
  }

  @Override
  boolean hasWork() {
    TimerHandle nearest = heap.min();
    return nearest != null && isDue(nearest);
  }

  /**
   * Fires all timers that are due, in the order of (deadline, start) ({@code uv__run_timers},
   * src/timer.c). The loop's time stands still meanwhile.
   *
   * <p>Differs from C: a callback that throws ends the phase; the timers not called yet go back
   * into the heap as they were.
   */
  // @start region="uv__run_timers"
  @Override
  void pass() {
    collectDue();
    try {
      while (next < end) {
        TimerHandle timer = ready[next];
        ready[next++] = null;
        if (timer != null) {
          timer.place = TimerHandle.NOWHERE;
          timer.rearm();
          loop.call(timer, TimerHandle::callBack);
        }
      }
    } finally {
      putBack();
    }
  }

  // @end region="uv__run_timers"

  // @start region="collect_due"
  private void collectDue() {
    for (TimerHandle timer; (timer = heap.min()) != null && isDue(timer); ) {
      timer.stop();
      if (end == ready.length) {
        ready = Arrays.copyOf(ready, end * 2);
      }
      timer.place = TimerHandle.readyPlace(end);
      ready[end++] = timer;
    }
  }

  // @end region="collect_due"

  private boolean isDue(TimerHandle timer) {
    return Long.compareUnsigned(timer.deadline, loop.now()) <= 0;
  }

  private void putBack() {
    for (; next < end; next++) {
      TimerHandle timer = ready[next];
      ready[next] = null;
      if (timer != null) {
        heap.insert(timer);
        timer.handleStart();
      }
    }
    next = 0;
    end = 0;
  }
}
