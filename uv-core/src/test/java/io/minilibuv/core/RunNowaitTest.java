// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code test/test-run-nowait.c}. */
class RunNowaitTest extends LoopFixture {

  @Test
  void runNowait() {
    TimerHandle.init(loop).start(handle -> log.add("timer"), 100, 100);

    assertThat(loop.run(RunMode.NOWAIT)).isTrue();

    assertThat(log).isEmpty();
    assertThat(loop.now()).isEqualTo(1000);
  }
}
