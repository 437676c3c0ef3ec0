// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Histogram;
import io.minilibuv.core.internal.GuardedBy;
import io.minilibuv.core.internal.IntrusiveQueue;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the workers of one pool: the main queue, and the lane of what may be slow ({@code
 * wq}, {@code slow_io_pending_wq} and what {@code mutex} guards besides, src/threadpool.c).
 *
 * <p>It has no threads: {@link Worker}s come to fetch, loops to {@link #post} and {@link
 * #takeBack}.
 */
@AnyThread
final class Lanes {
  /*
   * One queue, first in, first out, for all that is quick or computes. What may be slow waits in a
   * queue of its own, which a single message in the main queue stands for: a worker that comes to
   * the message takes one slow request, and puts the message back behind everything else if there
   * are more. So slow work gets its turn, but one at a time; and at most half of the workers do it.
   *
   * One mutex guards it all, and what loops have been given as well, for which C has a mutex in each
   * loop: so a worker gives the loop what it has done and takes the next request while it is here
   * once. Under load that is one lock for each request in place of two, and it is the locks that
   * cost.
   *
   * Only if some worker is idle is one signalled; the others look at the queue anyway. And only one
   * at a time: the one that comes signals the next, if there is more to do than what it takes. C
   * signals one for each post; but where the work is short, the first that comes does all of it, and
   * the others find nothing. A system call for each of those is left out, and what remains of them is
   * on the workers' threads, and not on the loop's. The price: if the one that is coming does not get
   * to run, though others could, they wait as well; and as many long requests as there are workers
   * begin one after the other, each a wake-up later than the one before.
   *
   * That nothing is left lying: whenever the mutex is let go, and there is something to do and
   * somebody idle, one is coming. Who adds something to do signals, unless one is. Who comes takes
   * the mark away, and sets it again unless nothing is left to do, or nobody is idle. The others only
   * take away. A condition may let a worker come that nobody has signalled: it takes the mark away
   * too, and then perhaps one more than needed is signalled, never one less.
   *
   * What is counted is counted while a worker is here anyway, so that looking in costs no lock: when
   * it hands over. So all the numbers of one look agree. What was measured waits in the worker's
   * tally; a look adds up those of all workers first.
   *
   * The mutex is also how data gets about: what the loop's thread wrote before it posted, the worker
   * sees after it has taken the request, be that in fetch or in handOver; and what a worker wrote
   * before it handed over, the loop sees after it has taken the queue.
   *
   * Workers end by the exit message, which stays at the end of the queue: what was submitted before
   * it is still done. Nothing comes after it but the slow work's message; a worker that finds the
   * exit message first takes slow work that is left, however many do so by then. So a loop whose
   * pool is closed gets all its requests back, and needs no pool to call them back.
   */

  /** What the queue holds: requests, and the pool's messages to its workers. */
  sealed interface Queued permits PoolRequest, Message {}

  /** {@code run_slow_work_message} and {@code exit_message}. */
  static final class Message implements Queued {
    final IntrusiveQueue.Node<Queued> wq = new IntrusiveQueue.Node<>(this);
  }

  /** What has become of the wish to cancel a request. */
  enum Cancelling {
    /** Nothing: it is being worked on, or that is over. */
    REFUSED,
    /** It is in no queue any more, and is to be given to its loop. */
    DONE,
    /** Nothing, since somebody did it before. */
    DONE_BEFORE
  }

  // @start region="queues"
  private final PoolMutex mutex = new PoolMutex();
  private final Condition cond = mutex.newCondition();
  private final Message runSlowWork = new Message();
  private final Message exit = new Message();

  /** Who comes to fetch; all are there before the first request is. */
  @GuardedBy("mutex")
  private List<Worker> workers = List.of();

  @GuardedBy("mutex")
  private final IntrusiveQueue<Queued> wq = new IntrusiveQueue<>();

  @GuardedBy("mutex")
  private final IntrusiveQueue<Queued> slowIoPendingWq = new IntrusiveQueue<>();

  @GuardedBy("mutex")
  private int idleThreads;

  /** Whether one of the idle was signalled, and has not come yet. */
  @GuardedBy("mutex")
  private boolean coming;

  @GuardedBy("mutex")
  private int slowIoWorkRunning;

  @GuardedBy("mutex")
  private int queued;

  @GuardedBy("mutex")
  private int slowQueued;

  // @end region="queues"

  @GuardedBy("mutex")
  private long cancelled;

  /** How long requests have waited, and run, but for what is in the workers' tallies. */
  @GuardedBy("mutex")
  private final Histogram.Recorder queueWait = new Histogram.Recorder();

  @GuardedBy("mutex")
  private final Histogram.Recorder runTime = new Histogram.Recorder();

  @GuardedBy("mutex")
  private boolean closed;

  /** The mutex, which guards what loops have been given as well. */
  PoolMutex mutex() {
    return mutex;
  }

  /** Takes note of who will fetch. Before the first {@link #post}. */
  void setWorkers(List<Worker> started) {
    mutex.lock();
    try {
      workers = List.copyOf(started);
    } finally {
      mutex.unlock();
    }
  }

  List<Worker> workers() {
    mutex.lock();
    try {
      return workers;
    } finally {
      mutex.unlock();
    }
  }

  /** How things stand. */
  PoolState state() {
    mutex.lock();
    try {
      return new PoolState(workers.size(), idleThreads, queued, slowQueued, slowIoWorkRunning);
    } finally {
      mutex.unlock();
    }
  }

  /** What all are doing, and what was done: {@link ThreadPool#stats}. */
  PoolStats stats(int size) {
    mutex.lock();
    try {
      workers.forEach(worker -> worker.tally().addTo(queueWait, runTime));
      Histogram run = runTime.snapshot();
      return new PoolStats(
          size,
          queued,
          slowQueued,
          run.count(),
          cancelled,
          queueWait.snapshot(),
          run,
          workers.stream().map(Worker::stats).toList());
    } finally {
      mutex.unlock();
    }
  }

  PoolStats.WorkerStats statsOf(Worker worker) {
    mutex.lock();
    try {
      return worker.stats();
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Queues {@code request} for a worker ({@code post}).
   *
   * @return false if the pool is closed; nothing has happened then
   */
  // @start region="post"
  boolean post(PoolRequest request) {
    mutex.lock();
    try {
      if (closed) {
        return false;
      }
      if (request.kind() != WorkKind.SLOW_IO) {
        queued++;
        enqueue(request.wq);
        return true;
      }
      slowQueued++;
      slowIoPendingWq.insertTail(request.wq);
      // Whoever comes to the message takes one, and puts it back for the next.
      if (!runSlowWork.wq.isLinked()) {
        enqueue(runSlowWork.wq);
      }
      return true;
    } finally {
      mutex.unlock();
    }
  }

  // @end region="post"

  /**
   * Waits for a request, and takes it out of its queue, which tells cancel that it has begun; the
   * first part of each round of {@code worker}.
   *
   * @param worker who comes, and has handed over what it had
   * @return null when the worker is to end
   */
  // @start region="fetch"
  @Nullable PoolRequest fetch(Worker worker) {
    mutex.lock();
    try {
      PoolRequest request;
      while ((request = takeFirst()) == null && wq.peek() != exit) {
        awaitWork();
      }
      if (!isNothingToDo()) {
        signal();
      }
      worker.begins(request);
      return request;
    } finally {
      mutex.unlock();
    }
  }

  // @end region="fetch"

  /**
   * Gives what {@code worker} has done to its loop, and takes the next request if there is one; the
   * last part of each round of {@code worker}. The loop is to be told after this.
   *
   * @return null when there is none, and the worker is to {@link #fetch}
   */
  // @start region="handOver"
  @Nullable PoolRequest handOver(PoolRequest done, WorkQueue queue, Worker worker) {
    mutex.lock();
    try {
      queue.append(done, true);
      if (done.kind() == WorkKind.SLOW_IO) {
        slowIoWorkRunning--;
      }
      if (worker.tally().isFull()) {
        worker.tally().addTo(queueWait, runTime);
      }
      worker.tally().add(worker.began() - done.submittedAt(), worker.ended() - worker.began());
      PoolRequest request = takeFirst();
      worker.begins(request);
      return request;
    } finally {
      mutex.unlock();
    }
  }

  // @end region="handOver"

  /** Takes the first request that may be worked on now; null if there is none. */
  // @start region="takeFirst"
  @GuardedBy("mutex")
  private @Nullable PoolRequest takeFirst() {
    while (!isNothingToDo()) {
      Queued first = wq.peek();
      if (first == exit) {
        return nextSlow();
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
    return null;
  }

  // @end region="takeFirst"

  // The caller has the loop.
  @SuppressWarnings("WaitNotInLoop")
  @GuardedBy("mutex")
  private void awaitWork() {
    while (isNothingToDo()) {
      idleThreads++;
      try {
        cond.awaitUninterruptibly();
      } finally {
        // It may fail for want of memory, and then nobody waits here either.
        idleThreads--;
        coming = false;
      }
    }
  }

  /** Whether there is no work, or only slow work and too much of that under way. */
  // @start region="isNothingToDo"
  @GuardedBy("mutex")
  private boolean isNothingToDo() {
    Queued first = wq.peek();
    return first == null
        || (first == runSlowWork && wq.after(runSlowWork.wq) == null && isSlowAtThreshold());
  }

  // @end region="isNothingToDo"

  /** Half of the workers, rounded up, may do slow work ({@code slow_work_thread_threshold}). */
  // @start region="slow_work_thread_threshold"
  @GuardedBy("mutex")
  private boolean isSlowAtThreshold() {
    return slowIoWorkRunning >= (workers.size() + 1) / 2;
  }

  // @end region="slow_work_thread_threshold"

  /** Takes a slow request, and has somebody see to the rest; null if all were cancelled. */
  // @start region="nextSlow"
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

  // @end region="nextSlow"

  @GuardedBy("mutex")
  private void enqueue(IntrusiveQueue.Node<Queued> node) {
    wq.insertTail(node);
    signal();
  }

  /** Has one of the idle come, unless one is coming. */
  // @start region="signal"
  @GuardedBy("mutex")
  private void signal() {
    if (idleThreads > 0 && !coming) {
      coming = true;
      cond.signal();
    }
  }

  // @end region="signal"

  /**
   * Takes {@code request} out of the queue that it waits in: one of these, or its loop's if it was
   * cancelled before (the first half of {@code uv__work_cancel}).
   *
   * @return {@link Cancelling#REFUSED} if a worker has it, or had it
   */
  // @start region="takeBack"
  Cancelling takeBack(PoolRequest request, WorkQueue queue) {
    mutex.lock();
    try {
      boolean again = request.cancelled;
      // What is cancelled is the loop's, whose thread moves it about without a lock.
      if (again && !request.loop().isLoopThread()) {
        return Cancelling.DONE_BEFORE;
      }
      if (!queue.unlink(request)) {
        // A stranger who has just taken it back may not have given it to the loop yet.
        return again && request.isActive() ? Cancelling.DONE_BEFORE : Cancelling.REFUSED;
      }
      if (!again) {
        request.cancelled = true;
        cancelled++;
        if (request.kind() == WorkKind.SLOW_IO) {
          slowQueued--;
        } else {
          queued--;
        }
      }
      return Cancelling.DONE;
    } finally {
      mutex.unlock();
    }
  }

  // @end region="takeBack"

  /** Takes no more requests, and has all workers end when those that are there are done. */
  void close() {
    mutex.lock();
    try {
      if (!closed) {
        closed = true;
        enqueue(exit.wq);
      }
    } finally {
      mutex.unlock();
    }
  }

  /** Whether this takes no more requests. */
  boolean isClosed() {
    mutex.lock();
    try {
      return closed;
    } finally {
      mutex.unlock();
    }
  }
}
