// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.dns.GetAddrInfoRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The thread pool's part of {@code test/test-thread.c}. */
@ExtendWith(LeakCheck.class)
class ThreadTest {
  private static final int LOOPS = 8;
  private static final int CHAINS = 4;
  private static final int LENGTH = 4;

  private final AtomicInteger worked = new AtomicInteger();
  private final AtomicInteger delivered = new AtomicInteger();

  /** Eight loops share the pool. Work of the same kind stands for {@code uv_fs_stat}. */
  @Test
  void threadpoolMultipleEventLoops() {
    try (Crew crew = new Crew()) {
      for (int i = 0; i < LOOPS; i++) {
        crew.start(this::runLoop);
      }
    }
    assertThat(worked).hasValue(LOOPS * CHAINS * LENGTH);
    assertThat(delivered).hasValue(LOOPS * 2 * CHAINS * LENGTH);
  }

  private void runLoop() {
    try (Loop loop = Loop.open()) {
      for (int i = 0; i < CHAINS; i++) {
        lookUpChain(loop, LENGTH);
        submitChain(loop, LENGTH);
      }
      assertThat(loop.run()).isFalse();
    }
  }

  private void lookUpChain(Loop loop, int left) {
    Thread loopThread = Thread.currentThread();
    GetAddrInfoRequest.getaddrinfo(
        loop,
        "localhost",
        null,
        null,
        (request, status, addrinfo) -> {
          assertThat(status).isZero();
          assertThat(addrinfo)
              .allMatch(info -> info.address().getAddress().isLoopbackAddress())
              .isNotEmpty();
          assertThat(Thread.currentThread()).isSameAs(loopThread);
          delivered.incrementAndGet();
          if (left > 1) {
            lookUpChain(loop, left - 1);
          }
        });
  }

  private void submitChain(Loop loop, int left) {
    Thread loopThread = Thread.currentThread();
    KindRequest.submit(
        loop,
        WorkKind.FAST_IO,
        () -> {
          assertThat(Thread.currentThread()).isNotSameAs(loopThread);
          worked.incrementAndGet();
        },
        status -> {
          assertThat(status).isZero();
          assertThat(Thread.currentThread()).isSameAs(loopThread);
          delivered.incrementAndGet();
          if (left > 1) {
            submitChain(loop, left - 1);
          }
        });
  }
}
