// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The rules of timers: order, time, the two steps of firing, and what may be done meanwhile. */
class TimerSemanticsTest extends LoopFixture {

  @Test
  void timersFireByDeadline() {
    timer(30, says("30"));
    timer(10, says("10"));
    timer(20, says("20"));
    loop.run();
    assertThat(log).containsExactly("10", "20", "30");
  }

  @Test
  void timersOfOneDeadlineFireInTheOrderOfTheirStartAndNotOfTheirInit() {
    TimerHandle first = TimerHandle.init(loop);
    TimerHandle second = TimerHandle.init(loop);
    second.start(timer -> log.add("second"), 10, 0);
    first.start(timer -> log.add("first"), 10, 0);
    loop.run();
    assertThat(log).containsExactly("second", "first");
  }

  @Test
  void aRestartMovesATimerBehindThoseOfTheSameDeadline() {
    TimerHandle restarted = timer(10, says("restarted"));
    timer(10, says("other"));
    restarted.start(timer -> log.add("restarted"), 10, 0);
    loop.run();
    assertThat(log).containsExactly("other", "restarted");
  }

  @Test
  void anAutomaticRearmCountsAsAStart() {
    timer(
        10,
        10,
        () -> {
          log.add("repeating at " + loop.now());
          if (loop.now() == 1020) {
            loop.stop();
          }
        });
    timer(20, says("single"));
    loop.run();
    assertThat(log).containsExactly("repeating at 1010", "single", "repeating at 1020");
  }

  @Test
  void againCountsAsAStart() {
    TimerHandle again = timer(10, 10, says("again"));
    timer(10, says("other"));
    again.again();
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("other", "again");
  }

  @Test
  void theDeadlineIsReckonedFromTheLoopsTimeWhichStartDoesNotRefresh() {
    clock.advance(60);
    TimerHandle timer = timer(100, () -> {});
    assertThat(loop.now()).isEqualTo(1000);
    assertThat(timer.dueIn()).isEqualTo(100);
    loop.updateTime();
    assertThat(timer.dueIn()).isEqualTo(40);
  }

  @Test
  void aDeadlineThatOverflowsSaturates() {
    TimerHandle timer = timer(-1, says("never"));
    assertThat(timer.dueIn()).isEqualTo(-1 - 1000);
    timer.start(handle -> {}, -2, 0);
    assertThat(timer.dueIn()).isEqualTo(-1 - 1000);
    timer.start(handle -> {}, -1001, 0);
    assertThat(timer.dueIn()).isEqualTo(-1001);
    timer.start(handle -> {}, -1002, 0);
    assertThat(timer.dueIn()).isEqualTo(-1002);
    clock.advance(1);
    loop.updateTime();
    assertThat(timer.dueIn()).isEqualTo(-1003);
  }

  @Test
  void deadlinesAreUnsigned() {
    timer(Long.MIN_VALUE, says("beyond the signed range"));
    timer(-1, says("never"));
    timer(Long.MAX_VALUE - 2000, says("at the end of the signed range"));
    timer(5, () -> loop.stop());
    loop.run();
    assertThat(log).isEmpty();
    assertThat(loop.now()).isEqualTo(1005);
  }

  @Test
  void aDeadlineBeyondTheSignedRangeIsNotDue() {
    timer(Long.MIN_VALUE, says("beyond the signed range"));
    TimerHandle never = timer(-1, says("never"));
    loop.run(RunMode.NOWAIT);
    loop.run(RunMode.ONCE);
    assertThat(log).isEmpty();
    assertThat(loop.now()).isEqualTo(1000L + Integer.MAX_VALUE);
    assertThat(never.dueIn()).isEqualTo(-1 - loop.now());
  }

  @Test
  void startingAnActiveTimerReplacesCallbackDeadlineAndRepeat() {
    TimerHandle timer = timer(10, 10, says("old"));
    timer.start(handle -> log.add("new at " + loop.now()), 30, 0);
    assertThat(timer.repeat()).isEqualTo(0);
    loop.run();
    assertThat(log).containsExactly("new at 1030");
  }

  @Test
  void aZeroTimerStartedByATimerWaitsForTheNextIteration() {
    timer(0, () -> timer(0, says("inner")));
    loop.run(RunMode.NOWAIT);
    assertThat(log).isEmpty();
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("inner");
  }

