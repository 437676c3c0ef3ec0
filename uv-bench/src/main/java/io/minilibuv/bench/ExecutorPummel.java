// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that give another thread a task as fast as they can, unless one is under way. */
final class ExecutorPummel implements Workload {
  private final int n;
  private final Executor receiver;
  private final AutoCloseable owned;
  private final Senders senders;
  private final Runnable task = this::onTask;

  /** A task is under way: as with an async handle, what is sent meanwhile is merged into it. */
  private final AtomicBoolean pending = new AtomicBoolean();

  private CountDownLatch finished = new CountDownLatch(1);
  private int done;

  /**
   * Makes it.
   *
   * @param receiver has one thread
   * @param owned what is closed at the end
   */
  ExecutorPummel(int n, int senders, Executor receiver, AutoCloseable owned) {
    this.n = n;
    this.receiver = receiver;
    this.owned = owned;
    this.senders = new Senders(senders, this::send);
  }

  private void onTask() {
    pending.set(false);
    if (done == n) {
      // Sent before the senders knew that it is enough.
      return;
    }
    done++;
    if (done == n) {
      senders.stop();
      finished.countDown();
    }
  }

  private void send() {
    if (pending.compareAndSet(false, true)) {
      receiver.execute(task);
    }
  }

  @Override
  public void prepare() {
    done = 0;
    finished = new CountDownLatch(1);
    senders.start();
  }

  @Override
  public long round() throws InterruptedException {
    senders.open();
    finished.await();
    return Workload.exactly(n, done);
  }

  /** What was sent last is done before the next round. */
  @Override
  public void check(long work) throws InterruptedException {
    senders.join();
    CompletableFuture.runAsync(() -> {}, receiver).join();
  }

  @Override
  public void close() throws Exception {
    owned.close();
  }
}
