// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.Histogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is doing and has done, all at one moment: {@link ThreadPool#stats}.
 *
 * <p>Every request that was submitted is counted in exactly one of {@link #queued()}, {@link
 * #slowQueued()}, {@link #running()}, {@link #completed()} and {@link #cancelled()}. A worker is
 * done with a request when it gives it to its loop, so a callback finds its own request completed.
 *
 * @param size how many workers the pool is to have
 * @param queued how many requests wait for a worker in the main lane
 * @param slowQueued how many wait in the lane of {@link WorkKind#SLOW_IO}
 * @param completed how many were worked on and are over, also if they have thrown
 * @param cancelled how many were cancelled in time
 * @param queueWait how long, in nanoseconds, those that are completed had waited for a worker
 * @param runTime how long, in nanoseconds, a worker was busy with each of those
 * @param workers the workers in the order of their making; none before the pool has started, and
 *     those that have ended, idle, when it is closed
 */
public record PoolStats(
    int size,
    int queued,
    int slowQueued,
    long completed,
    long cancelled,
    Histogram queueWait,
    Histogram runTime,
    List<WorkerStats> workers) {

  /**
   * What one worker is doing.
   *
   * @param thread which may be asked where it is
   * @param request what it is working on; null if it is idle
   * @param kind of what kind that is; null if it is idle
   * @param nanos for how long it has been at it, in nanoseconds; 0 if it is idle
   */
  public record WorkerStats(
      Thread thread, @Nullable PoolRequest request, @Nullable WorkKind kind, long nanos) {}

  /** How many workers have nothing to do. */
  public int idle() {
    return workers.size() - running();
  }

  /** How many requests are being worked on. */
  public int running() {
    return (int) workers.stream().filter(worker -> worker.request() != null).count();
  }

  /** How many requests of this kind are being worked on. */
  public int running(WorkKind kind) {
    return (int) workers.stream().filter(worker -> worker.kind() == kind).count();
  }
}
