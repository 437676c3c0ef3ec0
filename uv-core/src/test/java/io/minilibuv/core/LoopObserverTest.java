// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an observer sees: every event of small programs, in its place. */
class LoopObserverTest extends LoopFixture {
  private final List<String> seen = new ArrayList<>();
  private final Map<EventSource, String> names = new HashMap<>();

  private <S extends EventSource> S named(String name, S source) {
    names.put(source, name);
    return source;
  }

  private final class Recorder implements LoopObserver {
    @Override
    public void phaseBegin(Loop observed, LoopPhase phase) {
      assertThat(observed).isSameAs(loop);
      seen.add(phase + " {");
    }

    @Override
    public void phaseEnd(Loop observed, LoopPhase phase) {
      assertThat(observed).isSameAs(loop);
      seen.add("} " + phase);
    }

    @Override
    public void callbackBegin(Loop observed, EventSource source) {
      assertThat(observed).isSameAs(loop);
      seen.add("call " + names.get(source));
    }

    @Override
    public void callbackEnd(Loop observed, EventSource source) {
      assertThat(observed).isSameAs(loop);
      seen.add("return of " + names.get(source));
    }

    @Override
    public void pollEnter(Loop observed, long timeoutMillis, PollReason why) {
      assertThat(observed).isSameAs(loop);
      seen.add("poll " + timeoutMillis + " " + why);
    }

    @Override
    public void pollReturn(Loop observed, int ready) {
      assertThat(observed).isSameAs(loop);
      seen.add("ready " + ready);
    }
  }

  @Test
  void aTimerProgramIsSeenFromBeginningToEnd() {
    TimerHandle timer = named("timer", TimerHandle.init(loop));
    timer.start(handle -> handle.close(closed -> {}), 5, 0);
    loop.setObserver(new Recorder());

    loop.run();

    assertThat(seen)
        .containsExactly(
            "TIMERS {",
            "} TIMERS",
            // The first iteration waits for the timer, which closes itself.
            "PENDING {",
            "} PENDING",
            "IDLE {",
            "} IDLE",
            "PREPARE {",
            "} PREPARE",
            "POLL {",
            "poll 5 NEXT_TIMER",
            "ready 0",
            "} POLL",
            "CHECK {",
            "} CHECK",
            "CLOSING {",
            "} CLOSING",
            "TIMERS {",
            "call timer",
            "return of timer",
            "} TIMERS",
            // The second one finishes the close.
            "PENDING {",
            "} PENDING",
            "IDLE {",
            "} IDLE",
            "PREPARE {",
            "} PREPARE",
            "POLL {",
            "poll 0 NOTHING_ACTIVE",
            "ready 0",
            "} POLL",
            "CHECK {",
            "} CHECK",
            "CLOSING {",
            "call timer",
            "return of timer",
            "} CLOSING",
            "TIMERS {",
            "} TIMERS");
  }

  @Test
  void everyKindOfCallbackIsSeenInItsPhase() {
    TestRequest request = named("request", new TestRequest(loop).submit());
    named("timer", timer(0, says("timer")));
    named("prepare", prepare(says("prepare")));
    named("check", check(says("check")));
    named("idle", idle(() -> request.answer(answered -> log.add("request"))));
    named("poll", readyPoll(poll -> watcher(says("fed")).feed()));
    named("closing", TimerHandle.init(loop)).close(closed -> log.add("closed"));
    loop.setObserver(new Recorder());

    loop.run(RunMode.NOWAIT);

    assertThat(seen)
        .containsExactly(
            "PENDING {",
            "} PENDING",
            "IDLE {",
            "call idle",
            "call request",
            "return of request",
            "return of idle",
            "} IDLE",
            "PREPARE {",
            "call prepare",
            "return of prepare",
            "} PREPARE",
            "POLL {",
            "poll 0 NOWAIT",
            "ready 1",
            "call poll",
            "return of poll",
            "} POLL",
            "PENDING {",
            "} PENDING",
            "CHECK {",
            "call check",
            "return of check",
            "} CHECK",
            "CLOSING {",
            "call closing",
            "return of closing",
            "} CLOSING",
            "TIMERS {",
            "call timer",
            "return of timer",
            "} TIMERS");
    assertThat(log).containsExactly("request", "prepare", "fed", "check", "closed", "timer");
  }

