// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import io.minilibuv.core.Loop;
import io.minilibuv.examples.cli.Requests;
import io.minilibuv.threadpool.PoolRequest;
import io.minilibuv.threadpool.WorkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A place where jobs can block a thread for long. The loop's thread queues them and is told. */
interface SlowJobs {

  /** What such a job does. */
  @FunctionalInterface
  interface Work {
    /** Called on a worker. */
    void work() throws InterruptedException;
  }

  /**
   * Queues {@code work} so many times.
   *
   * @param done told the status of each, on the loop's thread
   */
  void queue(int count, Work work, IntConsumer done);

  /**
   * Takes back those that no worker has begun.
   *
   * @param then called after that, perhaps later and on another thread
   */
  void cancel(Runnable then);

  /** In the loop's own pool, as work is. */
  static SlowJobs inPoolOf(Loop loop) {
    return new InPool(
        (work, done) ->
            WorkRequest.queue(
                loop, request -> work.work(), (request, status) -> done.accept(status)));
  }

  /** In the slow lane of the loop's own pool. */
  static SlowJobs inSlowLaneOf(Loop loop) {
    return new InPool((work, done) -> SlowRequest.queue(loop, work, done));
  }

  /** In the pool of another loop. */
  static SlowJobs inPoolOfTheirOwn(Loop loop, int threads) {
    return new SlowLoop(loop, threads);
  }

  /** In the pool that serves the loop. */
  final class InPool implements SlowJobs {
    /** Makes a request of some type. */
    @FunctionalInterface
    interface Submission {
      PoolRequest submit(Work work, IntConsumer done);
    }

    private final Submission submission;
    private final List<PoolRequest> requests = new ArrayList<>();

    private InPool(Submission submission) {
      this.submission = submission;
    }

    @Override
    public void queue(int count, Work work, IntConsumer done) {
      for (int i = 0; i < count; i++) {
        requests.add(submission.submit(work, done));
      }
    }

    @Override
    public void cancel(Runnable then) {
      requests.forEach(Requests::tryCancel);
      then.run();
    }
  }
}
