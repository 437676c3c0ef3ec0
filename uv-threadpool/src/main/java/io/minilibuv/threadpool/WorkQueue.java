// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.UvError;
import io.minilibuv.core.internal.GuardedBy;
import io.minilibuv.core.internal.IntrusiveQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the pool has done for one loop, and the loop has not called back yet ({@code wq}, {@code
 * wq_mutex} and {@code wq_async} of {@code uv_loop_t}).
 *
 * <p>It knows nothing of waiting work; that is the pool's.
 */
final class WorkQueue {
  /*
   * Workers append under the pool's mutex and send. The loop takes the whole queue in one move under
   * it and runs the callbacks without it: what is finished meanwhile comes with the next wake-up.
   *
   * The mutex is the pool's, and no other: a worker appends while it holds it for the next request
   * anyway. No two locks are ever held at the same time.
   *
   * It is also how data comes back: what a worker wrote before it appended, the loop sees after it
   * has taken. The send comes after the unlock, so that the loop, being woken, does not run into
   * the lock. By then the loop may have been woken by somebody else, have called back this request
   * as its last, and be closed; a send to a closed handle does nothing.
   *
   * By the time of the send the worker may have the next request already, but has not begun it: no
   * completion waits for work.
   *
   * What the loop has taken is in a queue of the loop's thread, made by it for each pass, so that
   * it is not in memory that the workers write to, linked by the same nodes. A request
   * in there that is cancelled again leaves it for the end of wq, and so waits for the next poll.
   * Only the loop's thread may do that. To cancel for the first time any thread may: the request is
   * in the pool's queue then, under the pool's mutex, and so is the mark that it was cancelled. Who
   * took it back has it alone until the append, by which the loop sees the mark. If the canceller
   * sends late, that is as with a worker.
   */
  private static final LoopField<WorkQueue> WQ = LoopField.declare("wq", WorkQueue::new);

  private static final Logger log = LoggerFactory.getLogger(WorkQueue.class);

  // @start region="wq"
  private final Loop loop;
  private final ThreadPool pool;
  private final InternalAsyncHandle wqAsync;
  private final PoolMutex mutex;

  @GuardedBy("mutex")
  private final IntrusiveQueue<Lanes.Queued> wq = new IntrusiveQueue<>();

  // @end region="wq"

  /** How many requests have come into the queue, without those that were cancelled again. */
  @GuardedBy("mutex")
  private int given;

  /** How many of those were called back. Written on the loop's thread. */
  private final AtomicInteger delivered = new AtomicInteger();

  private WorkQueue(Loop loop) {
    this.loop = loop;
    pool = ThreadPool.OF_LOOP.of(loop);
    mutex = pool.lanes().mutex();
    wqAsync = InternalAsyncHandle.init(loop, handle -> workDone());
  }

  static WorkQueue of(Loop loop) {
    return WQ.of(loop);
  }

  ThreadPool pool() {
    return pool;
  }

  /**
   * Queues {@code request} for a worker, whatever the observer does: who submits may be in the
   * middle of something that must go on.
   *
   * @return false if the pool is closed
   */
  boolean submit(PoolRequest request) {
    PoolObserver observer = observer();
    if (observer != null) {
      try {
        observer.workSubmitted(loop, request, request.kind(), pool.state());
      } catch (Throwable thrown) {
        log.warn("an observer of {} has thrown", request, thrown);
      }
    }
    return pool.lanes().post(request);
  }

  /** Has the loop call {@code request} back as one that was cancelled: the pool is closed. */
  void refuse(PoolRequest request) {
    request.cancelled = true;
    giveBack(request);
  }

  /** Does the work of {@code request}. On a worker. */
  // @start region="execute"
  @AnyThread
  void execute(PoolRequest request) {
    tellStarted(request);
    request.tryWork();
    tellFinished(request);
  }

  // @end region="execute"

  /**
   * Gives {@code done} to the loop. On a worker.
   *
   * @return the next request for the worker, if there is one already
   */
  // @start region="handOver"
  @AnyThread
  @Nullable PoolRequest handOver(PoolRequest done, Worker worker) {
    PoolRequest next = pool.lanes().handOver(done, this, worker);
    try {
      wqAsync.send();
    } catch (Throwable thrown) {
      // The send counts all the same: only an observer of it can throw.
      log.warn("an observer of {} has thrown", done, thrown);
    }
    return next;
  }

  // @end region="handOver"

