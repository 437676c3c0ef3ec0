// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The poll phase by itself: what it asks the backend, how often, and whom it calls. */
class PollPhaseTest extends LoopFixture {
  private static final int IN = IoWatcher.READABLE;
  private static final int OUT = IoWatcher.WRITABLE;
  private static final int ERROR = IoWatcher.ERROR;
  private static final int HANGUP = IoWatcher.HANGUP;
  private static final int PRIORITIZED = IoWatcher.PRIORITIZED;

  private final FakePollBackend backend = (FakePollBackend) loop.poll.backend();
  private final List<String> polls = recordPolls();

  PollPhaseTest() {
    super(new LoopOptions().pollBackend(new FakePollBackend()));
  }

  private IoWatcher started(String name) {
    return started(IN, (watcher, events) -> log.add(name));
  }

  private IoWatcher started(int wanted, IoWatcher.Callback callback) {
    IoWatcher watcher = new IoWatcher(loop, new Object(), callback);
    watcher.start(wanted);
    return watcher;
  }

  private List<IoWatcher> started(int howMany) {
    List<IoWatcher> watchers = new ArrayList<>();
    for (int i = 0; i < howMany; i++) {
      watchers.add(started("called"));
    }
    return watchers;
  }

  /** A loop that waits for this in its poll. */
  private void waitFor(long millis) {
    timer(millis, () -> log.add("timer at " + loop.now()));
  }

  @Test
  void onePollIsAllThatAnIterationNeeds() {
    IoWatcher watcher = started("called");
    waitFor(100);
    backend.ready(watcher, IN);
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("called");
    assertThat(polls).containsExactly("100 NEXT_TIMER");
  }

  @Test
  void aBatchThatIsNotFullEndsThePhase() {
    started(ReadyEvents.CAPACITY - 1);
    waitFor(100);
    backend.everything().everything();
    loop.run(RunMode.ONCE);
    assertThat(log).hasSize(ReadyEvents.CAPACITY - 1);
    assertThat(polls).containsExactly("100 NEXT_TIMER");
    assertThat(backend.answersLeft()).isEqualTo(1);
  }

  @Test
  void aFullBatchIsFollowedByAnotherLookThatDoesNotWait() {
    List<IoWatcher> watchers = started(ReadyEvents.CAPACITY + 1);
    waitFor(100);
    backend.everything().ready(watchers.get(ReadyEvents.CAPACITY), IN);
    loop.run(RunMode.ONCE);
    assertThat(log).hasSize(ReadyEvents.CAPACITY + 1);
    assertThat(polls).containsExactly("100 NEXT_TIMER", "0 LOOK");
  }

  @Test
  void aFullBatchThatNothingFollowsEndsThePhaseWithoutAWait() {
    started(ReadyEvents.CAPACITY);
    waitFor(100);
    backend.everything();
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("100 NEXT_TIMER", "0 LOOK");
    assertThat(loop.now()).isEqualTo(1000);
  }

  /**
   * Runs once, where the system has told of a full batch and only {@code watcher} is watched still.
   */
  private void runWithFullBatchOf(IoWatcher watcher) {
    waitFor(100);
    backend.answer(
        (timeout, batch) -> {
          batch.add(watcher, IN);
          return ReadyEvents.CAPACITY;
        });
    loop.run(RunMode.ONCE);
  }

  /**
   * What the system has told is not always watched still; it may have more to tell all the same.
   */
  @Test
  void aBatchThatIsSaidToHaveBeenFullCountsAsFull() {
    runWithFullBatchOf(started("called"));
    assertThat(log).containsExactly("called");
    assertThat(polls).containsExactly("100 NEXT_TIMER", "0 LOOK");
  }

  @Test
  void afterFortyEightFullBatchesThePhaseMustEnd() {
    started(ReadyEvents.CAPACITY);
    check(says("check"));
    for (int i = 0; i < 60; i++) {
      backend.everything();
    }
    loop.run(RunMode.NOWAIT);
    assertThat(polls).hasSize(48).startsWith("0 NOWAIT").endsWith("0 LOOK");
    assertThat(backend.answersLeft()).isEqualTo(60 - 48);
    assertThat(log).hasSize(48 * ReadyEvents.CAPACITY + 1).endsWith("check");
  }

  @Test
  void anInterruptedWaitGoesOnForTheTimeThatIsLeft() {
    waitFor(100);
    for (int i = 0; i < 2; i++) {
      backend.answer(
          (timeout, batch) -> {
            clock.advance(30);
            return PollBackend.INTERRUPTED;
          });
    }
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("100 NEXT_TIMER", "70 NEXT_TIMER", "40 NEXT_TIMER");
    assertThat(log).containsExactly("timer at 1100");
  }

