// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;

/** Timers by the million, which the one thread of a context makes. */
final class VertxTimers implements Workload {
  private final int n;
  private final int times;
  private final Vertx vertx;
  private final Context context;
  private final Handler<Long> handler = timer -> onDue();
  private CountDownLatch finished = new CountDownLatch(1);
  private int fired;

  /**
   * Makes it.
   *
   * @param vertx is closed at the end
   */
  VertxTimers(int n, int times, Vertx vertx) {
    this.n = n;
    this.times = times;
    this.vertx = vertx;
    context = vertx.getOrCreateContext();
  }

  private void onDue() {
    fired++;
    if (fired == n) {
      finished.countDown();
    }
  }

  /** Vert.x has no timers of 0 ms. */
  private void start() {
    for (int i = 0; i < n; i++) {
      vertx.setTimer(Math.max(1, i / 1000), handler);
    }
  }

  @Override
  public long round() throws InterruptedException {
    long all = 0;
    for (int i = 0; i < times; i++) {
      fired = 0;
      finished = new CountDownLatch(1);
      context.runOnContext(nothing -> start());
      finished.await();
      all += Workload.exactly(n, fired);
    }
    return all;
  }

  @Override
  public void close() {
    vertx.close();
  }
}
