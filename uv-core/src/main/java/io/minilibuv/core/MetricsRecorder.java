// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * Counts for one loop ({@code uv__loop_metrics_t}, src/uv-common.c).
 *
 * <p>The counters belong to the loop's thread. The idle time can be read from any thread, and then
 * includes the wait that is going on.
 */
final class MetricsRecorder {
  private static final long NOT_WAITING = -1;

  private final LoopClock clock;
  private long loopCount;
  private long events;
  private long eventsWaiting;
  private long currentTimeout;
  private boolean measuresIdleTime;

  /*
   * The loop's thread writes under the lock and any thread reads under it, so that a reader never
   * counts a wait twice or not at all. The loop's thread alone may read waitBegan without it.
   */
  private final Object lock = new Object();
  private long idleNanos;
  private long waitBegan = NOT_WAITING;

  MetricsRecorder(LoopClock clock) {
    this.clock = clock;
  }

  void countIteration() {
    loopCount++;
  }

  /** Counts the watchers that one batch of the poller called ({@code uv__metrics_inc_events}). */
  void countPolled(int called, boolean wereWaiting) {
    events += called;
    if (wereWaiting) {
      eventsWaiting += called;
    }
  }

  /** Counts further events that one watcher's callback delivered. */
  void countDelivered(int more) {
    events += more;
    if (currentTimeout == 0) {
      eventsWaiting += more;
    }
  }

  LoopMetrics snapshot() {
    return new LoopMetrics(loopCount, events, eventsWaiting);
  }

  void measureIdleTime() {
    measuresIdleTime = true;
  }

  boolean measuresIdleTime() {
    return measuresIdleTime;
  }

  /** The poller is about to be asked ({@code uv__metrics_set_provider_entry_time}). */
  void pollBegins(long timeoutMillis) {
    currentTimeout = timeoutMillis;
    if (measuresIdleTime && timeoutMillis != 0) {
      long now = clock.nanoTime();
      synchronized (lock) {
        waitBegan = now;
      }
    }
  }

  /**
   * The wait is over ({@code uv__metrics_update_idle_time}): a callback comes, or the phase ends.
   * Does nothing if it was over already.
   */
  void pollEnds() {
    if (!measuresIdleTime || waitBegan == NOT_WAITING) {
      return;
    }
    long now = clock.nanoTime();
    synchronized (lock) {
      idleNanos += now - waitBegan;
      waitBegan = NOT_WAITING;
    }
  }

  @AnyThread
  long idleNanos() {
    synchronized (lock) {
      return waitBegan == NOT_WAITING ? idleNanos : idleNanos + clock.nanoTime() - waitBegan;
    }
  }
}
