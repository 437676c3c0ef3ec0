// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code test/test-loop-stop.c}. */
class LoopStopTest extends LoopFixture {
  private static final int TICKS = 10;

  private int prepareCalls;
  private int timerCalls;

  @Test
  void loopStop() {
    PrepareHandle.init(loop)
        .start(
            handle -> {
              if (++prepareCalls == TICKS) {
                handle.stop();
              }
            });
    TimerHandle.init(loop)
        .start(
            handle -> {
              if (++timerCalls == 1) {
                loop.stop();
              } else if (timerCalls == TICKS) {
                handle.stop();
              }
            },
            100,
            100);

    assertThat(loop.run()).isTrue();
    assertThat(timerCalls).isEqualTo(1);

    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    assertThat(prepareCalls).isEqualTo(2);

    assertThat(loop.run()).isFalse();
    assertThat(timerCalls).isEqualTo(TICKS);
    assertThat(prepareCalls).isEqualTo(TICKS);
  }

  @Test
  void loopStopBeforeRun() {
    TimerHandle.init(loop).start(handle -> log.add("timer"), 0, 0);
    loop.stop();
    assertThat(loop.run()).isTrue();
    assertThat(log).isEmpty();
  }
}
