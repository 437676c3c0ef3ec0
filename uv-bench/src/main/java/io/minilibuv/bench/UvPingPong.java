// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Two loops on two threads, each of which wakes the other up whenever it is woken up. */
final class UvPingPong implements Workload {
  private final int n;
  private final Semaphore finished = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private final AsyncHandle ping;
  private final AsyncHandle pong;

  /** Each is of one loop's thread; the sends in between make one thread see the other's. */
  private int pings;

  private int pongs;

  UvPingPong(int n) {
    this.n = n;
    Loop first = Loop.open();
    Loop second = Loop.open();
    ping = AsyncHandle.init(first, handle -> onPing());
    pong = AsyncHandle.init(second, handle -> onPong());
    start(first);
    start(second);
  }

  private void start(Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try (loop) {
                loop.run();
              }
            });
    thread.start();
    threads.add(thread);
  }

  private void onPing() {
    if (pings == n) {
      ping.close();
      return;
    }
    pings++;
    pong.send();
  }

  private void onPong() {
    if (pongs == n) {
      pong.close();
      return;
    }
    pongs++;
    if (pongs < n) {
      ping.send();
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
    ping.send();
    finished.acquire();
    return Workload.exactly(n, pings) + Workload.exactly(n, pongs);
  }

  /** A send more than there are in a round ends a loop. */
  @Override
  public void close() throws InterruptedException {
    pings = n;
    pongs = n;
    ping.send();
    pong.send();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