  @Test
  void anInterruptThatComesWhenTheTimeIsUpEndsTheWait() {
    waitFor(100);
    backend.answer(
        (timeout, batch) -> {
          clock.advance(130);
          return PollBackend.INTERRUPTED;
        });
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("100 NEXT_TIMER");
    assertThat(log).containsExactly("timer at 1130");
  }

  @Test
  void anInterruptedWaitWithoutEndGoesOnWithoutEnd() {
    IoWatcher watcher = started("called");
    TestHandle active = new TestHandle(loop).start();
    backend.interrupted().interrupted().ready(watcher, IN);
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("called");
    assertThat(polls).containsExactly("-1 NO_TIMER", "-1 NO_TIMER", "-1 NO_TIMER");
    active.close();
  }

  @Test
  void aPollThatDoesNotWaitIsNotRepeatedWhenInterrupted() {
    check(() -> {});
    backend.interrupted();
    loop.run(RunMode.NOWAIT);
    assertThat(polls).containsExactly("0 NOWAIT");
  }

  @Test
  void aBatchOfWhichNobodyIsCalledIsFollowedByTheRestOfTheWait() {
    IoWatcher watcher = started("called");
    waitFor(100);
    backend.answer(
        (timeout, batch) -> {
          clock.advance(30);
          batch.add(watcher, OUT);
          return 1;
        });
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("100 NEXT_TIMER", "70 NEXT_TIMER");
    assertThat(log).containsExactly("timer at 1100");
  }

  @Test
  void aBatchOfWhichNobodyIsCalledEndsAPollThatDoesNotWait() {
    IoWatcher watcher = started("called");
    check(() -> {});
    backend.ready(watcher, OUT);
    loop.run(RunMode.NOWAIT);
    assertThat(polls).containsExactly("0 NOWAIT");
    assertThat(log).isEmpty();
  }

  @Test
  void aTimeoutEndsThePhaseAlsoIfItCameEarly() {
    IoWatcher watcher = started("called");
    try (FakePollBackend other = new FakePollBackend();
        Loop early = Loop.open(new LoopOptions().pollBackend(other))) {
      TimerHandle timer = TimerHandle.init(early);
      timer.start(handle -> {}, 60_000, 0);
      assertThat(early.run(RunMode.ONCE)).isTrue();
      assertThat(other.timeouts).hasSize(1);
      timer.close();
      early.run();
    }
    watcher.stop(IN);
  }

  @Test
  void theSystemClocksLoopAsksItsBackendForTheWholeWait() {
    try (FakePollBackend other = new FakePollBackend();
        Loop real = Loop.open(new LoopOptions().pollBackend(other))) {
      TimerHandle timer = TimerHandle.init(real);
      timer.start(handle -> {}, 60_000, 0);
      real.run(RunMode.ONCE);
      assertThat(other.timeouts).containsExactly(60_000L);
      timer.close();
      real.run();
    }
  }

  @Test
  void aClockThatCannotSkipIsWaitedForAfterALook() {
    try (FakePollBackend other = new FakePollBackend();
        Loop manual = Loop.open(new LoopOptions().pollBackend(other).clock(() -> 5_000_000))) {
      TimerHandle timer = TimerHandle.init(manual);
      timer.start(handle -> {}, 60_000, 0);
      manual.run(RunMode.ONCE);
      assertThat(other.timeouts).containsExactly(0L, 60_000L);
      timer.close();
      manual.run();
    }
  }

  @Test
  void aClockThatCanSkipDoesSoOnlyIfNothingIsReady() {
    IoWatcher watcher = started("called");
    waitFor(100);
    backend.ready(watcher, IN);
    loop.run(RunMode.ONCE);
    assertThat(loop.now()).isEqualTo(1000);
    loop.run(RunMode.ONCE);
    assertThat(loop.now()).isEqualTo(1100);
    assertThat(log).containsExactly("called", "timer at 1100");
  }

