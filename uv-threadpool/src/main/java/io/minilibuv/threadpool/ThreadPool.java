// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.internal.GuardedBy;
import io.minilibuv.core.internal.IntrusiveQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
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
   * One queue, first in, first out, for all that is quick or computes. What may be slow waits in a
   * queue of its own, which a single message in the main queue stands for: a worker that comes to
   * the message takes one slow request, and puts the message back behind everything else if there
   * are more. So slow work gets its turn, but one at a time; and at most half of the workers do it.
   *
   * One mutex guards it all. It is a lock with a condition, and no monitor: a loop may run on a
   * virtual thread, which would hold on to its carrier while it waits for a monitor on JDKs before
   * 24. It is not fair, since workers that queue up for it in turn spend their time on handing it
   * over. Only if some worker is idle is one signalled; the others look at the queue anyway.
   *
   * Lock order: pool mutex, then a loop's wqMutex; only cancel holds both, a worker never does.
   *
   * Workers end by the exit message, which stays at the end of the queue: what was submitted before
   * it is still done. Nothing comes after it but the slow work's message; a worker that finds the
   * exit message first takes slow work that is left, however many do so by then. So a loop whose
   * pool is closed gets all its requests back, and needs no pool to call them back.
   */

  /** What the queue holds: requests, and the pool's messages to its workers. */
  sealed interface Queued permits PoolRequest, Message {}

  /** {@code run_slow_work_message} and {@code exit_message}. */
  private static final class Message implements Queued {
    final IntrusiveQueue.Node<Queued> wq = new IntrusiveQueue.Node<>(this);
  }

  /** The pool that serves a loop: {@link #shared()}, unless the loop was opened with another. */
  public static final LoopField<ThreadPool> OF_LOOP =
      LoopField.declare("threadpool", loop -> shared());

  private static final Logger log = LoggerFactory.getLogger(ThreadPool.class);
  private static final long STACK_SIZE = 8L << 20;
  private static final AtomicInteger OWN_POOLS = new AtomicInteger();
  private static final AtomicBoolean WAS_SHUT_DOWN = new AtomicBoolean();

  /** The process-wide pool, made by whoever asks for it first. */
  private static final class Shared {
    static final ThreadPool POOL =
        new ThreadPool(ThreadPoolSize.ofProcess(), workersNamed("libuv-worker-"));
  }

  private final int size;
  private final ThreadFactory factory;
  private final ReentrantLock mutex = new ReentrantLock();
  private final Condition cond = mutex.newCondition();
  private final Message runSlowWork = new Message();
  private final Message exit = new Message();

  /** Whether {@link #threads} run and take work, for a look without the mutex. */
  private volatile boolean started;

  @GuardedBy("mutex")
  private final List<Thread> threads = new ArrayList<>();

  @GuardedBy("mutex")
  private final IntrusiveQueue<Queued> wq = new IntrusiveQueue<>();

  @GuardedBy("mutex")
  private final IntrusiveQueue<Queued> slowIoPendingWq = new IntrusiveQueue<>();

  @GuardedBy("mutex")
  private int idleThreads;

  @GuardedBy("mutex")
  private int slowIoWorkRunning;

  @GuardedBy("mutex")
  private int queued;

  @GuardedBy("mutex")
  private int slowQueued;

  @GuardedBy("mutex")
  private boolean closed;

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

  /** How things stand. */
  PoolState state() {
    mutex.lock();
    try {
      return new PoolState(threads.size(), idleThreads, queued, slowQueued, slowIoWorkRunning);
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Starts the workers if they are not running ({@code init_once}).
   *
   * @throws IllegalStateException if this pool is closed
   */
  void start() {
    if (!started) {
      mutex.lock();
      try {
        requireOpen();
        if (!started) {
          initThreads();
          started = true;
        }
      } finally {
        mutex.unlock();
      }
    }
  }

  /**
   * Starts the workers, and waits until all of them run ({@code init_threads}).
   *
   * <p>Differs from C: if the system gives fewer threads than it was asked for, they must do.
   */
  @GuardedBy("mutex")
  private void initThreads() {
    Semaphore running = new Semaphore(0);
    try {
      while (threads.size() < size) {
        Thread thread = Objects.requireNonNull(factory.newThread(() -> worker(running)), "thread");
        thread.start();
        threads.add(thread);
      }
    } catch (RuntimeException | Error e) {
      if (threads.isEmpty()) {
        throw e;
      }
      log.warn("only {} of {} workers could be started", threads.size(), size, e);
    }
    running.acquireUninterruptibly(threads.size());
  }

  /** Does one request after the other ({@code worker}). */
  private void worker(Semaphore running) {
    running.release();
    @Nullable WorkKind done = WorkKind.CPU;
    while (done != null) {
      done = doNext(done);
    }
  }

  /**
   * Waits for a request and does it. A method of its own, so that an idle worker holds on to no
   * request.
   *
   * @param before of what kind the last one was
   * @return of what kind this one was, or null if there will be no more
   */
  private @Nullable WorkKind doNext(WorkKind before) {
    PoolRequest request = next(before == WorkKind.SLOW_IO);
    if (request == null) {
      return null;
    }
    WorkKind kind = request.kind();
    Thread worker = Thread.currentThread();
    ClassLoader loader = worker.getContextClassLoader();
    // Nobody who interrupted this thread before now can have meant this request.
    Thread.interrupted();
    request.execute();
    worker.setContextClassLoader(loader);
    return kind;
  }

  /**
   * Waits for a request, and takes it out of its queue, which tells cancel that it has begun. Null
   * when this worker is to end.
   */
  private @Nullable PoolRequest next(boolean slowIsDone) {
    mutex.lock();
    try {
      if (slowIsDone) {
        slowIoWorkRunning--;
      }
      for (; ; ) {
        while (isNothingToDo()) {
          idleThreads++;
          cond.awaitUninterruptibly();
          idleThreads--;
        }
        Queued first = wq.peek();
        if (first == exit) {
          PoolRequest left = nextSlow();
          if (left == null) {
            cond.signal();
          }
          return left;
        }
        wq.poll();
        if (first instanceof PoolRequest request) {
          queued--;
          return request;
        }
        if (isSlowAtThreshold()) {
          wq.insertTail(runSlowWork.wq);
          continue;
        }
        PoolRequest slow = nextSlow();
        if (slow != null) {
          return slow;
        }
      }
    } finally {
      mutex.unlock();
    }
  }

  /** Whether there is no work, or only slow work and too much of that under way. */
  @GuardedBy("mutex")
  private boolean isNothingToDo() {
    Queued first = wq.peek();
    return first == null
        || (first == runSlowWork && wq.after(runSlowWork.wq) == null && isSlowAtThreshold());
  }

  /** Half of the workers, rounded up, may do slow work ({@code slow_work_thread_threshold}). */
  @GuardedBy("mutex")
  private boolean isSlowAtThreshold() {
    return slowIoWorkRunning >= (threads.size() + 1) / 2;
  }

  /** Takes a slow request, and has somebody see to the rest; null if all were cancelled. */
  @GuardedBy("mutex")
  private @Nullable PoolRequest nextSlow() {
    Queued request = slowIoPendingWq.poll();
    if (request == null) {
      return null;
    }
    slowQueued--;
    slowIoWorkRunning++;
    if (!slowIoPendingWq.isEmpty() && !runSlowWork.wq.isLinked()) {
      enqueue(runSlowWork.wq);
    }
    return (PoolRequest) request;
  }

  /**
   * Queues {@code request} for a worker ({@code post}).
   *
   * @throws IllegalStateException if this pool is closed
   */
  void post(PoolRequest request) {
    mutex.lock();
    try {
      requireOpen();
      if (request.kind() != WorkKind.SLOW_IO) {
        queued++;
        enqueue(request.wq);
        return;
      }
      slowQueued++;
      slowIoPendingWq.insertTail(request.wq);
      // Whoever comes to the message takes one, and puts it back for the next.
      if (!runSlowWork.wq.isLinked()) {
        enqueue(runSlowWork.wq);
      }
    } finally {
      mutex.unlock();
    }
  }

  @GuardedBy("mutex")
  private void enqueue(IntrusiveQueue.Node<Queued> node) {
    wq.insertTail(node);
    if (idleThreads > 0) {
      cond.signal();
    }
  }

  /**
   * Unlinks {@code request} from the queue that it waits in: this pool's, or its loop's if it was
   * cancelled before (the first half of {@code uv__work_cancel}).
   *
   * @return false if a worker has it, or had it
   */
  boolean takeBack(PoolRequest request, WorkQueue queue) {
    mutex.lock();
    try {
      boolean unlinked = queue.unlink(request);
      if (unlinked && !request.cancelled) {
        if (request.kind() == WorkKind.SLOW_IO) {
          slowQueued--;
        } else {
          queued--;
        }
      }
      return unlinked;
    } finally {
      mutex.unlock();
    }
  }

  /** Has all workers end, and waits for them ({@code uv__threadpool_cleanup}). */
  private void cleanup() {
    List<Thread> ending;
    mutex.lock();
    try {
      if (!closed) {
        closed = true;
        started = false;
        enqueue(exit.wq);
      }
      ending = List.copyOf(threads);
    } finally {
      mutex.unlock();
    }
    boolean interrupted = false;
    for (Thread thread : ending) {
      interrupted |= join(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

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

  @GuardedBy("mutex")
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the thread pool is closed");
    }
  }

  private void requireNotWorker() {
    mutex.lock();
    try {
      if (threads.contains(Thread.currentThread())) {
        throw new IllegalStateException("not from a worker: it would wait for itself");
      }
    } finally {
      mutex.unlock();
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
