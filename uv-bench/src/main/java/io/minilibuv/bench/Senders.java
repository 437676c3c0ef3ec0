// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Threads that all do the same, from when the gate is opened until they are told that it is enough.
 * They are there before the clock runs and end after it, here and in C's program: what is measured
 * is neither their start nor their end.
 */
final class Senders {
  private final Thread[] threads;
  private final Consumer<BooleanSupplier> body;
  private CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean sending;

  /** Starts none yet; each does the same again and again. */
  Senders(int count, Runnable send) {
    this(
        count,
        sending -> {
          while (sending.getAsBoolean()) {
            send.run();
          }
        });
  }

  /**
   * Starts none yet.
   *
   * @param body what each does, for as long as what it is given says so
   */
  Senders(int count, Consumer<BooleanSupplier> body) {
    this.threads = new Thread[count];
    this.body = body;
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
    body.accept(() -> sending);
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
