// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

/** Threads that all do the same until they are told that it is enough. */
final class Senders {
  private final Thread[] threads;
  private final Runnable send;
  private volatile boolean sending;

  /** Starts none yet. */
  Senders(int count, Runnable send) {
    this.threads = new Thread[count];
    this.send = send;
  }

  /** Starts them. */
  void start() {
    sending = true;
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(this::sendOn);
      threads[i].start();
    }
  }

  private void sendOn() {
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
