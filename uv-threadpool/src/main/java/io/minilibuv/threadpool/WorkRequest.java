// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.UvException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's own work, done on a worker of the loop's pool ({@code uv_work_t}).
 *
 * <p>The work runs on another thread, and what comes after it on the loop's: between the two
 * nothing else is needed to hand over what was computed. It can be {@link #cancel cancelled} until
 * a worker takes it.
 */
public final class WorkRequest extends PoolRequest {

  /** Does the work ({@code uv_work_cb}). */
  @FunctionalInterface
  public interface Work {
    /**
     * Called on a worker, once, or never if the request is cancelled. May block, but then one
     * worker less is there for all others.
     *
     * <p>Of {@code request} it may use what any thread may. What it needs it captures: {@link
     * #data()} belongs to the loop's thread.
     *
     * @throws Exception anything; it becomes the request's {@link #failure}
     */
    void work(WorkRequest request) throws Exception;
  }

  /** Told that the work is done, or will not be ({@code uv_after_work_cb}). */
  @FunctionalInterface
  public interface AfterWork {
    /**
     * Called on the loop's thread, once. The request is not active any more.
     *
     * @param status 0; {@code UV_ECANCELED} if the request was cancelled; or an error, if the work
     *     has thrown: see {@link #failure}
     */
    void afterWork(WorkRequest request, int status);
  }

  private static final Logger log = LoggerFactory.getLogger(WorkRequest.class);

  private final Work work;
  private final @Nullable AfterWork after;

  private WorkRequest(Loop loop, Work work, @Nullable AfterWork after) {
    super(loop, RequestType.WORK);
    this.work = work;
    this.after = after;
  }

  /**
   * Queues {@code work} for the loop's pool ({@code uv_queue_work}, src/threadpool.c).
   *
   * <p>Work is begun in the order of queueing, as far as there are workers. It comes back in the
   * order in which it is finished.
   *
   * <p>Differs from C: without {@code work} it throws {@link NullPointerException} (EINVAL).
   *
   * @param after may be null
   * @throws IllegalStateException if the loop's pool is closed
   */
  // @start region="uv_queue_work"
  public static WorkRequest queue(Loop loop, Work work, @Nullable AfterWork after) {
    Objects.requireNonNull(work, "work");
    WorkRequest request = new WorkRequest(loop, work, after);
    request.submit(WorkKind.CPU);
    return request;
  }

  // @end region="uv_queue_work"

  /**
   * What the work has thrown, an {@link Error} perhaps; or null. To be looked at from the callback
   * on.
   *
   * <p>Differs from C, where work cannot throw. The callback's status then is the code of the
   * {@link UvException}, if it was one, and else {@code UV_UNKNOWN}. Without a callback it is
   * logged.
   */
  @Override
  public @Nullable Throwable failure() {
    return super.failure();
  }

  /** Does the user's work ({@code uv__queue_work}). */
  @AnyThread
  @Override
  protected void work() throws Exception {
    work.work(this);
  }

  /** Tells the user ({@code uv__queue_done}). */
  @Override
  protected void done(int status) {
    Throwable thrown = failure();
    if (after != null) {
      after.afterWork(this, thrown == null ? status : codeOf(thrown));
    } else if (thrown != null) {
      log.warn("{} has failed, and nobody wanted to know", this, thrown);
    }
  }
}
