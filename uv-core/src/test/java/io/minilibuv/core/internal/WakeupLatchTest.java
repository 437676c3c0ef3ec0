// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The latch, by one thread: who rings when. */
class WakeupLatchTest {
  private final WakeupLatch latch = new WakeupLatch(true);

  /** A loop is running, and looks at the latch before it waits. */
  private void awake() {
    latch.wakeUp();
  }

  @Test
  void aLoopThatIsNotRunIsRungForOnce() {
    assertThat(latch.isSet()).isFalse();
    assertThat(latch.isRung()).isFalse();
    assertThat(latch.set()).isTrue();
    assertThat(latch.isSet()).isTrue();
    assertThat(latch.isRung()).isTrue();
    assertThat(latch.set()).isFalse();
  }

  @Test
  void aLoopThatIsAwakeIsNotRungFor() {
    awake();
    assertThat(latch.set()).isFalse();
    assertThat(latch.set()).isFalse();
    assertThat(latch.isSet()).isTrue();
    assertThat(latch.isRung()).isFalse();
  }

  @Test
  void aLoopDoesNotFallAsleepWithAWakeUp() {
    awake();
    latch.set();
    assertThat(latch.fallAsleep()).isFalse();
    latch.wakeUp();
    assertThat(latch.isSet()).isTrue();
    latch.clear();
    assertThat(latch.isSet()).isFalse();
    assertThat(latch.fallAsleep()).isTrue();
  }

  @Test
  void aLoopThatSleepsIsRungFor() {
    awake();
    assertThat(latch.fallAsleep()).isTrue();
    assertThat(latch.set()).isTrue();
    assertThat(latch.set()).isFalse();
    latch.wakeUp();
    assertThat(latch.isSet()).isTrue();
    assertThat(latch.isRung()).isTrue();
  }

  @Test
  void clearingTakesTheBellAwayAndNotTheSleep() {
    latch.set();
    latch.clear();
    assertThat(latch.isSet()).isFalse();
    assertThat(latch.isRung()).isFalse();
    assertThat(latch.set()).isTrue();
  }

  @Test
  void clearingDoesNotPutToSleepWhoIsAwake() {
    awake();
    latch.set();
    latch.clear();
    assertThat(latch.set()).isFalse();
  }

  @Test
  void whoComesAfterAFailureRings() {
    assertThat(latch.set()).isTrue();
    latch.failed();
    assertThat(latch.isSet()).isTrue();
    assertThat(latch.set()).isTrue();
    assertThat(latch.set()).isFalse();
  }

  @Test
  void afterASecondFailureTheThirdRings() {
    latch.set();
    latch.failed();
    latch.set();
    latch.failed();
    assertThat(latch.set()).isTrue();
  }

  @Test
  void clearingEndsAFailure() {
    latch.set();
    latch.failed();
    latch.clear();
    assertThat(latch.set()).isTrue();
    assertThat(latch.set()).isFalse();
  }

  @Test
  void leavingRingsForAWakeUpThatHadNoBell() {
    awake();
    latch.set();
    assertThat(latch.leave()).isTrue();
    assertThat(latch.isRung()).isTrue();
    assertThat(latch.leave()).isFalse();
    assertThat(latch.set()).isFalse();
  }

  @Test
  void leavingDoesNotRingTwice() {
    awake();
    latch.fallAsleep();
    latch.set();
    latch.wakeUp();
    assertThat(latch.leave()).isFalse();
  }

  @Test
  void leavingRingsForNothingIfThereIsNoWakeUp() {
    awake();
    assertThat(latch.leave()).isFalse();
    assertThat(latch.isSet()).isFalse();
    assertThat(latch.set()).as("whoever comes later rings").isTrue();
  }

  @Test
  void nobodyRingsWhenItIsClosed() {
    latch.close();
    assertThat(latch.set()).isFalse();
    assertThat(latch.leave()).isFalse();
  }

  @Test
  void closingEndsAFailure() {
    latch.set();
    latch.failed();
    latch.close();
    assertThat(latch.set()).isFalse();
  }

  @Test
  void withoutTheShortcutALoopIsRungForInAnyState() {
    WakeupLatch plain = new WakeupLatch(false);
    plain.wakeUp();
    assertThat(plain.set()).isTrue();
    assertThat(plain.fallAsleep()).isFalse();
    plain.clear();
    assertThat(plain.fallAsleep()).isTrue();
  }
}
