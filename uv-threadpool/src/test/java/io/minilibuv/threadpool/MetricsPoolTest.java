// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.LoopMetrics;
import io.minilibuv.core.LoopOption;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.PrepareHandle;
import io.minilibuv.threadpool.dns.FakeResolver;
import io.minilibuv.threadpool.dns.GetAddrInfoRequest;
import io.minilibuv.threadpool.dns.NameResolver;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The thread pool's part of {@code test/test-metrics.c}. */
class MetricsPoolTest extends PoolFixture {
  private int poolEvents;

  MetricsPoolTest() {
    super(4, new LoopOptions().with(NameResolver.OF_LOOP, new FakeResolver()));
  }

  /** It stays open, and no test has left it behind. */
  @BeforeAll
  static void openTheSystemsSource() {
    RandomRequest.random(ByteBuffer.allocate(1), 0);
  }

  private void submitFastIo() {
    KindRequest.submit(loop, WorkKind.FAST_IO, () -> {}, status -> poolEvents++);
  }

  /**
   * Requests of the same kind stand for the write and the stats. The name is asked for of a
   * resolver that does not know it, either. Where libuv waits for a tenth of a second for all of
   * them to be done, we know that they are.
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
    submitFastIo();
    submitFastIo();
    RandomRequest.random(
        loop, ByteBuffer.allocate(1), 0, (request, status, buffer) -> poolEvents++);
    GetAddrInfoRequest.getaddrinfo(
        loop,
        "example.invalid",
        null,
        null,
        (request, status, addrinfo) -> {
          see("example.invalid", status);
          poolEvents++;
        });
    awaitIdle();

    assertThat(loop.run()).isFalse();

    assertThat(loop.metrics().events()).isGreaterThanOrEqualTo(7);
    assertThat(loop.metrics().eventsWaiting()).isGreaterThanOrEqualTo(4);
    assertThat(poolEvents).isEqualTo(-42);
    assertThat(seen).containsExactly("example.invalid EAI_NONAME");
    prepare.close();
    loop.run();
  }
}
