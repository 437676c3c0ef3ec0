// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Fibonacci numbers, computed on the pool: queued, begun, called back or cancelled. */
final class FibJobs {
  /** Told what happens, in the order in which it happens to each job and to each worker. */
  interface Listener {
    void began(FibJob job);

    void computed(FibJob job);

    void gaveUp(FibJob job);

    /** {@code uv_cancel} was asked for it: it has answered 0, or EBUSY. */
    void asked(FibJob job, boolean granted);

    void cancelled(FibJob job);
  }

  /** {@link #cancelAfter} as many results as never come. */
  static final int NEVER = Integer.MAX_VALUE;

  private final Loop loop;
  private final Listener listener;
  private final int cancelAfter;
  private final List<FibJob> jobs = new ArrayList<>();
  private FibTally tally = new FibTally(0, 0, 0, 0);
  private int left;
  private int held;
  private boolean asked;

  // What the workers have a part in.
  private final Beginnings beginnings;
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile boolean stopped;

  /**
   * Nothing is queued yet.
   *
   * @param cancelAfter after how many results the rest is cancelled
   */
  FibJobs(Loop loop, int cancelAfter, Listener listener) {
    this.loop = loop;
    this.cancelAfter = cancelAfter;
    this.listener = listener;
    this.beginnings = new Beginnings(loop, this::began);
  }

  /** Queues {@code fib(n)}, {@code fib(n - 1)} and so on, {@code count} of them. */
  void queue(int n, int count) {
    left = count;
    for (int i = 0; i < count; i++) {
      FibJob job = new FibJob(n - i);
      jobs.add(job);
      job.queuedAs(
          WorkRequest.queue(
              loop, request -> work(job), (request, status) -> afterWork(job, status)));
    }
  }

  /**
   * On a worker. Whoever begins when it is time to cancel waits for that: so it has begun for sure,
   * has not ended for sure, and cancel gives the same answers each time.
   */
  private void work(FibJob job) throws InterruptedException {
    boolean waits = begun.incrementAndGet() > cancelAfter;
    job.waitsForCancel(waits);
    beginnings.offer(job);
    if (waits) {
      answered.await();
    }
    long value = fib(job.n());
    job.end(value, stopped);
  }

  /** As slow as it can be: nothing that was computed is kept. Returns early when it is to stop. */
  private long fib(int n) {
    return n < 2 || stopped ? n : fib(n - 1) + fib(n - 2);
  }

  /** A worker has begun. On the loop's thread. */
  private void began(FibJob job) {
    listener.began(job);
    if (job.isWaiting()) {
      held++;
      cancelIfDue();
    }
  }

  /** The request calls back. On the loop's thread. */
  private void afterWork(FibJob job, int status) {
    job.calledBack();
    if (status == UvError.ECANCELED.code()) {
      tally = tally.withCancelled();
      listener.cancelled(job);
    } else {
      UvError.orThrow(status, "uv_queue_work");
      afterFib(job);
    }
    left--;
    if (left == 0) {
      beginnings.close();
    }
  }

  private void afterFib(FibJob job) {
    beginnings.tell(job);
    tally = job.isRefused() ? tally.withRefused(job.isGivenUp()) : tally.withComputed();
    if (job.isGivenUp()) {
      listener.gaveUp(job);
    } else {
      listener.computed(job);
    }
    beginnings.tellWaiting();
    cancelIfDue();
  }

  /** Cancels when there are as many results as were asked for, and all workers are held. */
  private void cancelIfDue() {
    int workers = ThreadPool.OF_LOOP.of(loop).stats().workers().size();
    if (tally.computed() == cancelAfter && held == Math.min(workers, jobs.size() - cancelAfter)) {
      cancel();
    }
  }

  /** Asks for all that have not called back. Those that have begun end by themselves. */
  void cancel() {
    if (!asked) {
      asked = true;
      jobs.stream().filter(FibJob::isOpen).forEach(job -> listener.asked(job, job.cancel()));
      answered.countDown();
    }
  }

  /**
   * Asks for all, and has those stop that have begun. Nobody but they themselves can end them, so
   * they look at a flag. In this order: a worker that stops takes the next job that is still there.
   */
  void giveUp() {
    cancel();
    stopped = true;
  }

  /** What has become of the jobs. */
  FibTally tally() {
    return tally;
  }
}