  @Test
  void withIdleTimeMeasuredThePhaseLooksFirstAndThenWaits() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    waitFor(100);
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("0 LOOK", "100 NEXT_TIMER");
    assertThat(log).containsExactly("timer at 1100");
  }

  @Test
  void withIdleTimeMeasuredThePhaseDoesNotWaitIfALookFindsSomething() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    IoWatcher watcher = started("called");
    waitFor(100);
    backend.ready(watcher, IN);
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("0 LOOK");
    assertThat(log).containsExactly("called");
    assertThat(loop.metrics()).isEqualTo(new LoopMetrics(1, 1, 1));
  }

  @Test
  void withIdleTimeMeasuredAPollThatDoesNotWaitLooksOnce() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    check(() -> {});
    loop.run(RunMode.NOWAIT);
    assertThat(polls).containsExactly("0 LOOK");
  }

  @Test
  void aLookOfWhichNobodyIsCalledIsFollowedByTheWait() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    IoWatcher watcher = started("called");
    waitFor(100);
    backend.ready(watcher, OUT).interrupted();
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("0 LOOK", "100 NEXT_TIMER", "100 NEXT_TIMER");
  }

  @Test
  void onlyTheFirstLookCountsItsEventsAsWaiting() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    started(ReadyEvents.CAPACITY);
    check(() -> {});
    backend.everything().everything().nothing();
    loop.run(RunMode.ONCE);
    assertThat(polls).containsExactly("0 LOOK", "0 LOOK", "0 LOOK");
    assertThat(loop.metrics())
        .isEqualTo(new LoopMetrics(1, 2 * ReadyEvents.CAPACITY, ReadyEvents.CAPACITY));
  }

  @Test
  void theTimeIsRefreshedAfterEveryPollOfAPhase() {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < ReadyEvents.CAPACITY; i++) {
      started(IN, (watcher, events) -> times.add(loop.now()));
    }
    for (int i = 0; i < 2; i++) {
      backend.answer(
          (timeout, batch) -> {
            clock.advance(10);
            backend.registered.forEach(watcher -> batch.add(watcher, IN));
            return batch.size();
          });
    }
    check(() -> {});
    loop.run(RunMode.NOWAIT);
    assertThat(times).hasSize(2 * ReadyEvents.CAPACITY);
    assertThat(times).containsOnly(1010L, 1020L).isSorted();
  }

  @Test
  void theObserverIsToldHowManyAreReadyAlsoIfTheSystemHadMoreToTell() {
    List<Integer> seen = new ArrayList<>();
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollReturn(Loop loop, int ready) {
            seen.add(ready);
          }
        });
    runWithFullBatchOf(started("called"));
    assertThat(seen).containsExactly(1, 0);
  }

  @Test
  void theObserverIsToldOfEveryAnswer() {
    List<String> seen = new ArrayList<>();
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollEnter(Loop loop, long timeoutMillis, PollReason why) {
            seen.add("enter " + timeoutMillis);
          }

          @Override
          public void pollReturn(Loop loop, int ready) {
            seen.add("return " + ready + " at " + loop.now());
          }

          @Override
          public void callbackBegin(Loop loop, EventSource source) {
            seen.add("callback");
          }
        });
    IoWatcher first = started("called");
    IoWatcher second = started("called");
    waitFor(100);
    backend
        .interrupted()
        .answer(
            (timeout, batch) -> {
              clock.advance(40);
              batch.add(first, IN);
              batch.add(second, IN);
              return 2;
            });
    loop.run(RunMode.ONCE);
    assertThat(seen)
        .containsExactly("enter 100", "return 0 at 1000", "enter 100", "return 2 at 1040");
  }

  @ParameterizedTest
  @CsvSource({
    // wanted, ready, told
    "1, 1, 1",
    "1, 3, 1",
    "3, 3, 3",
    "15, 6, 6",
    "1, 16, 17",
    "3, 16, 19",
    "12, 32, 44",
    "2, 32, 34",
    "1, 17, 17",
    "1, 33, 33",
    "3, 33, 33",
    "1, 48, 48",
    "2, 18, 18",
    "2, 49, 48",
  })
  void aWatcherIsToldWhatItWantsAndOfErrorsWhichAloneStandForAllItWants(
      int wanted, int ready, int told) {
    List<Integer> seen = new ArrayList<>();
    IoWatcher watcher = started(wanted, (called, events) -> seen.add(events));
    backend.ready(watcher, ready);
    check(() -> {});
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly(told);
  }

  @ParameterizedTest
  @CsvSource({
    // wanted, ready, status is EBADF, events, still active
    "2, 32, false, 2, true",
    "1, 32, false, 1, true",
    "4, 32, false, 4, true",
    "3, 33, false, 1, true",
    "2, 16, true, 0, false",
    "3, 17, true, 0, false",
    "1, 48, true, 0, false",
    "8, 16, false, 8, true",
    "9, 24, false, 8, true",
    "1, 9, false, 1, true",
    "8, 8, false, 8, true",
    "15, 32, false, 15, true",
  })
  void aPollHandleIsToldOfHangupsAsWhatItWantsAndOfErrorsAsEbadf(
      int wanted, int ready, boolean broken, int events, boolean active) {
    PollHandle poll = PollHandle.init(loop, pipe().source());
    poll.start(wanted, (handle, status, told) -> log.add(status + " " + told));
    IoWatcher watcher = loop.poll.startedOn(poll.channel());
    backend.ready(watcher, ready);
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly((broken ? UvError.EBADF.code() : 0) + " " + events);
    assertEquals(active, poll.isActive());
    assertEquals(active, loop.isAlive());
    assertEquals(active, backend.registered.contains(watcher));
  }

  @Test
  void aBrokenPollHandleMayBeStartedAgain() {
    PollHandle poll = PollHandle.init(loop, pipe().source());
    poll.start(IN, (handle, status, told) -> log.add("broken " + (status < 0)));
    backend.ready(loop.poll.startedOn(poll.channel()), ERROR);
    loop.run(RunMode.NOWAIT);
    poll.start(IN | PRIORITIZED, (handle, status, told) -> log.add(status + " " + told));
    backend.ready(loop.poll.startedOn(poll.channel()), ERROR | HANGUP | IN);
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("broken true", UvError.EBADF.code() + " 0");
  }

  @Test
  void aWatcherThatACallbackStopsIsNotCalled() {
    IoWatcher[] second = new IoWatcher[1];
    IoWatcher first =
        started(
            IN,
            (watcher, events) -> {
              log.add("first");
              second[0].stop(IN);
            });
    second[0] = started("second");
    backend.answer(
        (timeout, batch) -> {
          batch.add(first, IN);
          batch.add(second[0], IN);
          return 2;
        });
    check(() -> {});
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("first");
    assertThat(loop.metrics().events()).isEqualTo(1);
  }

  @Test
  void aWatcherThatACallbackClosesIsNotCalledAlsoIfItIsStartedAnew() {
    IoWatcher[] second = new IoWatcher[1];
    IoWatcher first =
        started(
            IN,
            (watcher, events) -> {
              log.add("first");
              second[0].close();
              second[0].start(IN);
            });
    second[0] = started("second");
    backend.answer(
        (timeout, batch) -> {
          batch.add(first, IN);
          batch.add(second[0], IN);
          return 2;
        });
    check(() -> {});
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("first");
  }

  @Test
  void aWatcherIsToldOnlyWhatItStillWants() {
    IoWatcher[] second = new IoWatcher[1];
    IoWatcher first = started(IN, (watcher, events) -> second[0].stop(IN));
    second[0] = started(IN | OUT, (watcher, events) -> log.add("second " + events));
    backend.answer(
        (timeout, batch) -> {
          batch.add(first, IN);
          batch.add(second[0], IN | OUT);
          return 2;
        });
    check(() -> {});
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("second " + OUT);
  }

  @Test
  void theBackendIsToldOfChangesRightBeforeThePoll() {
    check(() -> {});
    IoWatcher watcher = started("called");
    assertThat(backend.told).isEmpty();
    loop.run(RunMode.NOWAIT);
    watcher.start(OUT);
    assertThat(backend.told).containsExactly("register 1");
    loop.run(RunMode.NOWAIT);
    watcher.stop(IN);
    loop.run(RunMode.NOWAIT);
    assertThat(backend.told).containsExactly("register 1", "modify 3", "modify 2");
  }

  @Test
  void theBackendIsToldAtOnceWhenAWatcherWantsNothingAnyMore() {
    check(() -> {});
    IoWatcher watcher = started("called");
    loop.run(RunMode.NOWAIT);
    watcher.stop(IN);
    assertThat(backend.told).containsExactly("register 1", "unregister");
    loop.run(RunMode.NOWAIT);
    watcher.start(IN);
    loop.run(RunMode.NOWAIT);
    assertThat(backend.told).containsExactly("register 1", "unregister", "register 1");
  }

  @Test
  void theBackendIsNotToldOfWhatChangedBack() {
    check(() -> {});
    IoWatcher brief = started("called");
    brief.stop(IN);
    loop.run(RunMode.NOWAIT);
    assertThat(backend.told).isEmpty();
    IoWatcher watcher = started("called");
    watcher.start(IN);
    loop.run(RunMode.NOWAIT);
    watcher.start(IN);
    watcher.stop(OUT);
    loop.run(RunMode.NOWAIT);
    assertThat(backend.told).containsExactly("register 1");
  }

  @Test
  void whatWasLetGoIsFlushedOnceBeforeTheCloseCallbacks() {
    PollHandle first = PollHandle.init(loop, pipe().source());
    PollHandle second = PollHandle.init(loop, pipe().source());
    first.close(closed -> log.add("first after " + backend.told));
    second.close(closed -> log.add("second after " + backend.told));
    loop.run();
    assertThat(log)
        .containsExactly(
            "second after [prepare, prepare, forget, forget, flush]",
            "first after [prepare, prepare, forget, forget, flush]");
    backend.told.clear();
    TimerHandle.init(loop).close();
    loop.run();
    assertThat(backend.told).isEmpty();
  }

  @Test
  void theLoopClosesItsBackend() {
    assertThat(backend.closed).isFalse();
    loop.close();
    assertThat(backend.closed).isTrue();
  }
}
