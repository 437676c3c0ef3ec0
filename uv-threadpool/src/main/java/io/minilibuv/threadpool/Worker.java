// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Uv;
import io.minilibuv.core.internal.BlockedThreadChecker;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Does one request after the other, on a thread of a pool ({@code worker}, src/threadpool.c). */
@AnyThread
final class Worker implements Runnable, BlockedThreadChecker.Watched {
  /*
   * What a worker does is noted twice. The request is guarded by the mutex of the lanes: it changes
   * when the worker comes for the next one, together with all that is counted there. The times are
   * read outside of it, so that the clock does not hold up the others. Since they are written
   * between two visits by the one who pays them, they belong to the request that is noted; a look
   * from outside may find them not written yet, and takes that for a start just now.
   */
  private static final long NOT_WORKING = 0;

  private final Lanes lanes;
  private final Semaphore running;
  private final LongSupplier limitNanos;
  private volatile @Nullable Thread thread;

  /** What it was given last and has not told the end of. Guarded by the mutex of the lanes. */
  private @Nullable PoolRequest request;

  /** When it began what it is working on; on {@link Uv#hrtime()}, which is never 0. */
  private volatile long workingSince = NOT_WORKING;

  /** When it began and ended the last request. On its own thread. */
  private long began;

  private long ended;

  /**
   * @param running told when this runs
   * @param limitNanos how long one request may take
   */
  Worker(Lanes lanes, Semaphore running, LongSupplier limitNanos) {
    this.lanes = lanes;
    this.running = running;
    this.limitNanos = limitNanos;
  }

  /** Whether the caller runs on this worker's thread. */
  boolean isCurrent() {
    return thread == Thread.currentThread();
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    running.release();
    try {
      while (doNext()) {
        // One request after the other.
      }
    } finally {
      BlockedThreadChecker.unwatch(this);
    }
  }

  /**
   * Waits for a request and does it. A method of its own, so that an idle worker holds on to no
   * request.
   *
   * @return false if there will be no more
   */
  // @start region="worker"
  private boolean doNext() {
    PoolRequest next = lanes.fetch(this);
    if (next == null) {
      return false;
    }
    Thread current = Thread.currentThread();
    ClassLoader loader = current.getContextClassLoader();
    // Nobody who interrupted this thread before now can have meant this request.
    Thread.interrupted();
    began = Uv.hrtime();
    workingSince = began;
    next.execute();
    workingSince = NOT_WORKING;
    ended = Uv.hrtime();
    current.setContextClassLoader(loader);
    return true;
  }

  // @end region="worker"

  /** Takes note of what this does from now on. Under the mutex of the lanes. */
  void begins(PoolRequest next) {
    request = next;
  }

  /** What this has been doing and is done with, or null. Under the mutex of the lanes. */
  @Nullable PoolRequest ends() {
    PoolRequest last = request;
    request = null;
    return last;
  }

  /** When the last request was begun. On this worker's thread. */
  long began() {
    return began;
  }

  /** When the last request was over. On this worker's thread. */
  long ended() {
    return ended;
  }

  /** What this is doing. Under the mutex of the lanes, and not before this runs. */
  PoolStats.WorkerStats stats() {
    Thread runsOn = Objects.requireNonNull(thread, "thread");
    PoolRequest current = request;
    if (current == null) {
      return new PoolStats.WorkerStats(runsOn, null, null, 0);
    }
    long since = workingSince;
    long nanos = since == NOT_WORKING ? 0 : Uv.hrtime() - since;
    return new PoolStats.WorkerStats(runsOn, current, current.kind(), nanos);
  }

  @Override
  public @Nullable Thread thread() {
    return thread;
  }

  @Override
  public long task() {
    return workingSince;
  }

  @Override
  public long limitNanos() {
    return limitNanos.getAsLong();
  }

  @Override
  public String describe() {
    PoolStats.WorkerStats now = lanes.statsOf(this);
    return "worker \"" + now.thread().getName() + "\", busy with " + now.request() + ",";
  }
}
