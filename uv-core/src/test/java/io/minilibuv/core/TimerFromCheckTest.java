// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code test/test-timer-from-check.c}. */
class TimerFromCheckTest extends LoopFixture {

  @Test
  void timerFromCheck() {
    PrepareHandle prepare = PrepareHandle.init(loop);
    CheckHandle check = CheckHandle.init(loop);
    TimerHandle timer = TimerHandle.init(loop);
    check.start(
        handle -> {
          log.add("check at " + loop.now());
          handle.stop();
          // The first wait has made the timer due: this must hold it back all the same.
          timer.stop();
          timer.start(
              fired -> {
                log.add("timer at " + loop.now());
                fired.stop();
              },
              50,
              0);
          prepare.start(
              prepared -> {
                log.add("prepare at " + loop.now());
                prepared.stop();
              });
        });
    timer.start(handle -> log.add("the timer as it was first started"), 50, 0);

    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("check at 1050", "prepare at 1050", "timer at 1100");

    prepare.close();
    check.close();
    timer.close();
    assertThat(loop.run(RunMode.ONCE)).isFalse();
  }
}
