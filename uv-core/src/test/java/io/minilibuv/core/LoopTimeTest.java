// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code test/test-loop-time.c}. */
class LoopTimeTest extends LoopFixture {

  @Test
  void loopUpdateTime() {
    long start = loop.now();
    for (long gone = 100; gone <= 1000; gone += 100) {
      clock.advance(100);
      assertThat(loop.run(RunMode.NOWAIT)).isFalse();
      assertThat(loop.now() - start).isEqualTo(gone);
    }
  }

  /**
   * Where the original counts up {@code active_handles} by hand, a handle is active for a while.
   */
  @Test
  void loopBackendTimeout() {
    PrepareHandle active = PrepareHandle.init(loop);
    active.start(handle -> log.add("prepare"));
    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    active.stop();
    assertThat(loop.isAlive()).isFalse();

    TimerHandle timer = TimerHandle.init(loop);
    assertThat(loop.isAlive()).isFalse();
    assertThat(loop.backendTimeout()).isZero();

    timer.start(Handle::close, 1000, 0);
    assertThat(loop.backendTimeout()).isEqualTo(1000);

    assertThat(loop.run()).isFalse();
    assertThat(loop.backendTimeout()).isZero();
    assertThat(log).containsExactly("prepare");
  }
}
