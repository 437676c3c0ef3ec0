// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.internal.BlockedThreadChecker;
import io.minilibuv.core.internal.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that do what would block a loop (src/threadpool.c).
 *
 * <p>{@link #shared()} is the process-wide pool, which every loop uses that was not given another
 * one: {@code new LoopOptions().with(ThreadPool.OF_LOOP, pool)}. A pool may serve several loops.
 * Its threads are started by the first request; they are daemons, so a process can end without
 * them.
 *
 * <p>It is no {@link java.util.concurrent.Executor}: what it does, and tells of it, are requests of
 * a loop ({@link WorkRequest}).
 */
@AnyThread
public final class ThreadPool implements AutoCloseable {
  /*
   * The threads are this class's business, and what they do is that of Lanes. Threads are started
   * and awaited outside of the pool's mutex: a factory whose threads never run hangs who submits
   * and who closes, and nobody who only looks.
   *
   * Lock order: starting, pool mutex, a loop's wqMutex.
   */

  /** The pool that serves a loop: {@link #shared()}, unless the loop was opened with another. */
  public static final LoopField<ThreadPool> OF_LOOP =
      LoopField.declareBorrowed("threadpool", loop -> shared());

  private static final Logger log = LoggerFactory.getLogger(ThreadPool.class);
  private static final long STACK_SIZE = 8L << 20;
  private static final long DEFAULT_BLOCKED_NANOS =
      BlockedThreadChecker.limitFromProperty("minilibuv.blockedWorkerMillis", 60_000);
  private static final AtomicInteger OWN_POOLS = new AtomicInteger();
  private static final AtomicBoolean WAS_SHUT_DOWN = new AtomicBoolean();

  /** The process-wide pool, made by whoever asks for it first. */
  private static final class Shared {
    static final ThreadPool POOL =
        new ThreadPool(ThreadPoolSize.ofProcess(), workersNamed("libuv-worker-"));
  }

  private final int size;
  private final ThreadFactory factory;
  private final Lanes lanes = new Lanes();

  /** For whoever starts the workers, or ends them. */
  private final ReentrantLock starting = new ReentrantLock();

  private volatile long blockedNanos = DEFAULT_BLOCKED_NANOS;

  /** Whether the workers run and take work, for a look without a lock. */
  private volatile boolean started;

  /**
   * Makes a pool of the caller's own, to be {@linkplain #close closed} by the caller.
   *
   * @param size how many workers, from 1 to 1024
   */
  public ThreadPool(int size) {
    this(size, workersNamed("libuv-pool-" + OWN_POOLS.incrementAndGet() + "-worker-"));
  }

  /**
   * Makes a pool whose workers are made by {@code factory}: threads that are not started, and run
   * what they are given. A pool waits for each to run before it takes work.
   *
   * @param size how many workers, from 1 to 1024
   */
  public ThreadPool(int size, ThreadFactory factory) {
    if (size < 1 || size > ThreadPoolSize.MAX) {
      throw new IllegalArgumentException(
          size + " workers: a pool has from 1 to " + ThreadPoolSize.MAX);
    }
    this.size = size;
    this.factory = Objects.requireNonNull(factory, "factory");
  }

  /**
   * The process-wide pool.
   *
   * <p>Its size is 4, or what the system property or else the environment variable {@code
   * UV_THREADPOOL_SIZE} says when this is first called, from 1 to 1024. Its threads are named
   * {@code libuv-worker-} and a number.
   */
  public static ThreadPool shared() {
    return Shared.POOL;
  }

  /**
   * Ends the process-wide pool for good, after all that was submitted is done ({@code
   * uv_library_shutdown}, src/uv-common.c). Only the first call does so; later ones return at once.
   *
   * <p>Differs from C: the end of the process does not call it, and so does not wait for workers.
   *
   * @throws IllegalStateException if called by one of its workers
   */
  public static void libraryShutdown() {
    ThreadPool pool = shared();
    pool.requireNotWorker();
    if (!WAS_SHUT_DOWN.getAndSet(true)) {
      pool.cleanup();
    }
  }

  /** How many workers this pool is to have. */
  public int size() {
    return size;
  }

  /**
   * Ends this pool: it takes no more requests, does those it has, and this returns when its workers
   * have ended ({@code uv__threadpool_cleanup}). Loops get back what is done, and may be run and
   * closed after this as before. Idempotent. On the process-wide pool it does nothing, since that
   * is everybody's: {@link #libraryShutdown}.
   *
   * <p>It waits as long as the work takes, also if the thread is interrupted, which stays so.
   *
   * @throws IllegalStateException if called by one of its workers
   */
  @Override
  public void close() {
    if (this != shared()) {
      requireNotWorker();
      cleanup();
    }
  }

  @Override
  public String toString() {
    return "ThreadPool[" + state() + "]";
  }

  /**
   * What this pool is doing and has done. It costs the workers a moment, in which they cannot
   * fetch.
   */
  public PoolStats stats() {
    return lanes.stats(size);
  }

  /**
   * Sets how long a request may take, before the worker is taken for stuck and its stack is logged,
   * once for each request: {@link Duration#ZERO} for any time.
   *
   * <p>It is a minute, or what the system property {@code minilibuv.blockedWorkerMillis} says,
   * until this is called; 0 there turns it off. The warnings go to the logger {@code
   * io.minilibuv.blocked}. The worker is not disturbed.
   *
   * @throws IllegalArgumentException if {@code limit} is negative
   */
  public void setBlockedLimit(Duration limit) {
    blockedNanos = BlockedThreadChecker.limitOf(limit);
    lanes.workers().forEach(this::watch);
  }

  /** What the workers fetch from. */
  Lanes lanes() {
    return lanes;
  }

  /** How things stand. */
  PoolState state() {
    return lanes.state();
  }

  /**
   * Starts the workers if they are not running ({@code init_once}).
   *
   * @return false if this pool is closed
   */
  // @start region="init_once"
  boolean start() {
    if (started) {
      return true;
    }
    starting.lock();
    try {
      if (!started && !lanes.isClosed()) {
        initThreads();
        started = true;
      }
      return started;
    } finally {
      starting.unlock();
    }
  }

  // @end region="init_once"

  /**
   * Starts the workers, and waits until all of them run ({@code init_threads}).
   *
   * <p>Differs from C: if the system gives fewer threads than it was asked for, they must do.
   */
  // @start region="init_threads"
  @GuardedBy("starting")
  private void initThreads() {
    Semaphore running = new Semaphore(0);
    List<Worker> workers = new ArrayList<>();
    try {
      while (workers.size() < size) {
        Worker worker = new Worker(lanes, running, () -> blockedNanos);
        Objects.requireNonNull(factory.newThread(worker), "thread").start();
        workers.add(worker);
      }
    } catch (RuntimeException | Error e) {
      if (workers.isEmpty()) {
        throw e;
      }
      log.warn("only {} of {} workers could be started", workers.size(), size, e);
    }
    running.acquireUninterruptibly(workers.size());
    lanes.setWorkers(workers);
    workers.forEach(this::watch);
  }

  // @end region="init_threads"

  /** Has all workers end, and waits for them ({@code uv__threadpool_cleanup}). */
  // @start region="uv__threadpool_cleanup"
  private void cleanup() {
    starting.lock();
    try {
      started = false;
      lanes.close();
    } finally {
      starting.unlock();
    }
    boolean interrupted = false;
    for (Worker worker : lanes.workers()) {
      Thread thread = worker.thread();
      interrupted |= thread != null && join(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // @end region="uv__threadpool_cleanup"

  /** Waits until {@code thread} has ended. Whether the caller was interrupted meanwhile. */
  private static boolean join(Thread thread) {
    boolean interrupted = false;
    for (; ; ) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private void requireNotWorker() {
    if (lanes.workers().stream().anyMatch(Worker::isCurrent)) {
      throw new IllegalStateException("not from a worker: it would wait for itself");
    }
  }

  private void watch(Worker worker) {
    Thread thread = worker.thread();
    if (blockedNanos > 0 && thread != null && thread.isAlive()) {
      BlockedThreadChecker.watch(worker);
    }
  }

  /** Workers inherit no thread-locals or class loader from who happens to start them. */
  private static ThreadFactory workersNamed(String prefix) {
    AtomicInteger made = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(null, task, prefix + made.incrementAndGet(), STACK_SIZE, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
      return thread;
    };
  }
}
