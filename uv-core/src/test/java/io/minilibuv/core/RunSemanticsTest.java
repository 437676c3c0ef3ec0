// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of {@code uv_run}: what runs, in which order, and what it answers. */
class RunSemanticsTest extends LoopFixture {

  @Test
  void anIterationRunsItsPhasesInOrderAndTimersLast() {
    timer(0, says("timer"));
    check(
        () -> {
          log.add("check");
          TimerHandle.init(loop).close(closed -> log.add("closed"));
        });
    readyPoll(
        poll -> {
          log.add("poll");
          watcher(says("fed by poll")).feed();
        });
    prepare(says("prepare"));
    idle(says("idle"));
    watcher(says("fed")).feed();

    loop.run(RunMode.NOWAIT);

    assertThat(log)
        .containsExactly(
            "fed", "idle", "prepare", "poll", "fed by poll", "check", "closed", "timer");
  }

  @Test
  void aZeroTimerStartedInCheckFiresInTheSameIteration() {
    check(() -> timer(0, says("timer")));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("timer");
  }

  @Test
  void aZeroTimerStartedInACloseCallbackFiresInTheSameIteration() {
    TimerHandle.init(loop).close(closed -> timer(0, says("timer")));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("timer");
  }

  @Test
  void defaultRunsDueTimersBeforeItsFirstIteration() {
    timer(0, says("timer"));
    prepare(
        () -> {
          log.add("prepare");
          loop.stop();
        });
    loop.run(RunMode.DEFAULT);
    assertThat(log).containsExactly("timer", "prepare");
  }

  @ParameterizedTest
  @EnumSource(names = {"ONCE", "NOWAIT"})
  void theOtherModesRunNoTimersBeforeTheirIteration(RunMode mode) {
    timer(0, says("timer"));
    prepare(says("prepare"));
    loop.run(mode);
    assertThat(log).containsExactly("prepare", "timer");
  }

  @ParameterizedTest
  @EnumSource(names = {"ONCE", "NOWAIT"})
  void aTimerThatIsOverdueByManyPeriodsFiresOnceInARun(RunMode mode) {
    timer(10, 10, says("timer"));
    clock.advance(1000);
    loop.updateTime();
    assertThat(loop.run(mode)).isTrue();
    assertThat(log).containsExactly("timer");
  }

  @Test
  void alivenessIsNotAskedForAgainAfterTheFirstTimerPass() {
    List<String> polls = recordPolls();
    timer(0, says("timer"));
    prepare(says("prepare")).unref();
    check(says("check")).unref();
    idle(says("idle")).unref();

    assertThat(loop.run(RunMode.DEFAULT)).isFalse();

    assertThat(log).containsExactly("timer", "idle", "prepare", "check");
    assertThat(polls).containsExactly("0 NOTHING_ACTIVE");
    assertThat(loop.metrics().loopCount()).isEqualTo(1);
  }

  @Test
  void stopInTheFirstTimerPassGivesTrueAlthoughNothingIsAliveAnyMore() {
    timer(0, () -> loop.stop());
    prepare(says("prepare")).unref();
    assertThat(loop.run(RunMode.DEFAULT)).isTrue();
    assertThat(log).isEmpty();
    assertThat(loop.isAlive()).isFalse();
    assertThat(loop.run(RunMode.DEFAULT)).isFalse();
  }

