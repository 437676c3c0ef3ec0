// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of liveness, of how long the loop waits, and of its clock. */
class TimeoutSemanticsTest extends LoopFixture {

  /** Has the poller told of all changes, as after any iteration. */
  private void poll() {
    IdleHandle idle = idle(() -> {});
    loop.run(RunMode.NOWAIT);
    idle.close();
    loop.run(RunMode.NOWAIT);
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void aFreshLoopIsNotAlive() {
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void anActiveAndRefdHandleIsAlive() {
    TimerHandle timer = timer(50, () -> {});
    assertThat(loop.isAlive()).isTrue();
    timer.unref();
    assertThat(loop.isAlive()).isFalse();
    timer.ref();
    assertThat(loop.isAlive()).isTrue();
    timer.stop();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void anActiveRequestIsAlive() {
    TestRequest request = new TestRequest(loop);
    assertThat(loop.isAlive()).isFalse();
    request.submit();
    assertThat(loop.isAlive()).isTrue();
    request.answer(answered -> log.add("alive in its callback: " + loop.isAlive()));
    assertThat(log).containsExactly("alive in its callback: false");
  }

  @Test
  void aFedWatcherIsAlive() {
    IoWatcher watcher = watcher(() -> {});
    watcher.feed();
    assertThat(loop.isAlive()).isTrue();
    loop.run();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void aHandleThatWaitsForItsCloseCallbackIsAliveEvenUnrefd() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.unref();
    timer.close(closed -> log.add("alive in its close callback: " + loop.isAlive()));
    assertThat(loop.isAlive()).isTrue();
    loop.run();
    assertThat(log).containsExactly("alive in its close callback: false");
  }

  @Test
  void theWaitIsTheTimeToTheNearestTimer() {
    poll();
    timer(70, () -> {});
    timer(50, () -> {});
    assertThat(loop.backendTimeout()).isEqualTo(50);
  }

  @Test
  void theWaitIsWithoutEndIfThereIsNoTimer() {
    poll();
    new TestRequest(loop).submit().answer(request -> {});
    TestHandle handle = new TestHandle(loop).start();
    assertThat(loop.backendTimeout()).isEqualTo(-1);
    handle.close();
  }

  @Test
  void anActiveRequestIsWaitedFor() {
    poll();
    TestRequest request = new TestRequest(loop).submit();
    assertThat(loop.backendTimeout()).isEqualTo(-1);
    request.answer(answered -> {});
    assertThat(loop.backendTimeout()).isEqualTo(0);
  }

  @Test
  void stopMakesTheWaitNothing() {
    poll();
    timer(50, () -> {});
    loop.stop();
    assertThat(loop.backendTimeout()).isEqualTo(0);
    loop.run(RunMode.NOWAIT);
    assertThat(loop.backendTimeout()).isEqualTo(50);
  }

  @Test
  void nothingActiveMakesTheWaitNothing() {
    poll();
    timer(50, () -> {}).unref();
    assertThat(loop.backendTimeout()).isEqualTo(0);
  }

  @Test
  void aFedWatcherMakesTheWaitNothing() {
    poll();
    timer(50, () -> {});
    IoWatcher watcher = watcher(() -> {});
    watcher.feed();
    assertThat(loop.backendTimeout()).isEqualTo(0);
    watcher.close();
    assertThat(loop.backendTimeout()).isEqualTo(50);
  }

  @Test
  void aClosingHandleMakesTheWaitNothing() {
    poll();
    timer(50, () -> {});
    TimerHandle.init(loop).close();
    assertThat(loop.backendTimeout()).isEqualTo(0);
    loop.run(RunMode.NOWAIT);
    assertThat(loop.backendTimeout()).isEqualTo(50);
  }

  @Test
  void anIdleHandleMakesTheWaitNothingEvenUnrefd() {
    poll();
    timer(50, says("timer"));
    idle(() -> {}).unref();
    assertThat(loop.backendTimeout()).isEqualTo(0);
    List<String> polls = recordPolls();
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("0 BUSY_AT_START");
    assertThat(log).isEmpty();
  }

  @Test
  void prepareAndCheckHandlesDoNotKeepTheLoopFromWaiting() {
    poll();
    prepare(() -> {});
    check(() -> {});
    assertThat(loop.backendTimeout()).isEqualTo(-1);
  }

  @Test
  void anUnrefdTimerBoundsTheWaitOfALoopThatSomethingElseKeepsAlive() {
    List<String> polls = recordPolls();
    quietPoll();
    timer(50, says("timer")).unref();
    assertThat(loop.run(RunMode.ONCE)).isTrue();
    assertThat(polls).containsExactly("50 NEXT_TIMER");
    assertThat(log).containsExactly("timer");
    assertThat(loop.now()).isEqualTo(1050);
  }

  @Test
  void anOverdueTimerMakesTheWaitNothing() {
    poll();
    timer(50, () -> {});
    clock.advance(60);
    loop.updateTime();
    assertThat(loop.backendTimeout()).isEqualTo(0);
  }

  @Test
  void theWaitIsAtMostIntMax() {
    poll();
    TimerHandle timer = timer(Integer.MAX_VALUE, () -> {});
    assertThat(loop.backendTimeout()).isEqualTo(Integer.MAX_VALUE);
    timer.start(handle -> {}, Integer.MAX_VALUE - 1L, 0);
    assertThat(loop.backendTimeout()).isEqualTo(Integer.MAX_VALUE - 1);
    timer.start(handle -> {}, Integer.MAX_VALUE + 1L, 0);
    assertThat(loop.backendTimeout()).isEqualTo(Integer.MAX_VALUE);
    timer.start(handle -> {}, Long.MIN_VALUE, 0);
    assertThat(loop.backendTimeout()).isEqualTo(Integer.MAX_VALUE);
    timer.start(handle -> {}, -1, 0);
    assertThat(loop.backendTimeout()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void theWaitReadsNothingBeforeTheFirstPoll() {
    timer(50, () -> {});
    assertThat(loop.backendTimeout()).isEqualTo(0);
    loop.run(RunMode.NOWAIT);
    assertThat(loop.backendTimeout()).isEqualTo(50);
  }

  @Test
  void theWaitReadsNothingWhileThePollerHasNotBeenToldOfAWatcher() {
    poll();
    PollHandle poll = quietPoll();
    assertThat(loop.backendTimeout()).isEqualTo(0);
    loop.run(RunMode.NOWAIT);
    assertThat(loop.backendTimeout()).isEqualTo(-1);
    poll.start(PollHandle.READABLE | PollHandle.DISCONNECT, (handle, status, events) -> {});
    assertThat(loop.backendTimeout()).isEqualTo(0);
    loop.run(RunMode.NOWAIT);
    assertThat(loop.backendTimeout()).isEqualTo(-1);
  }

  @Test
  void theTimeIsRefreshedAfterThePollAlsoIfThatDidNotWait() {
    prepare(() -> clock.advance(7));
    check(() -> log.add("check at " + loop.now()));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("check at 1007");
  }

  @Test
  void theTimeIsRefreshedBeforeTheTimersOfAnIteration() {
    timer(5, () -> log.add("timer at " + loop.now()));
    check(() -> clock.advance(9));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("timer at 1009");
  }

  @Test
  void theTimeIsNotRefreshedBetweenCallbacks() {
    for (int i = 0; i < 2; i++) {
      prepare(
          () -> {
            log.add("prepare at " + loop.now());
            clock.advance(10);
          });
    }
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("prepare at 1000", "prepare at 1000");
    assertThat(loop.now()).isEqualTo(1020);
  }

  @Test
  void updateTimeRefreshesTheTime() {
    clock.advanceNanos(4_999_999);
    assertThat(loop.now()).isEqualTo(1000);
    loop.updateTime();
    assertThat(loop.now()).isEqualTo(1004);
  }

  @ParameterizedTest
  @EnumSource
  void theStopFlagLastsUntilARunEnds(RunMode mode) {
    loop.stop();
    timer(0, says("timer"));
    loop.updateTime();
    assertThat(loop.backendTimeout()).isEqualTo(0);
    assertThat(loop.run(mode)).isTrue();
    assertThat(log).isEmpty();
    loop.run(mode);
    assertThat(log).containsExactly("timer");
  }
}
