// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tasks that are due at some time, by the million, which the one thread of an executor makes. */
final class ExecutorTimers implements Workload {
  private final int n;
  private final int times;
  private final ScheduledExecutorService thread;
  private final AutoCloseable owned;
  private final Runnable task = this::onDue;
  private CountDownLatch finished = new CountDownLatch(1);
  private int fired;

  /**
   * Makes it.
   *
   * @param thread has one thread
   * @param owned what is closed at the end
   */
  ExecutorTimers(int n, int times, ScheduledExecutorService thread, AutoCloseable owned) {
    this.n = n;
    this.times = times;
    this.thread = thread;
    this.owned = owned;
  }

  private void onDue() {
    fired++;
    if (fired == n) {
      finished.countDown();
    }
  }

  private void schedule() {
    for (int i = 0; i < n; i++) {
      Future<?> unused = thread.schedule(task, i / 1000, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public long round() throws InterruptedException {
    long all = 0;
    for (int i = 0; i < times; i++) {
      fired = 0;
      finished = new CountDownLatch(1);
      thread.execute(this::schedule);
      finished.await();
      all += Workload.exactly(n, fired);
    }
    return all;
  }

  @Override
  public void close() throws Exception {
    owned.close();
  }
}
