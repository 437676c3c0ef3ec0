// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code test/test-default-loop-close.c}. */
@ExtendWith(LeakCheck.class)
class DefaultLoopCloseTest {
  private int timerCalls;

  @AfterEach
  void shutDown() {
    Loop.defaultLoop().shutdown();
  }

  @Test
  void defaultLoopClose() {
    Loop first = Loop.defaultLoop();
    assertThat(Loop.defaultLoop()).isSameAs(first);
    runTimerOn(first);
    assertThat(timerCalls).isEqualTo(1);
    first.close();

    Loop second = Loop.defaultLoop();
    assertThat(second).isNotSameAs(first);
    runTimerOn(second);
    assertThat(timerCalls).isEqualTo(2);
  }

  private void runTimerOn(Loop loop) {
    TimerHandle.init(loop)
        .start(
            handle -> {
              timerCalls++;
              handle.close();
            },
            1,
            0);
    assertThat(loop.run()).isFalse();
  }
}
