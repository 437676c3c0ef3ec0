// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.LoopMetrics;
import io.minilibuv.core.LoopOption;
import io.minilibuv.core.PrepareHandle;
import org.junit.jupiter.api.Test;

/** The thread pool's part of {@code test/test-metrics.c}. */
class MetricsPoolTest extends PoolFixture {
  private int poolEvents;

  MetricsPoolTest() {
    super(4);
  }

  private void submit(WorkKind kind) {
    KindRequest.submit(loop, kind, () -> {}, status -> poolEvents++);
  }

  /**
   * Requests of the same kinds stand for the write and the stats, and for the random bytes and the
   * name that libuv asks for. Where libuv waits for a tenth of a second for all of them to be done,
   * we know that they are.
   */
  @Test
  void metricsPoolEvents() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    PrepareHandle prepare = PrepareHandle.init(loop);
    prepare.start(
        handle -> {
          LoopMetrics metrics = loop.metrics();
          if (poolEvents == 1) {
            assertThat(metrics.eventsWaiting()).isEqualTo(metrics.events());
          }
          if (poolEvents >= 7) {
            handle.stop();
            poolEvents = -42;
          }
        });
    KindRequest.submit(
        loop,
        WorkKind.FAST_IO,
        () -> {},
        status -> {
          poolEvents++;
          WorkRequest.queue(loop, request -> {}, (request, after) -> poolEvents++);
          WorkRequest.queue(loop, request -> {}, (request, after) -> poolEvents++);
        });
    submit(WorkKind.FAST_IO);
    submit(WorkKind.FAST_IO);
    submit(WorkKind.CPU);
    submit(WorkKind.SLOW_IO);
    awaitIdle();

    assertThat(loop.run()).isFalse();

    assertThat(loop.metrics().events()).isGreaterThanOrEqualTo(7);
    assertThat(loop.metrics().eventsWaiting()).isGreaterThanOrEqualTo(4);
    assertThat(poolEvents).isEqualTo(-42);
    prepare.close();
    loop.run();
  }
}
