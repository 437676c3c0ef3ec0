// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.EventSource;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.LeakCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callbacks that throw: nothing that was sent is lost, and nobody is passed over. */
@ExtendWith(LeakCheck.class)
class AsyncExceptionTest {
  private final WatchedBackend backend = new WatchedBackend();
  private final Loop loop = backend.openLoop();
  private final List<String> called = new ArrayList<>();
  private final Set<String> throwing = new HashSet<>();

  @AfterEach
  void shutDown() {
    throwing.clear();
    loop.shutdown();
  }

  /** A handle that throws if its name is among those. */
  private AsyncHandle named(String name) {
    return AsyncHandle.init(loop, handle -> call(name));
  }

  private void call(String name) {
    called.add(name);
    if (throwing.contains(name)) {
      throw new IllegalArgumentException(name);
    }
  }

  private void runThrowing(String name) {
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(name);
  }

  private static void sendTo(AsyncHandle... handles) {
    for (AsyncHandle handle : handles) {
      handle.send();
    }
  }

  @Test
  void theNextRunCallsThoseThatThePassHadNotComeTo() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    AsyncHandle c = named("c");
    throwing.add("a");
    sendTo(a, b, c);
    runThrowing("a");
    assertThat(called).containsExactly("a");

    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "c");
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "c");
  }

  @Test
  void theWakeUpIsGivenBackSoThatAWaitingRunReturns() {
    ManualClock clock = new ManualClock();
    try (Loop manual = Loop.open(new LoopOptions().clock(clock))) {
      TimerHandle timer = TimerHandle.init(manual);
      timer.start(handle -> call("timer"), 1000, 0);
      AsyncHandle a = AsyncHandle.init(manual, handle -> call("a"));
      AsyncHandle b = AsyncHandle.init(manual, handle -> call("b"));
      throwing.add("a");
      sendTo(a, b);
      assertThatThrownBy(() -> manual.run(RunMode.ONCE)).hasMessage("a");
      manual.run(RunMode.ONCE);
      assertThat(called).containsExactly("a", "b");
      manual.shutdown();
    }
  }

  @Test
  void laterSendsAreNotLostToABitThatStayedSet() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    throwing.add("a");
    sendTo(a, b);
    runThrowing("a");
    b.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b");
    b.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "b");
  }

  @Test
  void theUnvisitedComeBeforeTheOneThatHasThrown() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    AsyncHandle c = named("c");
    throwing.add("a");
    sendTo(a, b, c);
    runThrowing("a");
    throwing.clear();
    a.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "c", "a");
  }

  @Test
  void theOrderIsThatOfInitAgainAfterwards() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    AsyncHandle c = named("c");
    throwing.add("b");
    sendTo(a, b, c);
    runThrowing("b");
    throwing.clear();
    loop.run(RunMode.NOWAIT);
    called.clear();
    sendTo(c, b, a);
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "c");
  }

  @Test
  void eachOfManyThatThrowIsCalledOnce() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    AsyncHandle c = named("c");
    throwing.addAll(List.of("a", "b", "c"));
    sendTo(a, b, c);
    runThrowing("a");
    runThrowing("b");
    runThrowing("c");
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "c");
  }

  @Test
  void aHandleThatAlwaysThrowsDoesNotStarveThoseBehindIt() {
    AsyncHandle a =
        AsyncHandle.init(
            loop,
            handle -> {
              handle.send();
              call("a");
            });
    AsyncHandle b = named("b");
    throwing.add("a");
    sendTo(a, b);
    runThrowing("a");
    runThrowing("a");
    assertThat(called).containsExactly("a", "b", "a");
    b.send();
    runThrowing("a");
    runThrowing("a");
    assertThat(called).containsExactly("a", "b", "a", "b", "a", "a");
  }

  @Test
  void twoThatAlwaysThrowTakeTurns() {
    AsyncHandle a = AsyncHandle.init(loop, handle -> resendAndCall(handle, "a"));
    AsyncHandle b = AsyncHandle.init(loop, handle -> resendAndCall(handle, "b"));
    AsyncHandle c = named("c");
    throwing.addAll(List.of("a", "b"));
    sendTo(a, b, c);
    for (int i = 0; i < 6; i++) {
      assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).isInstanceOf(RuntimeException.class);
    }
    assertThat(called).containsExactly("a", "b", "c", "a", "b", "a", "b");
  }

  @Test
  void theLibrarysOwnHandleStarvesNobodyEither() {
    AsyncHandle own = InternalAsyncHandle.init(loop, handle -> resendAndCall(handle, "own"));
    AsyncHandle a = AsyncHandle.init(loop, handle -> resendAndCall(handle, "a"));
    AsyncHandle b = named("b");
    throwing.addAll(List.of("own", "a"));
    sendTo(own, a, b);
    runThrowing("own");
    runThrowing("a");
    runThrowing("own");
    assertThat(called).containsExactly("own", "a", "b", "own");
    throwing.clear();
    loop.run(RunMode.NOWAIT);
    called.clear();
    b.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("own", "a", "b");
  }

  private void resendAndCall(AsyncHandle handle, String name) {
    handle.send();
    call(name);
  }

  @Test
  void aSendIsNotForgottenWhileThoseBeforeItThrow() {
    AsyncHandle a = AsyncHandle.init(loop, handle -> resendAndCall(handle, "a"));
    AsyncHandle b = named("b");
    throwing.addAll(List.of("a", "b"));
    sendTo(a, b);
    runThrowing("a");
    runThrowing("b");
    runThrowing("a");
    assertThat(called).containsExactly("a", "b", "a");
  }

  @Test
  void noneIsCalledTwiceByOneWakeUp() {
    AsyncHandle a = named("a");
    AsyncHandle b =
        AsyncHandle.init(
            loop,
            handle -> {
              call("b");
              if (called.size() == 2) {
                handle.send();
                AsyncHandle.init(loop, made -> call("made")).send();
              }
            });
    throwing.add("a");
    sendTo(a, b);
    runThrowing("a");
    throwing.clear();
    a.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "a");
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "a", "b", "made");
  }

  @Test
  void aHandleThatIsClosedMeanwhileIsNotCalled() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    AsyncHandle c = named("c");
    throwing.add("a");
    sendTo(a, b, c);
    runThrowing("a");
    b.close();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "c");
  }

  @Test
  void aHandleMadeMeanwhileIsCalledInTheSamePoll() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    throwing.add("a");
    sendTo(a, b);
    runThrowing("a");
    named("made").send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "made");
  }

  @Test
  void ifNobodyIsLeftThereIsNoWakeUpTooMany() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    throwing.add("b");
    sendTo(a, b);
    runThrowing("b");
    assertThat(backend.wakeups).hasValue(2);
    loop.run(RunMode.NOWAIT);
    assertThat(loop.metrics().events()).isEqualTo(1);
  }

  @Test
  void whatIsMadeAfterAThrowIsStillTheLast() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    throwing.add("a");
    sendTo(a, b);
    runThrowing("a");
    AsyncHandle c = named("c");
    throwing.clear();
    loop.run(RunMode.NOWAIT);
    called.clear();
    sendTo(c, b, a);
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "c");
  }

  @Test
  void errorsAreNoExceptionToThis() {
    AsyncHandle a =
        AsyncHandle.init(
            loop,
            handle -> {
              called.add("a");
              throw new StackOverflowError("a");
            });
    AsyncHandle b = named("b");
    sendTo(a, b);
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).isInstanceOf(StackOverflowError.class);
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b");
  }

  @Test
  void anExceptionHandlerLetsThePassGoOn() {
    List<EventSource> sources = new ArrayList<>();
    loop.setExceptionHandler((source, thrown) -> sources.add(source));
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    AsyncHandle c = named("c");
    throwing.addAll(List.of("a", "b"));
    sendTo(c, b, a);
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "c");
    assertThat(sources).containsExactly(a, b);
    assertThat(backend.wakeups).hasValue(3);
  }
}
