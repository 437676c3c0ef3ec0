// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code test/test-idle.c}. */
class IdleHandleTest extends LoopFixture {
  private int idleCalls;
  private int checkCalls;
  private int timerCalls;
  private int closeCalls;

  @Test
  void idleStarvation() {
    IdleHandle idle = IdleHandle.init(loop);
    // Nobody waits while an idle handle is active, so the time has to pass by itself.
    idle.start(
        handle -> {
          idleCalls++;
          clock.advance(1);
        });
    CheckHandle check = CheckHandle.init(loop);
    check.start(handle -> checkCalls++);
    TimerHandle.init(loop)
        .start(
            handle -> {
              timerCalls++;
              idle.close(closed -> closeCalls++);
              check.close(closed -> closeCalls++);
              handle.close(closed -> closeCalls++);
            },
            50,
            0);

    assertThat(loop.run()).isFalse();

    assertThat(idleCalls).isEqualTo(50);
    assertThat(checkCalls).isEqualTo(50);
    assertThat(timerCalls).isEqualTo(1);
    assertThat(closeCalls).isEqualTo(3);
  }

  /** Had it waited in its poll, it would never have come back: there is nothing to wait for. */
  @Test
  void idleCheck() {
    IdleHandle idle = IdleHandle.init(loop);
    idle.start(LoopWatcher::stop);
    CheckHandle check = CheckHandle.init(loop);
    check.start(handle -> checkCalls++);

    assertThat(loop.run(RunMode.ONCE)).isTrue();
    assertThat(checkCalls).isEqualTo(1);

    idle.close(closed -> closeCalls++);
    check.close(closed -> closeCalls++);
    assertThat(closeCalls).isZero();
    assertThat(loop.run(RunMode.ONCE)).isFalse();
    assertThat(closeCalls).isEqualTo(2);
    assertThat(checkCalls).isEqualTo(1);
  }
}
