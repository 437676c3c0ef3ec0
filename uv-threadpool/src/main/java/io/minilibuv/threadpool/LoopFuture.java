// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A future that a loop's thread completes, and that refuses to let that thread wait for it. libuv
 * has no such thing.
 *
 * @param <T> what it will bring
 */
@AnyThread
public abstract class LoopFuture<T> extends CompletableFuture<T> {

  /** Makes a future that is not complete. */
  protected LoopFuture() {}

  /** Whose thread completes this; null as long as nobody does. */
  protected abstract @Nullable Loop loop();

  /**
   * Waits for the value.
   *
   * @throws IllegalStateException if it is not there, and the caller is the loop's thread, which
   *     would wait for itself
   */
  @Override
  public final T get() throws InterruptedException, ExecutionException {
    requireNotItself();
    return super.get();
  }

  /** Waits for the value, for some time: {@link #get()}. */
  @Override
  public final T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    requireNotItself();
    return super.get(timeout, unit);
  }

  /** Waits for the value: {@link #get()}. */
  @Override
  public final T join() {
    requireNotItself();
    return super.join();
  }

  private void requireNotItself() {
    Loop completing = loop();
    if (!isDone() && completing != null && completing.isLoopThread()) {
      throw new IllegalStateException(
          "the loop's thread would wait for itself: chain a stage, or run the loop first");
    }
  }
}
