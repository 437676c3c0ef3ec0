// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RequestType;
import io.minilibuv.threadpool.PoolRequest;
import io.minilibuv.threadpool.WorkKind;
import java.util.function.IntConsumer;

/**
 * Work in the pool's slow lane, where half of the workers at most are busy at a time.
 *
 * <p>libuv keeps that lane for names that are looked up, and {@code uv_queue_work} does not lead
 * there. Here a type of request says by itself what it costs the pool.
 */
final class SlowRequest extends PoolRequest {
  private final SlowJobs.Work work;
  private final IntConsumer done;

  private SlowRequest(Loop loop, SlowJobs.Work work, IntConsumer done) {
    super(loop, RequestType.WORK);
    this.work = work;
    this.done = done;
  }

  /** Queues {@code work} for the loop's pool; {@code done} is told the status, by the loop. */
  static SlowRequest queue(Loop loop, SlowJobs.Work work, IntConsumer done) {
    SlowRequest request = new SlowRequest(loop, work, done);
    request.submit(WorkKind.SLOW_IO);
    return request;
  }

  @Override
  protected void work() throws InterruptedException {
    work.work();
  }

  @Override
  protected void done(int status) {
    done.accept(status);
  }
}
