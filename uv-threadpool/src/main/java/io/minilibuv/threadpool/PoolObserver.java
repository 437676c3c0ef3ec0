// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;

/**
 * Sees the way of a loop's requests through the pool, besides what {@link LoopObserver} sees: set
 * it with {@link Loop#setObserver}.
 *
 * <p>For one request the calls come in order: submitted; then either started and finished, or
 * cancelled, perhaps more than once; then delivered. They come on different threads, so those of
 * different requests overlap.
 */
public interface PoolObserver extends LoopObserver {

  /**
   * A request is about to be queued. On the loop's thread.
   *
   * @param pool before this request is in it
   */
  default void workSubmitted(Loop loop, PoolRequest request, WorkKind kind, PoolState pool) {}

  /**
   * A worker is about to do the work. On the worker's thread; what this throws is logged.
   *
   * @param pool after this request has left its queue
   */
  @AnyThread
  default void workStarted(Loop loop, PoolRequest request, Thread worker, PoolState pool) {}

  /**
   * The work is done, or has thrown. On the worker's thread; what this throws is logged.
   *
   * @param undelivered how many requests the loop has been given and has not called back, without
   *     this one
   */
  @AnyThread
  default void workFinished(Loop loop, PoolRequest request, Thread worker, int undelivered) {}

  /**
   * A request was taken back before a worker had it, and is about to be given to the loop; or it
   * was cancelled again, and goes to the end of what the loop has been given. On the thread that
   * cancels, which is the loop's unless it does so by a {@link RequestFuture}.
   *
   * @param pool after this request has left its queue
   */
  @AnyThread
  default void workCancelled(Loop loop, PoolRequest request, PoolState pool) {}

  /**
   * A request is about to call back. On the loop's thread.
   *
   * @param status 0, or {@code UV_ECANCELED}
   * @param undelivered how many more the loop has been given and has not called back
   */
  default void workDelivered(Loop loop, PoolRequest request, int status, int undelivered) {}
}
