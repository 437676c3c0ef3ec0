// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Two threads that give each other a task whenever they have done one. */
final class ExecutorPingPong implements Workload {
  private final int n;
  private final Executor first;
  private final Executor second;
  private final AutoCloseable owned;
  private final Semaphore finished = new Semaphore(0);
  private final Runnable ping = this::onPing;
  private final Runnable pong = this::onPong;
  private int pings;
  private int pongs;

  ExecutorPingPong(int n, Executor first, Executor second, AutoCloseable owned) {
    this.n = n;
    this.first = first;
    this.second = second;
    this.owned = owned;
  }

  static Workload onThreads(int n) {
    ExecutorService first = Executors.newSingleThreadExecutor();
    ExecutorService second = Executors.newSingleThreadExecutor();
    return new ExecutorPingPong(
        n,
        first,
        second,
        () -> {
          first.shutdown();
          second.shutdown();
        });
  }

  private void onPing() {
    pings++;
    second.execute(pong);
  }

  private void onPong() {
    pongs++;
    if (pongs < n) {
      first.execute(ping);
    } else {
      finished.release();
    }
  }

  @Override
  public void prepare() {
    pings = 0;
    pongs = 0;
  }

  @Override
  public long round() throws InterruptedException {
    first.execute(ping);
    finished.acquire();
    return Workload.exactly(n, pings) + Workload.exactly(n, pongs);
  }

  @Override
  public void close() throws Exception {
    owned.close();
  }
}
