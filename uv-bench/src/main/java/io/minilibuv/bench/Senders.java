// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.concurrent.CountDownLatch;

/**
 * Threads that all do the same, from when the gate is opened until they are told that it is enough.
 * They are there before the clock runs and end after it, here and in C's program: what is measured
 * is neither their start nor their end.
 */
final class Senders {
  private final Thread[] threads;
  private final Runnable send;
  private CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean sending;

  /** Starts none yet. */
  Senders(int count, Runnable send) {
    this.threads = new Thread[count];
    this.send = send;
  }

  /** Starts them; they wait at the gate. */
  void start() {
    gate = new CountDownLatch(1);
    sending = true;
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(this::sendOn);
      threads[i].start();
    }
  }

  /** Lets them send. */
  void open() {
    gate.countDown();
  }

  private void sendOn() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    while (sending) {
      send.run();
    }
  }

  /** Tells them that it is enough. From any thread. */
  void stop() {
    sending = false;
  }

  /** Waits until none sends any more. */
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