  @Test
  void aTimerThatRestartsItselfWithZeroFiresOnceInAnIteration() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        new TimerHandle.Callback() {
          @Override
          public void onTimer(TimerHandle handle) {
            log.add("timer");
            handle.start(this, 0, 0);
          }
        },
        0,
        0);
    loop.run(RunMode.NOWAIT);
    assertThat(log).hasSize(1);
    loop.run(RunMode.NOWAIT);
    assertThat(log).hasSize(2);
  }

  @Test
  void aDueTimerThatACallbackStopsIsNotCalled() {
    TimerHandle[] second = new TimerHandle[1];
    timer(0, () -> second[0].stop());
    second[0] = timer(0, says("second"));
    timer(0, says("third"));
    loop.run();
    assertThat(log).containsExactly("third");
    assertThat(second[0].isActive()).isFalse();
  }

  @Test
  void aDueTimerThatACallbackClosesIsNotCalled() {
    TimerHandle[] second = new TimerHandle[1];
    timer(0, () -> second[0].close(closed -> log.add("closed")));
    second[0] = timer(0, says("second"));
    timer(0, says("third"));
    loop.run();
    assertThat(log).containsExactly("third", "closed");
  }

  @Test
  void aDueTimerThatACallbackRestartsWithZeroFiresInTheNextIteration() {
    TimerHandle[] second = new TimerHandle[1];
    timer(0, () -> second[0].start(handle -> log.add("restarted"), 0, 0));
    second[0] = timer(0, says("second"));
    timer(0, says("third"));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("third");
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("third", "restarted");
  }

  @Test
  void aDueRepeatingTimerThatACallbackStartsAgainFiresAPeriodLater() {
    TimerHandle[] second = new TimerHandle[1];
    timer(10, () -> second[0].again());
    second[0] = timer(10, 30, () -> log.add("second at " + loop.now()));
    loop.run(RunMode.ONCE);
    assertThat(log).isEmpty();
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("second at 1040");
  }

  @Test
  void stopTakesATimerOutOfThePassAlthoughItIsInactiveThere() {
    TimerHandle[] second = new TimerHandle[1];
    timer(
        0,
        () -> {
          log.add("active: " + second[0].isActive());
          second[0].stop();
          second[0].stop();
        });
    second[0] = timer(0, says("second"));
    loop.run();
    assertThat(log).containsExactly("active: false");
  }

  @Test
  void stopOnATimerThatIsNotStartedDoesNothing() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.stop();
    timer.stop();
    timer.start(handle -> log.add("timer"), 0, 0);
    loop.run();
    timer.stop();
    assertThat(log).containsExactly("timer");
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void theTimeIsNotRefreshedDuringAPass() {
    timer(
        10,
        () -> {
          log.add("first at " + loop.now());
          clock.advance(100);
        });
    timer(10, () -> log.add("second at " + loop.now()));
    timer(50, () -> log.add("third at " + loop.now()));
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("first at 1010", "second at 1010");
    loop.run(RunMode.NOWAIT);
    assertThat(log).endsWith("third at 1110").hasSize(3);
  }

  @Test
  void aRepeatingTimerIsArmedBeforeItsCallback() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          log.add("active " + handle.isActive() + ", due in " + handle.dueIn());
          handle.stop();
        },
        10,
        70);
    loop.run();
    assertThat(log).containsExactly("active true, due in 70");
  }

  @Test
  void aSingleShotTimerIsInactiveInItsCallback() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> log.add("active " + handle.isActive() + ", due in " + handle.dueIn()), 10, 0);
    loop.run();
    assertThat(log).containsExactly("active false, due in 0");
  }

  @Test
  void aLateRepeatingTimerDriftsAndMakesNothingUp() {
    TimerHandle timer = timer(10, 10, () -> log.add("at " + loop.now()));
    clock.advance(35);
    loop.run(RunMode.NOWAIT);
    assertThat(timer.dueIn()).isEqualTo(10);
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("at 1035", "at 1045");
  }

  @Test
  void setRepeatInTheCallbackChangesTheNextButOneCall() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          log.add("at " + loop.now() + ", due in " + handle.dueIn());
          handle.setRepeat(25);
        },
        10,
        10);
    for (int i = 0; i < 3; i++) {
      loop.run(RunMode.ONCE);
    }
    assertThat(log)
        .containsExactly("at 1010, due in 10", "at 1020, due in 25", "at 1045, due in 25");
  }

  @Test
  void setRepeatOfZeroInTheCallbackLetsTheTimerFireOnceMore() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          log.add("at " + loop.now());
          handle.setRepeat(0);
        },
        10,
        10);
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("at 1010", "at 1020");
  }

  @Test
  void setRepeatMakesAStartedSingleShotRepeatFromItsFirstCallOn() {
    TimerHandle timer = timer(10, () -> log.add("at " + loop.now()));
    timer.setRepeat(50);
    loop.run(RunMode.ONCE);
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("at 1010", "at 1060");
  }

  @Test
  void againFailsOnlyIfTheTimerWasNeverStarted() {
    TimerHandle timer = TimerHandle.init(loop);
    assertThatThrownBy(timer::again)
        .isInstanceOfSatisfying(
            UvException.class, e -> assertThat(e.error()).isEqualTo(UvError.EINVAL))
        .hasMessageContaining("uv_timer_again");
    timer.setRepeat(10);
    assertThatThrownBy(timer::again).isInstanceOf(UvException.class);
    timer.start(handle -> {}, 10, 10);
    timer.stop();
    timer.again();
    assertThat(timer.isActive()).isTrue();
  }

  @Test
  void againWithoutARepeatDoesNothingSoThatAnActiveTimerGoesOn() {
    TimerHandle timer = timer(10, says("timer"));
    timer.again();
    assertThat(timer.isActive()).isTrue();
    assertThat(timer.dueIn()).isEqualTo(10);
    loop.run();
    assertThat(log).containsExactly("timer");
    timer.again();
    assertThat(timer.isActive()).isFalse();
  }

  @Test
  void againTakesTheRepeatAsTheTimeout() {
    TimerHandle timer = timer(10, 70, () -> {});
    timer.again();
    assertThat(timer.dueIn()).isEqualTo(70);
  }

  @Test
  void againOnAClosingTimerDoesNotStartIt() {
    TimerHandle timer = timer(10, 10, says("timer"));
    timer.close();
    timer.again();
    assertThat(timer.isActive()).isFalse();
    loop.run();
    assertThat(log).isEmpty();
    timer.again();
    assertThat(timer.isActive()).isFalse();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void aStoppedTimerTellsOfItsLastDeadline() {
    TimerHandle timer = timer(50, () -> {});
    timer.stop();
    assertThat(timer.dueIn()).isEqualTo(50);
    clock.advance(20);
    loop.updateTime();
    assertThat(timer.dueIn()).isEqualTo(30);
    clock.advance(40);
    loop.updateTime();
    assertThat(timer.dueIn()).isEqualTo(0);
  }

  @Test
  void startOnAClosingTimerFails() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.close();
    assertThatThrownBy(() -> timer.start(handle -> {}, 0, 0))
        .isInstanceOfSatisfying(
            UvException.class, e -> assertThat(e.error()).isEqualTo(UvError.EINVAL));
    loop.run();
    assertThatThrownBy(() -> timer.start(handle -> {}, 0, 0)).isInstanceOf(UvException.class);
  }

  @Test
  void startNeedsACallbackAndLeavesTheTimerAsItWasWithoutOne() {
    TimerHandle timer = timer(10, says("timer"));
    assertThatNullPointerException().isThrownBy(() -> timer.start(null, 70, 0));
    assertThat(timer.dueIn()).isEqualTo(10);
    loop.run();
    assertThat(log).containsExactly("timer");
  }

  @Test
  void aRepeatingTimerStopsInItsCallback() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          log.add("timer");
          handle.stop();
        },
        10,
        10);
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("timer");
  }

  @Test
  void stopKeepsTheRepeat() {
    TimerHandle timer = timer(10, 70, () -> {});
    timer.stop();
    assertThat(timer.repeat()).isEqualTo(70);
    timer.again();
    assertThat(timer.dueIn()).isEqualTo(70);
  }

  @Test
  void manyTimersDueAtOnceFireInOnePass() {
    for (int i = 0; i < 100; i++) {
      timer(10, says("timer " + i));
    }
    loop.run(RunMode.ONCE);
    assertThat(log).hasSize(100).startsWith("timer 0").endsWith("timer 99");
  }
}
