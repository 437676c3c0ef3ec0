// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The spin, on a clock that goes on by a microsecond with each look. */
class AdaptiveSpinTest {
  private static final long TICK = 1_000;

  private final WakeupLatch latch = new WakeupLatch();
  private long now;
  private long setAt = Long.MAX_VALUE;
  private int looks;
  private final AdaptiveSpin spin = new AdaptiveSpin(this::look, true);

  private long look() {
    looks++;
    now += TICK;
    if (now >= setAt) {
      latch.set();
    }
    return now;
  }

  /** The loop waits, and a wake-up ends that. */
  private void isWokenAfter(long nanos) {
    now += nanos;
    spin.waited(true);
  }

  /** How long it spins for a wake-up that comes after {@code nanos}, or does not; 0: not at all. */
  private long spun(long nanos) {
    latch.clear();
    setAt = now + TICK + nanos;
    looks = 0;
    boolean found = spin.await(latch);
    assertThat(found).isEqualTo(latch.isSet());
    setAt = Long.MAX_VALUE;
    return (looks - 1) * TICK;
  }

  private long spunInVain() {
    return spun(1_000_000);
  }

  @Test
  void itDoesNotSpinBeforeItHasWaited() {
    assertThat(spunInVain()).isZero();
  }

  @Test
  void itSpinsAfterAWaitThatWasShort() {
    spunInVain();
    isWokenAfter(10_000);
    assertThat(spun(3_000)).isEqualTo(3_000);
  }

  @Test
  void itDoesNotSpinAfterAWaitThatWasLong() {
    spunInVain();
    isWokenAfter(60_000);
    assertThat(spunInVain()).isZero();
  }

  @Test
  void itDoesNotSpinAfterAWaitThatNoWakeUpHasEnded() {
    spunInVain();
    now += 10_000;
    spin.waited(false);
    assertThat(spunInVain()).isZero();
  }

  @Test
  void itGivesUpAfterSomeTime() {
    spunInVain();
    isWokenAfter(10_000);
    assertThat(spunInVain()).isEqualTo(5_000);
  }

  @Test
  void whatWasOfUseIsTriedForLonger() {
    spunInVain();
    isWokenAfter(10_000);
    assertThat(spun(3_000)).isEqualTo(3_000);
    assertThat(spun(8_000)).isEqualTo(8_000);
    assertThat(spun(18_000)).isEqualTo(18_000);
    assertThat(spun(19_000)).isEqualTo(19_000);
    assertThat(spunInVain()).as("at most").isEqualTo(20_000);
  }

  @Test
  void afterEachFailureItPausesForTwiceAsMany() {
    spunInVain();
    for (int pauses : new int[] {1, 3, 7, 15, 31, 63, 127, 255, 511, 1_023, 1_023, 1_023}) {
      isWokenAfter(10_000);
      assertThat(spunInVain()).isEqualTo(5_000);
      for (int i = 0; i < pauses; i++) {
        isWokenAfter(10_000);
        assertThat(spunInVain()).as("pause %d of %d", i, pauses).isZero();
      }
    }
  }

  @Test
  void aSuccessMakesItForgetTheFailures() {
    spunInVain();
    isWokenAfter(10_000);
    spunInVain();
    isWokenAfter(10_000);
    assertThat(spunInVain()).isZero();
    isWokenAfter(10_000);
    assertThat(spun(2_000)).isEqualTo(2_000);
    spunInVain();
    isWokenAfter(10_000);
    assertThat(spunInVain()).as("one pause, as at first").isZero();
    isWokenAfter(10_000);
    assertThat(spun(2_000)).isEqualTo(2_000);
  }

  @Test
  void aWakeUpThatIsThereIsFoundAtOnce() {
    spunInVain();
    isWokenAfter(10_000);
    assertThat(spun(0)).isZero();
    assertThat(latch.isSet()).isTrue();
  }

  @Test
  void itNeverSpinsIfItIsTurnedOff() {
    AdaptiveSpin off = new AdaptiveSpin(this::look, false);
    assertThat(off.await(latch)).isFalse();
    off.waited(true);
    latch.set();
    assertThat(off.await(latch)).isFalse();
    assertThat(looks).isZero();
  }
}
