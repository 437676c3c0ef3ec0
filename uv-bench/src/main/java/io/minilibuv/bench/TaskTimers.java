// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Tasks that are due at some time, by the million, which one thread makes and does. */
final class TaskTimers implements Workload {
  private final int n;
  private final int times;
  private final Executor home;
  private final LongConsumer starter;
  private final AutoCloseable owned;
  private CountDownLatch finished = new CountDownLatch(1);
  private int fired;

  /**
   * Makes it.
   *
   * @param home the one thread
   * @param timers gives, for a task, what has it done in so many milliseconds
   * @param owned what is closed at the end
   */
  TaskTimers(
      int n,
      int times,
      Executor home,
      Function<Runnable, LongConsumer> timers,
      AutoCloseable owned) {
    this.n = n;
    this.times = times;
    this.home = home;
    this.starter = timers.apply(this::onDue);
    this.owned = owned;
  }

  /**
   * Those of an executor.
   *
   * @param thread has one thread
   * @param owned what is closed at the end
   */
  static Workload of(int n, int times, ScheduledExecutorService thread, AutoCloseable owned) {
    return new TaskTimers(
        n,
        times,
        thread,
        task ->
            millis -> {
              Future<?> unused = thread.schedule(task, millis, TimeUnit.MILLISECONDS);
            },
        owned);
  }

  private void onDue() {
    fired++;
    if (fired == n) {
      finished.countDown();
    }
  }

  private void start() {
    for (int i = 0; i < n; i++) {
      starter.accept(i / 1000);
    }
  }

  @Override
  public long round() throws InterruptedException {
    long all = 0;
    for (int i = 0; i < times; i++) {
      fired = 0;
      finished = new CountDownLatch(1);
      home.execute(this::start);
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