  @Test
  void theFirstTimerPassNeedsALiveLoop() {
    timer(0, says("timer")).unref();
    assertThat(loop.run(RunMode.DEFAULT)).isFalse();
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void stopBeforeRunLetsNoCallbackRun(RunMode mode) {
    List<String> polls = recordPolls();
    timer(0, says("timer"));
    idle(says("idle"));
    prepare(says("prepare"));
    check(says("check"));
    watcher(says("fed")).feed();

    loop.stop();
    assertThat(loop.run(mode)).isTrue();
    assertThat(log).isEmpty();
    assertThat(polls).isEmpty();

    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("fed", "idle", "prepare", "check", "timer");
  }

  @ParameterizedTest
  @EnumSource
  void stopBeforeRunOnALoopThatIsNotAliveGivesFalse(RunMode mode) {
    idle(says("idle")).unref();
    loop.stop();
    assertThat(loop.run(mode)).isFalse();
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRunEndsByClearingTheStopFlag(RunMode mode) {
    Runnable stopOnce =
        new Runnable() {
          private boolean stopped;

          @Override
          public void run() {
            log.add("prepare");
            if (!stopped) {
              stopped = true;
              loop.stop();
            }
          }
        };
    prepare(stopOnce);
    loop.run(mode);
    timer(0, () -> loop.stop());
    loop.run(RunMode.DEFAULT);
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("prepare", "prepare");
  }

  /** Where a test calls {@link Loop#stop()}, in the order in which an iteration comes there. */
  enum Place {
    FED,
    IDLE,
    PREPARE,
    POLL,
    CHECK,
    CLOSED,
    TIMER;

    String lowerCase() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void stopInACallbackLetsTheIterationEnd(Place place) {
    List<String> polls = recordPolls();
    timer(1, callback(place, Place.TIMER));
    watcher(callback(place, Place.FED)).feed();
    idle(callback(place, Place.IDLE));
    Runnable inPrepare = callback(place, Place.PREPARE);
    prepare(
        () -> {
          clock.advance(1);
          inPrepare.run();
        });
    readyPoll(poll -> callback(place, Place.POLL).run());
    Runnable inCheck = callback(place, Place.CHECK);
    check(
        () -> {
          inCheck.run();
          TimerHandle.init(loop).close(closed -> callback(place, Place.CLOSED).run());
        });

    assertThat(loop.run(RunMode.DEFAULT)).isTrue();

    List<String> expected =
        Stream.of(Place.values())
            .map(each -> each == place ? "stop" : each.lowerCase())
            .collect(Collectors.toList());
    assertThat(log).isEqualTo(expected);
    boolean stoppedBeforeThePoll = place.compareTo(Place.POLL) < 0;
    assertThat(polls).containsExactly(stoppedBeforeThePoll ? "0 STOPPED" : "0 IDLE");
  }

  private Runnable callback(Place stopping, Place here) {
    return () -> {
      if (here == stopping) {
        log.add("stop");
        loop.stop();
      } else {
        log.add(here.lowerCase());
      }
    };
  }

  @Test
  void onceMayReturnHavingRunOnlyATimer() {
    List<String> polls = recordPolls();
    prepare(says("prepare")).unref();
    timer(50, says("timer"));
    assertThat(loop.run(RunMode.ONCE)).isFalse();
    assertThat(log).containsExactly("prepare", "timer");
    assertThat(polls).containsExactly("50 NEXT_TIMER");
    assertThat(loop.now()).isEqualTo(1050);
  }

  @Test
  void onceMayReturnHavingRunNothing() {
    List<String> polls = recordPolls();
    timer(Integer.MAX_VALUE + 5L, says("timer"));
    assertThat(loop.run(RunMode.ONCE)).isTrue();
    assertThat(log).isEmpty();
    assertThat(polls).containsExactly("2147483647 NEXT_TIMER");
    assertThat(loop.now()).isEqualTo(1000 + 2147483647L);
  }

  @Test
  void onceDoesNotWaitIfAnIdleHandleWasActiveWhenItBegan() {
    List<String> polls = recordPolls();
    timer(50, says("timer"));
    IdleHandle idle = IdleHandle.init(loop);
    idle.start(IdleHandle::stop);
    loop.run(RunMode.ONCE);
    assertThat(idle.isActive()).isFalse();
    assertThat(polls).containsExactly("0 BUSY_AT_START");
    assertThat(log).isEmpty();
  }

  @Test
  void onceDoesNotWaitIfAWatcherWasFedWhenItBegan() {
    List<String> polls = recordPolls();
    timer(50, says("timer"));
    watcher(says("fed")).feed();
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("0 BUSY_AT_START");
    assertThat(log).containsExactly("fed");
  }

  @Test
  void defaultWaitsAlthoughAnIdleHandleWasActiveWhenTheIterationBegan() {
    List<String> polls = recordPolls();
    timer(50, says("timer"));
    IdleHandle.init(loop).start(IdleHandle::stop);
    loop.run(RunMode.DEFAULT);
    assertThat(polls).containsExactly("50 NEXT_TIMER");
    assertThat(log).containsExactly("timer");
  }

  @Test
  void nowaitNeverWaits() {
    List<String> polls = recordPolls();
    timer(50, says("timer"));
    quietPoll();
    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    assertThat(polls).containsExactly("0 NOWAIT");
    assertThat(loop.now()).isEqualTo(1000);
  }

  @Test
  void whatAnEarlierPhaseStartsALaterOneRunsInTheSameIteration() {
    readyPoll(
        poll -> {
          log.add("poll");
          check(says("check"));
        });
    idle(
        () -> {
          log.add("idle");
          prepare(says("prepare"));
        });
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("idle", "prepare", "poll", "check");
  }

  @Test
  void anIdleHandleStartedInPrepareKeepsThisPollFromWaitingAndRunsInTheNextIteration() {
    List<String> polls = recordPolls();
    timer(50, says("timer"));
    IdleHandle idle = IdleHandle.init(loop);
    prepare(
        () -> {
          log.add("prepare");
          idle.start(handle -> log.add("idle"));
        });
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("prepare");
    assertThat(polls).containsExactly("0 IDLE");
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("prepare", "idle", "prepare");
  }

  @Test
  void onceReckonsItsWaitFromTheTimeOfTheLastUpdate() {
    List<String> polls = recordPolls();
    timer(100, says("timer"));
    clock.advance(60);
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("100 NEXT_TIMER");
    assertThat(loop.now()).isEqualTo(1160);
    assertThat(log).containsExactly("timer");
  }

  @Test
  void defaultRefreshesTheTimeBeforeItReckonsItsWait() {
    List<String> polls = recordPolls();
    timer(100, says("timer"));
    clock.advance(60);
    loop.run(RunMode.DEFAULT);
    assertThat(polls).containsExactly("40 NEXT_TIMER");
    assertThat(loop.now()).isEqualTo(1100);
  }

  @ParameterizedTest
  @EnumSource(names = {"ONCE", "NOWAIT"})
  void theOtherModesDoNotRefreshTheTimeWhenTheyBegin(RunMode mode) {
    prepare(() -> log.add("prepare at " + loop.now()));
    check(() -> log.add("check at " + loop.now()));
    clock.advance(60);
    loop.run(mode == RunMode.ONCE ? onceWithoutWaiting() : mode);
    assertThat(log).containsExactly("prepare at 1000", "check at 1060");
  }

  private RunMode onceWithoutWaiting() {
    idle(() -> {});
    return RunMode.ONCE;
  }

  @ParameterizedTest
  @EnumSource
  void aRunOfALoopThatIsNotAliveRefreshesTheTimeAndCallsNothing(RunMode mode) {
    List<String> polls = recordPolls();
    check(says("check")).unref();
    clock.advance(60);
    assertThat(loop.now()).isEqualTo(1000);
    assertThat(loop.run(mode)).isFalse();
    assertThat(loop.now()).isEqualTo(1060);
    assertThat(log).isEmpty();
    assertThat(polls).isEmpty();
  }

  @Test
  void whatIsFedWhilePendingWatchersRunAfterThePollRunsUpToEightTimes() {
    class Feeding {
      private final IoWatcher watcher = watcher(this::called);
      private int calls;

      private void called() {
        calls++;
        watcher.feed();
      }
    }

    Feeding feeding = new Feeding();
    feeding.watcher.feed();
    loop.run(RunMode.NOWAIT);
    assertThat(feeding.calls).isEqualTo(1 + PendingPhase.PASSES_AFTER_POLL);
    loop.run(RunMode.NOWAIT);
    assertThat(feeding.calls).isEqualTo(2 * (1 + PendingPhase.PASSES_AFTER_POLL));
    feeding.watcher.close();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void aFedWatcherIsCalledOnceAndAsWritable() {
    IoWatcher watcher =
        new IoWatcher(loop, new Object(), (fed, events) -> log.add("events " + events));
    watcher.feed();
    watcher.feed();
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("events " + IoWatcher.WRITABLE);
  }

  @Test
  void feedingAFedWatcherAgainLeavesItInItsPlace() {
    IoWatcher first = watcher(says("first"));
    first.feed();
    watcher(says("second")).feed();
    first.feed();
    loop.run();
    assertThat(log).containsExactly("first", "second");
  }

  @Test
  void fedWatchersAreCalledInTheOrderOfFeedingButNotOnesClosedMeanwhile() {
    IoWatcher closed = watcher(says("closed"));
    watcher(
            () -> {
              log.add("first");
              closed.close();
            })
        .feed();
    closed.feed();
    watcher(says("third")).feed();
    loop.run();
    assertThat(log).containsExactly("first", "third");
  }
}
