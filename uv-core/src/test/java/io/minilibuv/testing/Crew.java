// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** The threads of a test. Closing it awaits them, and throws what they have thrown. */
public final class Crew implements AutoCloseable {

  /** What a thread of the crew does. */
  @FunctionalInterface
  public interface Task {
    void run() throws Exception;
  }

  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

  /**
   * Awaits {@code latch} where no exception can be declared. A test's threads are not interrupted.
   */
  public static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a thread. */
  public Thread start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Throwable e) {
                thrown.add(e);
              }
            },
            "crew-" + threads.size());
    threads.add(thread);
    thread.start();
    return thread;
  }

  /** Awaits all threads; an interrupt of the caller is passed on to them. */
  public void join() {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!thrown.isEmpty()) {
      AssertionError failure = new AssertionError("a thread has failed", thrown.poll());
      thrown.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  @Override
  public void close() {
    join();
  }
}
