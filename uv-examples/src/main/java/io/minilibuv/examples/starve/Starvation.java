// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import io.minilibuv.core.Histogram;
import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Requests;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One measurement: slow jobs are queued, and then a timer asks for a stat again and again. How long
 * does each take, from its submit to its callback?
 */
final class Starvation {
  /**
   * What is measured.
   *
   * @param path what the stats are of
   * @param threads how many the loop's pool has
   * @param slow how many slow jobs
   * @param millis how long each of them blocks its thread
   * @param stats how many stats
   */
  record Plan(String path, int threads, int slow, int millis, int stats) {
    /** How long to wait between two stats, so that all are asked for while slow jobs are there. */
    long intervalMillis() {
      int rounds = (slow + threads - 1) / threads;
      return Math.max(1, (long) rounds * millis * 4 / 5 / stats);
    }
  }

  /**
   * What has come of it.
   *
   * @param latency of the stats, in nanoseconds
   * @param meanwhile how many stats were answered before the first slow job was done
   * @param slowNanos how long all slow jobs together have taken
   * @param slowCancelled how many slow jobs were cancelled
   * @param statsCancelled how many stats were cancelled
   * @param failure what a stat has failed with
   */
  record Outcome(
      Histogram latency,
      int meanwhile,
      long slowNanos,
      int slowCancelled,
      int statsCancelled,
      @Nullable UvException failure) {}

  private final Loop loop;
  private final Plan plan;
  private final SlowJobs jobs;
  private final TimerHandle timer;
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<FsRequest> stats = new ArrayList<>();
  private final Histogram.Recorder latency = new Histogram.Recorder();
  private long beganAt;
  private long slowEndedAt;
  private int slowDone;
  private int slowCancelled;
  private int statsCancelled;
  private int meanwhile;
  private @Nullable UvException failure;

  /** Nothing is queued yet. */
  Starvation(Loop loop, Plan plan, SlowJobs jobs) {
    this.loop = loop;
    this.plan = plan;
    this.jobs = jobs;
    timer = TimerHandle.init(loop);
  }

  /** Queues the slow jobs, and has the timer start in the timer phase after that. */
  void start() {
    beganAt = Uv.hrtime();
    jobs.queue(plan.slow(), this::block, this::slowDone);
    timer.start(handle -> stat(), 0, plan.intervalMillis());
  }

  /** What a slow job does, on a worker: nothing, and it takes its time. */
  private void block() throws InterruptedException {
    released.await(plan.millis(), TimeUnit.MILLISECONDS);
  }

  private void slowDone(int status) {
    if (status == UvError.ECANCELED.code()) {
      slowCancelled++;
    }
    slowDone++;
    slowEndedAt = Uv.hrtime();
  }

  /**
   * The timer is due. It does not wait for the answer to the last stat; nor do a server's users.
   */
  private void stat() {
    long submittedAt = Uv.hrtime();
    stats.add(Fs.stat(loop, plan.path(), request -> answered(request, Uv.hrtime() - submittedAt)));
    if (stats.size() == plan.stats()) {
      timer.close();
    }
  }

  private void answered(FsRequest request, long nanos) {
    if (request.result() == UvError.ECANCELED.code()) {
      statsCancelled++;
      return;
    }
    latency.record(nanos);
    if (slowDone == 0) {
      meanwhile++;
    }
    UvException error = request.error();
    failure = failure == null ? error : failure;
  }

  /** Lets all slow jobs end now. */
  void release() {
    released.countDown();
  }

  /** Ends it early: cancels what is queued, and lets those that have begun end. */
  void stop() {
    if (!timer.isClosing()) {
      timer.close();
    }
    stats.forEach(Requests::tryCancel);
    jobs.cancel(this::release);
  }

  /** How many stats were answered until now. */
  long answers() {
    return latency.snapshot().count();
  }

  /** What has come of it. */
  Outcome outcome() {
    return new Outcome(
        latency.snapshot(),
        meanwhile,
        slowEndedAt - beganAt,
        slowCancelled,
        statsCancelled,
        failure);
  }
}
