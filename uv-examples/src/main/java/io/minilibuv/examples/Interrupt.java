// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Lets an operation end in good order when the process is told to end, by Ctrl-C for one.
 *
 * <p>The JVM starts a thread for that, which must not touch the loop: it cancels the operation, and
 * waits until the loop's thread is done.
 */
final class Interrupt implements AutoCloseable {
  /** A worker may be stuck in a call that does not return; then the process ends all the same. */
  private static final int PATIENCE_SECONDS = 5;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "uv-interrupt");
  private final Future<?> operation;

  private Interrupt(Future<?> operation) {
    this.operation = operation;
  }

  /** From now on, cancels {@code operation} when the process is to end. */
  static Interrupt on(Future<?> operation) {
    Interrupt interrupt = new Interrupt(operation);
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  private void interrupt() {
    operation.cancel(true);
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("uv: a request does not return; what is half done stays so");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the operation was cancelled. */
  boolean isInterrupted() {
    return operation.isCancelled();
  }

  /** Lets the process end: the loop is done, and everything has been said. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook is what has waited for this.
    }
  }
}