  @Test
  void aHandleWithoutACloseCallbackIsClosedUnseen() {
    TimerHandle.init(loop).close();
    loop.setObserver(new Recorder());
    loop.run();
    assertThat(seen).contains("CLOSING {").noneMatch(event -> event.startsWith("call"));
  }

  @Test
  void aLoopThatIsNotAliveShowsNothing() {
    loop.setObserver(new Recorder());
    loop.run();
    idle(() -> {});
    loop.stop();
    loop.run();
    assertThat(seen).isEmpty();
  }

  @Test
  void anObserverSeesNothingAfterItWasTakenAway() {
    LoopObserver observer = new Recorder();
    loop.setObserver(observer);
    assertThat(loop.observer()).isSameAs(observer);
    idle(() -> loop.setObserver(null));
    prepare(says("prepare"));
    loop.run(RunMode.NOWAIT);
    assertThat(loop.observer()).isNull();
    assertThat(seen)
        .containsExactly(
            "PENDING {", "} PENDING", "IDLE {", "call null", "return of null", "} IDLE");
    assertThat(log).containsExactly("prepare");
  }

  @Test
  void theMethodsOfAnObserverDoNothingByThemselves() {
    loop.setObserver(new LoopObserver() {});
    timer(5, says("timer"));
    loop.run();
    assertThat(log).containsExactly("timer");
  }

  @Test
  void everyPollReasonIsGivenForWhatItSays() {
    Map<PollReason, Long> timeouts = new EnumMap<>(PollReason.class);
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollEnter(Loop loop, long timeoutMillis, PollReason why) {
            timeouts.put(why, timeoutMillis);
          }
        });

    TimerHandle timer = timer(70, () -> {});
    assertReason(timeouts, PollReason.NOWAIT, 0, () -> loop.run(RunMode.NOWAIT));

    IdleHandle idle = IdleHandle.init(loop);
    idle.start(IdleHandle::stop);
    assertReason(timeouts, PollReason.BUSY_AT_START, 0, () -> loop.run(RunMode.ONCE));

    PrepareHandle stopping = prepare(() -> loop.stop());
    assertReason(timeouts, PollReason.STOPPED, 0, () -> loop.run(RunMode.ONCE));
    stopping.close();

    timer.unref();
    assertReason(timeouts, PollReason.NOTHING_ACTIVE, 0, () -> loop.run(RunMode.ONCE));
    timer.ref();

    IoWatcher fed = watcher(() -> {});
    PrepareHandle feeding = prepare(fed::feed);
    assertReason(timeouts, PollReason.PENDING, 0, () -> loop.run(RunMode.ONCE));
    feeding.stop();

    PrepareHandle starting = prepare(() -> idle.start(IdleHandle::stop));
    assertReason(timeouts, PollReason.IDLE, 0, () -> loop.run(RunMode.ONCE));
    starting.stop();
    idle.stop();

    feeding.close();
    assertReason(timeouts, PollReason.CLOSING, 0, () -> loop.run(RunMode.ONCE));

    assertReason(timeouts, PollReason.NEXT_TIMER, 70, () -> loop.run(RunMode.ONCE));
    assertThat(timer.isActive()).isFalse();

    PollHandle ready = readyPoll(PollHandle::stop);
    assertReason(timeouts, PollReason.NO_TIMER, -1, () -> loop.run(RunMode.ONCE));

    loop.configure(LoopOption.METRICS_IDLE_TIME);
    ready.start(PollHandle.READABLE, (handle, status, events) -> handle.stop());
    assertReason(timeouts, PollReason.LOOK, 0, () -> loop.run(RunMode.ONCE));

    assertThat(tried).containsExactlyInAnyOrder(PollReason.values());
  }

  private final Set<PollReason> tried = new TreeSet<>();

  private void assertReason(
      Map<PollReason, Long> timeouts, PollReason reason, long timeout, Runnable run) {
    timeouts.clear();
    run.run();
    assertThat(timeouts).containsExactly(Map.entry(reason, timeout));
    tried.add(reason);
  }
}