  /**
   * Takes {@code request} back if no worker has it, and gives it to the loop ({@code
   * uv__work_cancel}, src/threadpool.c).
   *
   * @return 0 or EBUSY
   */
  @AnyThread
  int cancel(PoolRequest request) {
    switch (pool.lanes().takeBack(request, this)) {
      case REFUSED -> {
        return UvError.EBUSY.code();
      }
      case DONE_BEFORE -> {
        return 0;
      }
      case DONE -> giveBack(request);
    }
    return 0;
  }

  // @start region="giveBack"
  @AnyThread
  private void giveBack(PoolRequest request) {
    try {
      PoolObserver observer = observer();
      if (observer != null) {
        observer.workCancelled(loop, request, pool.state());
      }
    } finally {
      mutex.lock();
      try {
        append(request, false);
      } finally {
        mutex.unlock();
      }
      wqAsync.send();
    }
  }

  // @end region="giveBack"

  /**
   * Unlinks {@code request} if it waits for a worker, or was taken back and not called back. For
   * {@link Lanes#takeBack}, which holds the pool's mutex.
   *
   * @return whether it did
   */
  // @start region="unlink"
  @AnyThread
  @GuardedBy("mutex")
  boolean unlink(PoolRequest request) {
    // What is finished may be moving about on the loop's thread: its links are not to be looked at.
    boolean waiting = !request.finished && request.wq.isLinked();
    if (waiting) {
      request.wq.remove();
      if (request.cancelled) {
        given--;
      }
    }
    return waiting;
  }

  // @end region="unlink"

  /** Appends {@code request} to what the loop is to call back. */
  // @start region="append"
  @AnyThread
  @GuardedBy("mutex")
  void append(PoolRequest request, boolean finished) {
    request.finished = finished;
    wq.insertTail(request.wq);
    given++;
  }

  // @end region="append"

  /**
   * Calls back all that is there ({@code uv__work_done}, src/threadpool.c). On the loop's thread.
   */
  // @start region="uv__work_done"
  private void workDone() {
    IntrusiveQueue<Lanes.Queued> taken = take();
    int called = 0;
    try {
      for (Lanes.Queued next; (next = taken.poll()) != null; ) {
        called++;
        deliver((PoolRequest) next);
      }
    } finally {
      if (!taken.isEmpty()) {
        putBack(taken);
      }
      // The loop has counted one event already: this callback.
      if (called > 1) {
        wqAsync.countDelivered(called - 1);
      }
    }
  }

  // @end region="uv__work_done"

  private IntrusiveQueue<Lanes.Queued> take() {
    IntrusiveQueue<Lanes.Queued> taken = new IntrusiveQueue<>();
    mutex.lock();
    try {
      taken.appendAll(wq);
    } finally {
      mutex.unlock();
    }
    return taken;
  }

  /** Leaves what a callback that has thrown kept from being called for the next poll, as first. */
  private void putBack(IntrusiveQueue<Lanes.Queued> taken) {
    mutex.lock();
    try {
      wq.prependAll(taken);
    } finally {
      mutex.unlock();
    }
    wqAsync.send();
  }

  private void deliver(PoolRequest request) {
    delivered.setRelease(delivered.getPlain() + 1);
    try {
      PoolObserver observer = observer();
      if (observer != null) {
        observer.workDelivered(loop, request, request.status(), undelivered());
      }
    } finally {
      request.deliver();
    }
  }

  @AnyThread
  private void tellStarted(PoolRequest request) {
    PoolObserver observer = observer();
    if (observer != null) {
      try {
        observer.workStarted(loop, request, Thread.currentThread(), pool.state());
      } catch (Throwable thrown) {
        log.warn("an observer of {} has thrown", request, thrown);
      }
    }
  }

  @AnyThread
  private void tellFinished(PoolRequest request) {
    PoolObserver observer = observer();
    if (observer != null) {
      try {
        observer.workFinished(loop, request, Thread.currentThread(), undelivered());
      } catch (Throwable thrown) {
        log.warn("an observer of {} has thrown", request, thrown);
      }
    }
  }

  /** How many requests the loop was given and has not called back: for observers. */
  @AnyThread
  private int undelivered() {
    mutex.lock();
    try {
      return given - delivered.get();
    } finally {
      mutex.unlock();
    }
  }

  @AnyThread
  private @Nullable PoolObserver observer() {
    return loop.observer() instanceof PoolObserver observer ? observer : null;
  }
}
