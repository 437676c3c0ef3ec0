// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.Request;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.core.internal.IntrusiveQueue;
import org.jspecify.annotations.Nullable;

/**
 * A request whose work is done by a worker of its loop's pool ({@code struct uv__work},
 * src/threadpool.c): the base of request types. Users have {@link WorkRequest}.
 *
 * <p>The type calls {@link #submit}. A worker calls {@link #work}, and later the loop calls {@link
 * #done}: once, whatever happens. What the loop's thread wrote before {@code submit} is visible to
 * {@code work}, and what {@code work} wrote to {@code done}; in between, neither may touch what
 * belongs to the other.
 */
// The queue node that escapes keeps its owner and does nothing with it.
@SuppressWarnings("this-escape")
public abstract non-sealed class PoolRequest extends Request implements Lanes.Queued {

  /** The place in the pool's queue, or in the loop's queue of what is done ({@code wq}). */
  final IntrusiveQueue.Node<Lanes.Queued> wq = new IntrusiveQueue.Node<>(this);

  /** Whether a worker is through with this ({@code work == NULL}). Guarded by the pool's mutex. */
  boolean finished;

  /**
   * Whether this was taken back ({@code work == uv__cancelled}). Written under the pool's mutex;
   * for {@link #done}, the same mutex has made it visible.
   */
  boolean cancelled;

  private @Nullable WorkQueue queue;
  private WorkKind kind = WorkKind.CPU;
  private long submittedAt;
  private @Nullable Throwable failure;

  /** Makes a request that is not submitted yet. */
  protected PoolRequest(Loop loop, RequestType type) {
    super(loop, type);
  }

  /**
   * Registers this request, and queues it for a worker ({@code uv__work_submit}). The first submit
   * to a pool starts its workers, and returns when all of them run.
   *
   * <p>A request may be submitted again when it has called back.
   *
   * @throws IllegalStateException if this is active, or the loop's pool is closed; nothing is
   *     registered then
   */
  protected final void submit(WorkKind kind) {
    if (!trySubmit(kind)) {
      throw new IllegalStateException("the thread pool is closed");
    }
  }

  /**
   * {@link #submit} for a link in a chain of requests, which has to be told also that it ends: if
   * the loop's pool is closed, this calls back as if it had been cancelled right after.
   */
  protected final void submitOrCancel(WorkKind kind) {
    if (!trySubmit(kind) && queue != null) {
      register();
      queue.refuse(this);
    }
  }

  /** Whether the pool has taken this; false if it is closed. */
  // @start region="uv__work_submit"
  private boolean trySubmit(WorkKind kind) {
    loop().checkThread();
    if (isActive()) {
      throw new IllegalStateException("submitted already: " + this);
    }
    this.queue = WorkQueue.of(loop());
    this.kind = kind;
    finished = false;
    cancelled = false;
    failure = null;
    if (!queue.pool().start()) {
      return false;
    }
    submittedAt = Uv.hrtime();
    register();
    boolean submitted = false;
    try {
      submitted = queue.submit(this);
    } finally {
      if (!submitted) {
        unregister();
      }
    }
    return submitted;
  }

  // @end region="uv__work_submit"

  /**
   * Does the work. Called on a worker, which has no other use meanwhile: it may block.
   *
   * <p>It had better report errors by what it leaves for {@link #done}. What it throws all the same
   * is kept as the {@link #failure}; it harms neither the worker nor the loop.
   */
  @AnyThread
  protected abstract void work() throws Exception;

  /**
   * Tells the user. Called on the loop's thread, when this request is not active any more.
   *
   * @param status 0 if the work was done, or has thrown; {@code UV_ECANCELED} if it was cancelled,
   *     and will not be done
   */
  protected abstract void done(int status);

  /** What {@link #work} has thrown, or null. From {@link #done} on. */
  protected @Nullable Throwable failure() {
    return failure;
  }

  /** The status of a request whose work has thrown this. */
  static int codeOf(Throwable thrown) {
    return thrown instanceof UvException known ? known.code() : UvError.UNKNOWN.code();
  }

  /**
   * Takes this back if no worker has it yet ({@code uv__work_cancel}).
   *
   * <p>{@link #done} is called later, in the order of the cancelling. To cancel what is cancelled
   * but not called back yet moves that to the end; it is still called once.
   */
  @Override
  protected final int tryCancel() {
    return takeBack();
  }

  /**
   * {@link #tryCancel} for any thread that knows of this request since it was submitted.
   *
   * <p>From another thread than the loop's, to cancel what is cancelled changes nothing, and is
   * answered with 0 also when it has been called back.
   */
  @AnyThread
  final int takeBack() {
    return queue == null ? UvError.EBUSY.code() : queue.cancel(this);
  }

  final WorkKind kind() {
    return kind;
  }

  /** When this was last submitted, on {@link Uv#hrtime()}. */
  @AnyThread
  protected final long submittedAt() {
    return submittedAt;
  }

  /** Does the work. On a worker. */
  @AnyThread
  final void execute() {
    if (queue != null) {
      queue.execute(this);
    }
  }

  /**
   * Gives this to the loop, and takes the next request for {@code worker}, if there is one. On the
   * worker.
   */
  @AnyThread
  final @Nullable PoolRequest handOver(Worker worker) {
    return queue == null ? null : queue.handOver(this, worker);
  }

  /** Does the work. Whatever it throws, this returns. */
  @AnyThread
  final void tryWork() {
    try {
      work();
    } catch (Throwable thrown) {
      failure = thrown;
    }
  }

  /** What {@link #done} is told. */
  final int status() {
    return cancelled ? UvError.ECANCELED.code() : 0;
  }

  /** Calls back, no longer active ({@code uv__queue_done} and its like). */
  // @start region="uv__queue_done"
  final void deliver() {
    unregister();
    call(this, PoolRequest::callDone);
  }

  // @end region="uv__queue_done"

  private void callDone() {
    done(status());
  }
}
