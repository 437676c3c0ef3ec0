// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** {@code test/test-timer-again.c}. */
class TimerAgainTest extends LoopFixture {
  private final long start = loop.now();
  private final TimerHandle often = TimerHandle.init(loop);
  private final TimerHandle heldBack = TimerHandle.init(loop);
  private int oftenCalls;

  @Test
  void timerAgain() {
    TimerHandle neverStarted = TimerHandle.init(loop);
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(neverStarted::again)
        .satisfies(e -> assertThat(e.error()).isEqualTo(UvError.EINVAL));
    neverStarted.unref();

    often.start(handle -> oftenCalled(), 50, 0);
    assertThat(often.repeat()).isZero();
    often.setRepeat(50);
    assertThat(often.repeat()).isEqualTo(50);

    heldBack.start(handle -> heldBackCalled(), 100, 100);
    assertThat(heldBack.repeat()).isEqualTo(100);

    assertThat(loop.run()).isFalse();

    assertThat(oftenCalls).isEqualTo(10);
    assertThat(log)
        .containsExactly(
            "often closed at 500",
            "held back at 600, repeat 100",
            "held back at 700, repeat 0",
            "held back closed at 700");
  }

  private void oftenCalled() {
    assertThat(often.repeat()).isEqualTo(50);
    oftenCalls++;
    heldBack.again();
    if (oftenCalls == 10) {
      often.close(closed -> log.add("often closed at " + gone()));
    }
  }

  private void heldBackCalled() {
    log.add("held back at " + gone() + ", repeat " + heldBack.repeat());
    if (heldBack.repeat() == 0) {
      assertThat(heldBack.isActive()).isFalse();
      heldBack.close(closed -> log.add("held back closed at " + gone()));
      return;
    }
    assertThat(heldBack.isActive()).isTrue();
    // Too late for the call that is armed already.
    heldBack.setRepeat(0);
  }

  private long gone() {
    return loop.now() - start;
  }
}
