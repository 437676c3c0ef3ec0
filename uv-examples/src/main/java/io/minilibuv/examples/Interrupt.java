// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a loop end in good order when the process is told to end, by Ctrl-C for one.
 *
 * <p>The JVM starts a thread for that, which must not touch the loop: it sends to an async handle,
 * and waits until the loop's thread is done.
 */
final class Interrupt implements AutoCloseable {
  /** A worker may be stuck in a call that does not return; then the process ends all the same. */
  private static final int PATIENCE_SECONDS = 5;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "uv-interrupt");
  private final AsyncHandle handle;
  private volatile boolean interrupted;

  private Interrupt(Loop loop, Runnable stop) {
    handle = AsyncHandle.init(loop, async -> stop.run());
    handle.unref();
  }

  /** From now on, calls {@code stop} on the loop's thread when the process is to end. */
  static Interrupt on(Loop loop, Runnable stop) {
    Interrupt interrupt = new Interrupt(loop, stop);
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  private void interrupt() {
    interrupted = true;
    handle.send();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("uv: a request does not return; what is half done stays so");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isInterrupted() {
    return interrupted;
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
