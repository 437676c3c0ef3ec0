// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Uv;
import io.minilibuv.core.internal.BlockedThreadChecker;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Does one request after the other, on a thread of a pool ({@code worker}, src/threadpool.c). */
@AnyThread
final class Worker implements Runnable, BlockedThreadChecker.Watched {
  /*
   * What a worker does is noted twice. The request is guarded by the mutex of the lanes: it changes
   * when the worker hands over and takes the next one, together with all that is counted there. The
   * times are read outside of it, so that the clock does not hold up the others. Since they are
   * written between two visits by the one who pays them, they belong to the request that is noted; a
   * look from outside may find them not written yet, and takes that for a start just now.
   *
   * The end of one request is the beginning of the next, if that was there already: what the handing
   * over takes is then counted with the next.
   *
   * Nothing is published by workingSince but itself, and who looks from outside does so again or
   * holds the mutex, which the worker has had since it wrote that it is not working. So it is
   * written without a fence.
   */
  private static final long NOT_WORKING = 0;

  private final Lanes lanes;
  private final Semaphore running;
  private final LongSupplier limitNanos;
  private volatile @Nullable Thread thread;

  /** What it was given last and has not told the end of. Guarded by the mutex of the lanes. */
  private @Nullable PoolRequest request;

  /** When it began what it is working on; on {@link Uv#hrtime()}, which is never 0. */
  private final AtomicLong workingSince = new AtomicLong(NOT_WORKING);

  private final Tally tally = new Tally();

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
      while (doAll()) {
        // As long as there may be more.
      }
    } finally {
      BlockedThreadChecker.unwatch(this);
    }
  }

  /**
   * Waits for a request, and does all that there are. A method of its own, so that an idle worker
   * holds on to no request.
   *
   * @return false if there will be no more
   */
  // @start region="worker"
  private boolean doAll() {
    PoolRequest next = lanes.fetch(this);
    if (next == null) {
      return false;
    }
    began = Uv.hrtime();
    do {
      next = doOne(next);
      // The one ends and the other begins: a look at the clock for both.
      began = ended;
    } while (next != null);
    return true;
  }

  /** Does {@code request}, gives it to its loop, and takes the next one if there is any. */
  private @Nullable PoolRequest doOne(PoolRequest request) {
    Thread current = Thread.currentThread();
    ClassLoader loader = current.getContextClassLoader();
    // Nobody who interrupted this thread before now can have meant this request.
    Thread.interrupted();
    workingSince.setRelease(began);
    request.execute();
    workingSince.setRelease(NOT_WORKING);
    ended = Uv.hrtime();
    current.setContextClassLoader(loader);
    return request.handOver(this);
  }

  // @end region="worker"

  /** Takes note of what this does from now on, if anything. Under the mutex of the lanes. */
  void begins(@Nullable PoolRequest next) {
    request = next;
  }

  /** What this has measured and not told. Under the mutex of the lanes. */
  Tally tally() {
    return tally;
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
    long since = workingSince.get();
    long nanos = since == NOT_WORKING ? 0 : Uv.hrtime() - since;
    return new PoolStats.WorkerStats(runsOn, current, current.kind(), nanos);
  }

  @Override
  public @Nullable Thread thread() {
    return thread;
  }

  @Override
  public long task() {
    return workingSince.get();
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
