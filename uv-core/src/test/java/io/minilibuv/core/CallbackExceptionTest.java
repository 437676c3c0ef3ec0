// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a callback that throws does: it leaves {@code run} at once, and what was not called yet is
 * called by the next {@code run}. C has no counterpart.
 */
class CallbackExceptionTest extends LoopFixture {

  private static final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1;

    Boom(String where) {
      super(where);
    }
  }

  /** Logs its name, and throws: the first time only. */
  private Runnable throwsOnce(String name) {
    boolean[] thrown = new boolean[1];
    return () -> {
      log.add(name);
      if (!thrown[0]) {
        thrown[0] = true;
        throw new Boom(name);
      }
    };
  }

  private void runThrows(RunMode mode, String where) {
    assertThatExceptionOfType(Boom.class).isThrownBy(() -> loop.run(mode)).withMessage(where);
  }

  private List<String> next(RunMode mode) {
    log.clear();
    loop.run(mode);
    return new ArrayList<>(log);
  }

  @Test
  void aTimerThatThrowsLeavesTheOtherDueOnesToTheNextRun() {
    timer(10, throwsOnce("a"));
    timer(10, says("b"));
    TimerHandle repeating = timer(10, 10, says("c"));
    TimerHandle stopped = timer(10, says("stopped meanwhile"));
    clock.advance(10);
    runThrows(RunMode.NOWAIT, "a");
    assertThat(log).containsExactly("a");
    assertThat(repeating.isActive()).isTrue();
    assertThat(repeating.dueIn()).isEqualTo(0);
    assertThat(loop.activeHandles).isEqualTo(3);
    stopped.stop();
    assertThat(next(RunMode.NOWAIT)).containsExactly("b", "c");
    assertThat(repeating.dueIn()).isEqualTo(10);
    assertThat(loop.activeHandles).isEqualTo(1);
  }

  @Test
  void oneThatAlwaysThrowsKeepsThePhasesBehindItsOwnFromTheirTurnAndNotItsSiblings() {
    idle(says("before"));
    prepare(says("sibling"));
    prepare(
        () -> {
          log.add("thrower");
          throw new Boom("always");
        });
    check(says("behind"));
    for (int i = 0; i < 4; i++) {
      runThrows(RunMode.DEFAULT, "always");
    }
    assertThat(log)
        .containsExactly(
            "before", "thrower", "before", "sibling", "thrower", "before", "sibling", "thrower",
            "before", "sibling", "thrower");
  }

  @Test
  void aTimerThatThrowsInTheFirstTimerPassLeavesTheOthersToTheNextRun() {
    prepare(says("prepare"));
    timer(0, throwsOnce("a"));
    timer(0, () -> loop.stop());
    timer(0, says("c"));
    runThrows(RunMode.DEFAULT, "a");
    assertThat(log).containsExactly("a");
    assertThat(next(RunMode.DEFAULT)).containsExactly("c");
  }

  @Test
  void aTimerThatThrewIsDoneAndARepeatingOneGoesOn() {
    TimerHandle single = timer(0, throwsOnce("single"));
    runThrows(RunMode.NOWAIT, "single");
    assertThat(single.isActive()).isFalse();
    TimerHandle repeating = timer(0, 10, throwsOnce("repeating"));
    runThrows(RunMode.NOWAIT, "repeating");
    assertThat(repeating.dueIn()).isEqualTo(10);
    assertThat(next(RunMode.ONCE)).containsExactly("repeating");
  }

  @Test
  void timersThatWerePutBackKeepTheirOrderBeforeLaterOnes() {
    timer(10, throwsOnce("a"));
    timer(10, says("b"));
    timer(10, says("c"));
    clock.advance(10);
    runThrows(RunMode.NOWAIT, "a");
    timer(0, says("d"));
    assertThat(next(RunMode.NOWAIT)).containsExactly("b", "c", "d");
  }

  @ParameterizedTest
  @EnumSource
  void aLoopWatcherThatThrowsLeavesTheOthersToTheNextPassAndComesAfterThem(
      LoopWatcherSemanticsTest.Kind kind) {
    LoopWatcher<?> stopped = kind.started(loop, says("stopped meanwhile"));
    kind.started(loop, says("a"));
    kind.started(loop, says("b"));
    kind.started(loop, throwsOnce("c"));
    kind.started(loop, says("d"));
    runThrows(RunMode.NOWAIT, "c");
    assertThat(log).containsExactly("d", "c");
    stopped.stop();
    assertThat(next(RunMode.NOWAIT)).containsExactly("b", "a", "d", "c");
  }

  @Test
  void aFedWatcherThatThrowsLeavesTheOthersToTheNextRunBeforeThoseFedLater() {
    Runnable boom = throwsOnce("a");
    IoWatcher fedByFirst = watcher(says("fed by a"));
    watcher(
            () -> {
              fedByFirst.feed();
              boom.run();
            })
        .feed();
    watcher(says("b")).feed();
    watcher(says("c")).feed();
    runThrows(RunMode.NOWAIT, "a");
    assertThat(loop.isAlive()).isTrue();
    assertThat(next(RunMode.NOWAIT)).containsExactly("b", "c", "fed by a");
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void aPollHandleThatThrowsLeavesTheOthersOfItsBatchReady() {
    readyPoll(poll -> throwsIfFirst("x"));
    readyPoll(poll -> throwsIfFirst("y"));
    assertThatExceptionOfType(Boom.class).isThrownBy(() -> loop.run(RunMode.NOWAIT));
    assertThat(log).hasSize(1);
    assertThat(loop.metrics().events()).isEqualTo(1);
    assertThat(next(RunMode.NOWAIT)).containsExactlyInAnyOrder("x", "y");
    assertThat(loop.metrics().events()).isEqualTo(3);
  }

  private boolean thrown;

  private void throwsIfFirst(String name) {
    log.add(name);
    if (!thrown) {
      thrown = true;
      throw new Boom(name);
    }
  }

  @Test
  void aCloseCallbackThatThrowsLeavesTheRestOfTheStackToTheNextRun() {
    IdleHandle.init(loop).close(closed -> log.add("a"));
    IdleHandle.init(loop).close(closed -> log.add("b"));
    Runnable boom = throwsOnce("c");
    IdleHandle thrower = IdleHandle.init(loop);
    thrower.close(closed -> boom.run());
    IdleHandle.init(loop)
        .close(
            closed -> {
              log.add("d");
              IdleHandle.init(loop).close(inner -> log.add("closed by d"));
            });
    runThrows(RunMode.NOWAIT, "c");
    assertThat(log).containsExactly("d", "c");
    assertThat(loop.isAlive()).isTrue();
    assertThat(next(RunMode.NOWAIT)).containsExactly("b", "a", "closed by d");
    assertThat(loop.run()).isFalse();
    loop.close();
  }

  @Test
  void aVisitorThatThrowsLeavesEveryHandleInItsPlace() {
    List<Handle> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(TimerHandle.init(loop));
    }
    int[] visited = new int[1];
    assertThatExceptionOfType(Boom.class)
        .isThrownBy(
            () ->
                loop.walk(
                    handle -> {
                      if (++visited[0] == 2) {
                        throw new Boom("visitor");
                      }
                    }));
    List<Handle> walked = new ArrayList<>();
    loop.walk(walked::add);
    assertThat(walked).isEqualTo(all);
  }

  @Test
  void aRequestThatThrowsIsDone() {
    TestRequest request = new TestRequest(loop).submit();
    idle(
        () ->
            request.answer(
                answered -> {
                  throw new Boom("request");
                }));
    runThrows(RunMode.NOWAIT, "request");
    assertThat(request.isActive()).isFalse();
  }

  @Test
  void aLoopWhoseCallbackThrewIsNotBeingRun() {
    timer(0, throwsOnce("timer"));
    runThrows(RunMode.NOWAIT, "timer");
    assertThat(loop.run()).isFalse();
    loop.shutdown();
  }

  @Test
  void anExceptionEndsTheRunAndClearsTheStopFlag() {
    idle(
        () -> {
          log.add("idle");
          loop.stop();
        });
    prepare(throwsOnce("prepare"));
    check(says("check"));
    runThrows(RunMode.DEFAULT, "prepare");
    assertThat(log).containsExactly("idle", "prepare");
    assertThat(next(RunMode.NOWAIT)).containsExactly("idle", "prepare", "check");
  }

  @Test
  void errorsAndCheckedExceptionsLeaveAsTheyAre() {
    timer(
        0,
        () -> {
          throw new StackOverflowError("error");
        });
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT))
        .isInstanceOf(StackOverflowError.class)
        .hasMessage("error");
    timer(0, () -> sneak(new IOException("checked")));
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT))
        .isInstanceOf(IOException.class)
        .hasMessage("checked");
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void withAHandlerTheLoopGoesOn() {
    List<EventSource> sources = new ArrayList<>();
    loop.setExceptionHandler(
        (source, thrown) -> {
          sources.add(source);
          log.add("handled " + thrown.getMessage());
        });
    TimerHandle timer = timer(0, throwsOnce("timer"));
    timer(0, says("second timer"));
    IdleHandle second = idle(says("second idle"));
    IdleHandle idle = idle(throwsOnce("idle"));
    CheckHandle check =
        check(
            () -> {
              log.add("check");
              throw new Boom("check");
            });
    Runnable polled = throwsOnce("poll");
    PollHandle poll = readyPoll(handle -> polled.run());
    Runnable inClose = throwsOnce("closed");
    PrepareHandle closing = PrepareHandle.init(loop);
    closing.close(handle -> inClose.run());

    loop.run(RunMode.NOWAIT);

    assertThat(log)
        .containsExactly(
            "idle",
            "handled idle",
            "second idle",
            "poll",
            "handled poll",
            "check",
            "handled check",
            "closed",
            "handled closed",
            "timer",
            "handled timer",
            "second timer");
    assertThat(sources).containsExactly(idle, poll, check, closing, timer);
    assertThat(second.isActive()).isTrue();
  }

  @Test
  void withAHandlerARequestsExceptionIsHandledToo() {
    List<EventSource> sources = new ArrayList<>();
    loop.setExceptionHandler((source, thrown) -> sources.add(source));
    TestRequest request = new TestRequest(loop).submit();
    request.answer(
        answered -> {
          throw new Boom("request");
        });
    assertThat(sources).containsExactly(request);
  }

  @Test
  void whatTheHandlerThrowsLeavesRun() {
    loop.setExceptionHandler(
        (source, thrown) -> {
          throw new Boom("handler, after " + thrown.getMessage());
        });
    timer(0, throwsOnce("a"));
    timer(0, says("b"));
    runThrows(RunMode.NOWAIT, "handler, after a");
    assertThat(next(RunMode.NOWAIT)).containsExactly("b");
  }

  @Test
  void withoutItsHandlerTheLoopThrowsAgain() {
    loop.setExceptionHandler((source, thrown) -> log.add("handled"));
    loop.setExceptionHandler(null);
    timer(0, throwsOnce("a"));
    runThrows(RunMode.NOWAIT, "a");
    assertThat(log).containsExactly("a");
  }

  @Test
  void theHandlerMayStopTheLoop() {
    loop.setExceptionHandler((source, thrown) -> loop.stop());
    idle(
        () -> {
          log.add("idle");
          throw new Boom("idle");
        });
    assertThat(loop.run(RunMode.DEFAULT)).isTrue();
    assertThat(log).containsExactly("idle");
  }

  @Test
  void theObserverSeesThatCallbackAndPhaseEnd() {
    List<String> seen = new ArrayList<>();
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void phaseBegin(Loop loop, LoopPhase phase) {
            seen.add("begin " + phase);
          }

          @Override
          public void phaseEnd(Loop loop, LoopPhase phase) {
            seen.add("end " + phase);
          }

          @Override
          public void callbackBegin(Loop loop, EventSource source) {
            seen.add("call");
          }

          @Override
          public void callbackEnd(Loop loop, EventSource source) {
            seen.add("return");
          }
        });
    prepare(throwsOnce("prepare"));
    prepare(says("first"));
    runThrows(RunMode.NOWAIT, "prepare");
    assertThat(seen)
        .containsExactly(
            "begin PENDING",
            "end PENDING",
            "begin IDLE",
            "end IDLE",
            "begin PREPARE",
            "call",
            "return",
            "call",
            "return",
            "end PREPARE");
  }

  @Test
  void anObserverThatThrowsEndsTheRun() {
    idle(says("idle"));
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void callbackBegin(Loop loop, EventSource source) {
            throw new Boom("observer");
          }
        });
    runThrows(RunMode.NOWAIT, "observer");
    loop.setObserver(null);
    assertThat(next(RunMode.NOWAIT)).containsExactly("idle");
  }
}
