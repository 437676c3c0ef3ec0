// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command end in good order when the process is told to end, by Ctrl-C for one.
 *
 * <p>The JVM starts a thread for that, which must not touch the loop. It does the one thing that
 * any thread may: it sends to an async handle, and waits until the loop's thread is done. What was
 * registered is called on the loop's thread then, once.
 */
final class Interrupt implements AutoCloseable {
  /** A worker may be stuck in a call that does not return; then the process ends all the same. */
  private static final long PATIENCE_MILLIS = 5000;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "uv-interrupt");
  private final AsyncHandle async;
  private final long patienceMillis;
  private volatile String lineBegin = "";
  private @Nullable Runnable action;
  private boolean interrupted;

  private Interrupt(Loop loop, long patienceMillis) {
    this.patienceMillis = patienceMillis;
    async = AsyncHandle.init(loop, handle -> interrupted());
    // It waits for a signal, and a signal is nothing to stay for.
    async.unref();
  }

  /** From now on, tells {@code loop} when the process is to end. */
  static Interrupt of(Loop loop) {
    return of(loop, PATIENCE_MILLIS);
  }

  /** As {@link #of(Loop)}, but the loop has only so long to come to its end. */
  static Interrupt of(Loop loop, long patienceMillis) {
    Interrupt interrupt = new Interrupt(loop, patienceMillis);
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** Has {@code action} called when it comes, in place of what was to be called before. */
  void on(Runnable action) {
    this.action = action;
  }

  /** Has what this may have to say begin with {@code text}, which erases what is painted there. */
  void beginLineWith(String text) {
    lineBegin = text;
  }

  /** Whether it has come. */
  boolean isInterrupted() {
    return interrupted;
  }

  /** On the loop's thread. */
  private void interrupted() {
    interrupted = true;
    if (action != null) {
      action.run();
    }
  }

  /** What the JVM's thread does. */
  // @start region="interrupt"
  void interrupt() {
    async.send();
    try {
      if (!done.await(patienceMillis, TimeUnit.MILLISECONDS)) {
        System.err.println(lineBegin + "uv: a request does not return; what is half done stays so");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // @end region="interrupt"

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
