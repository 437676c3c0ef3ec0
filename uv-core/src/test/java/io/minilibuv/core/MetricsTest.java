// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code test/test-metrics.c}, what needs no files and no pool.
 *
 * <p>The real wait is the subject, so these loops go by the system's clock.
 */
@ExtendWith(LeakCheck.class)
class MetricsTest {
  private static final long TIMEOUT_MILLIS = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long SPIN_NANOS = 600 * NANOS_PER_MILLI;
  private static final int THREADS = 5;

  /**
   * The original asks for at most 500 ms too much. Here nothing is too much but what the callback
   * took: no part of it may be counted.
   */
  @Test
  void metricsIdleTime() {
    long began = Uv.hrtime();
    long idle = idleTimeOfALoopWhoseTimerSpins();
    long gone = Uv.hrtime() - began;
    assertThat(idle).isBetween((TIMEOUT_MILLIS - 500) * NANOS_PER_MILLI, gone - SPIN_NANOS);
  }

  @Test
  void metricsIdleTimeThread() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Long>> idleTimes = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        idleTimes.add(threads.submit(MetricsTest::idleTimeOfALoopWhoseTimerSpins));
      }
      for (Future<Long> idle : idleTimes) {
        assertThat(idle.get()).isGreaterThanOrEqualTo((TIMEOUT_MILLIS - 500) * NANOS_PER_MILLI);
      }
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void metricsIdleTimeZero() {
    Loop loop = Loop.open();
    try {
      loop.configure(LoopOption.METRICS_IDLE_TIME);
      int[] calls = {0};
      TimerHandle.init(loop).start(handle -> calls[0]++, 0, 0);
      assertThat(loop.run()).isFalse();
      assertThat(calls[0]).isEqualTo(1);
      assertThat(loop.metricsIdleTime()).isZero();
      assertThat(loop.metrics().loopCount()).isEqualTo(calls[0]);
    } finally {
      loop.shutdown();
    }
  }

  private static long idleTimeOfALoopWhoseTimerSpins() {
    Loop loop = Loop.open();
    try {
      loop.configure(LoopOption.METRICS_IDLE_TIME);
      int[] calls = {0};
      TimerHandle.init(loop)
          .start(
              handle -> {
                calls[0]++;
                spin();
              },
              TIMEOUT_MILLIS,
              0);
      assertThat(loop.run()).isFalse();
      assertThat(calls[0]).isEqualTo(1);
      return loop.metricsIdleTime();
    } finally {
      loop.shutdown();
    }
  }

  private static void spin() {
    long began = Uv.hrtime();
    while (Uv.hrtime() - began < SPIN_NANOS) {
      Thread.onSpinWait();
    }
  }
}
