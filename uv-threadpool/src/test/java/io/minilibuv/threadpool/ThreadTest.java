// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
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

  /**
   * Eight loops share the pool. Work of the same kinds stands for name lookups and {@code
   * uv_fs_stat}.
   */
  @Test
  void threadpoolMultipleEventLoops() {
    try (Crew crew = new Crew()) {
      for (int i = 0; i < LOOPS; i++) {
        crew.start(this::runLoop);
      }
    }
    int expected = LOOPS * 2 * CHAINS * LENGTH;
    assertThat(worked).hasValue(expected);
    assertThat(delivered).hasValue(expected);
  }

  private void runLoop() {
    try (Loop loop = Loop.open()) {
      for (int i = 0; i < CHAINS; i++) {
        submitChain(loop, WorkKind.SLOW_IO, LENGTH);
        submitChain(loop, WorkKind.FAST_IO, LENGTH);
      }
      assertThat(loop.run()).isFalse();
    }
  }

  private void submitChain(Loop loop, WorkKind kind, int left) {
    Thread loopThread = Thread.currentThread();
    KindRequest.submit(
        loop,
        kind,
        () -> {
          assertThat(Thread.currentThread()).isNotSameAs(loopThread);
          worked.incrementAndGet();
        },
        status -> {
          assertThat(status).isZero();
          assertThat(Thread.currentThread()).isSameAs(loopThread);
          delivered.incrementAndGet();
          if (left > 1) {
            submitChain(loop, kind, left - 1);
          }
        });
  }
}
