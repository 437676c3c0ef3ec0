// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Two threads, each of which waits for the other's signal and then gives one. */
final class VirtualPingPong implements Workload {
  private final int n;
  private final ExecutorService threads;
  private final Semaphore ping = new Semaphore(0);
  private final Semaphore pong = new Semaphore(0);
  private final Semaphore finished = new Semaphore(0);

  /** Each is of one thread; the signals in between make one thread see the other's. */
  private int pings;

  private int pongs;
  private boolean over;

  /**
   * Starts both threads.
   *
   * @param threads is closed at the end
   */
  VirtualPingPong(int n, ExecutorService threads) {
    this.n = n;
    this.threads = threads;
    Future<?> unused = threads.submit(this::playPing);
    Future<?> unusedToo = threads.submit(this::playPong);
  }

  private void playPing() {
    ping.acquireUninterruptibly();
    while (!over) {
      pings++;
      pong.release();
      ping.acquireUninterruptibly();
    }
    pong.release();
  }

  private void playPong() {
    pong.acquireUninterruptibly();
    while (!over) {
      pongs++;
      (pongs < n ? ping : finished).release();
      pong.acquireUninterruptibly();
    }
  }

  @Override
  public void prepare() {
    pings = 0;
    pongs = 0;
  }

  @Override
  public long round() throws InterruptedException {
    ping.release();
    finished.acquire();
    return Workload.exactly(n, pings) + Workload.exactly(n, pongs);
  }

  @Override
  public void close() {
    over = true;
    ping.release();
    threads.shutdown();
  }
}
