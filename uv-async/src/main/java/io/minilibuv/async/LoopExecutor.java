// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A loop as an {@link Executor}: runs tasks of any thread on the loop's thread, each once. C has no
 * such thing.
 *
 * <p>It is an {@link AsyncQueue} of tasks, and does all that one does: the tasks of one thread run
 * in their order, in the poll phase, a batch at a time; a task that throws is treated as any
 * callback of the loop, and takes no other with it. It keeps its loop alive until it is closed or
 * {@link #unref unref'd}.
 *
 * <p>It is made on the loop's thread, and handed to others from there. {@code
 * CompletableFuture.supplyAsync(task, executor)} brings a result back to them, and {@code
 * executor.execute(executor::close)} ends it from any thread, since {@link #close} belongs to the
 * loop's.
 *
 * <p>When it is closed, tasks that have not begun will not run: {@link #undelivered} has them, in
 * order, for whoever wants to run them elsewhere or cancel what waits for them. A future that was
 * to be completed by such a task is not completed by anybody else.
 *
 * <p>It is no {@code ExecutorService}: {@link #close} only asks, and there is nobody to wait for.
 */
public final class LoopExecutor extends AsyncQueue<Runnable> implements Executor {

  private LoopExecutor(Loop loop, long capacity) {
    super(loop, capacity, Runnable::run);
  }

  /**
   * Makes an executor that accepts tasks as long as there is memory for them.
   *
   * @throws UvException EMFILE and the like: {@link AsyncHandle#init}
   */
  public static LoopExecutor init(Loop loop) {
    return new LoopExecutor(loop, UNBOUNDED);
  }

  /**
   * Makes an executor that holds no more than {@code capacity} tasks at a time.
   *
   * @throws IllegalArgumentException if {@code capacity} is less than 1
   */
  public static LoopExecutor bounded(Loop loop, int capacity) {
    return new LoopExecutor(loop, requirePositive(capacity, "capacity"));
  }

  /**
   * Has the loop's thread run {@code task}: soon, and never within this call, also if that is made
   * on the loop's thread.
   *
   * <p>What the caller has written before is visible to the task. {@link #offer} is the same with
   * an answer in place of the exception.
   *
   * @throws RejectedExecutionException if this is closed or full; the message says which
   */
  @AnyThread
  @Override
  public void execute(Runnable task) {
    switch (offer(task)) {
      case ACCEPTED -> {}
      case FULL ->
          throw new RejectedExecutionException(
              "the loop's executor is full, it holds " + capacity + " tasks: " + this);
      case CLOSED -> throw new RejectedExecutionException("the loop's executor is closed: " + this);
    }
  }
}
