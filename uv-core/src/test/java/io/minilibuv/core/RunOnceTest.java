// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code test/test-run-once.c}. */
class RunOnceTest extends LoopFixture {
  private static final int TICKS = 64;

  private int idleCalls;

  @Test
  void runOnce() {
    IdleHandle.init(loop)
        .start(
            handle -> {
              if (++idleCalls == TICKS) {
                handle.stop();
              }
            });

    int runs = 1;
    while (loop.run(RunMode.ONCE)) {
      runs++;
    }

    assertThat(idleCalls).isEqualTo(TICKS);
    assertThat(runs).isEqualTo(TICKS);
  }
}
