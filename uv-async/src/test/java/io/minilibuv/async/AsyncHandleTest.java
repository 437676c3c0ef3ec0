// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.Handle;
import io.minilibuv.core.HandleType;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopBusyException;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.core.WakeupChannel;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules of async handles that libuv's own tests do not pin. */
@ExtendWith(LeakCheck.class)
class AsyncHandleTest {
  private final WatchedBackend backend = new WatchedBackend();
  private final Loop loop = backend.openLoop();
  private final List<String> called = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  private AsyncHandle named(String name) {
    return AsyncHandle.init(loop, handle -> called.add(name));
  }

  @Test
  void oneChannelServesAllHandlesOfALoop() {
    assertThat(backend.opened).hasValue(0);
    AsyncHandle first = named("first");
    AsyncHandle second = named("second");
    assertThat(backend.opened).hasValue(1);
    first.close();
    second.close();
    loop.run();
    AsyncHandle third = named("third");
    third.send();
    loop.run(RunMode.ONCE);
    assertThat(backend.opened).hasValue(1);
    assertThat(called).containsExactly("third");
  }

  @Test
  void isActiveAndRefdFromInitToClose() {
    AsyncHandle handle = named("a");
    assertThat(handle.type()).isEqualTo(HandleType.ASYNC);
    assertThat(handle.isActive()).isTrue();
    assertThat(handle.hasRef()).isTrue();
    assertThat(loop.isAlive()).isTrue();
    handle.close();
    assertThat(handle.isActive()).isFalse();
    assertThat(handle.isClosing()).isTrue();
    assertThat(loop.run()).isFalse();
  }

  @Test
  void firesInTheOrderOfInitAndNotOfSend() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    AsyncHandle c = named("c");
    c.send();
    a.send();
    b.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b", "c");
  }

  @Test
  void onlyThoseSentToAreCalled() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    b.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("b");
    assertThat(a.isActive()).isTrue();
  }

  @Test
  void anyNumberOfSendsBeforeTheCallbackGiveOneCallAndOneWakeUp() {
    AsyncHandle a = named("a");
    for (int i = 0; i < 5; i++) {
      a.send();
    }
    loop.run(RunMode.NOWAIT);
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a");
    assertThat(backend.wakeups).hasValue(1);
  }

  @Test
  void aSendDuringTheCallbackBringsOneMoreInALaterPoll() {
    AsyncHandle a =
        AsyncHandle.init(
            loop,
            handle -> {
              called.add("a");
              if (called.size() == 1) {
                handle.send();
                handle.send();
              }
            });
    a.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a");
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "a");
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "a");
  }

  @Test
  void aHandleMadeByACallbackWaitsAndIsPlacedBeforeTheNotYetVisited() {
    List<AsyncHandle> made = new ArrayList<>();
    AsyncHandle a =
        AsyncHandle.init(
            loop,
            handle -> {
              called.add("a");
              if (made.isEmpty()) {
                made.add(named("made"));
                made.get(0).send();
              }
            });
    AsyncHandle b = named("b");
    a.send();
    b.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b");

    called.clear();
    b.send();
    a.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "made", "b");
  }

  @Test
  void anInternalHandleIsCalledBeforeAllOthersHoweverLateItWasMade() {
    AsyncHandle a = named("a");
    AsyncHandle internal = InternalAsyncHandle.init(loop, handle -> called.add("internal"));
    a.send();
    internal.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("internal", "a");
  }

  @Test
  void anInternalHandleMadeDuringAPassIsFirstToo() {
    List<AsyncHandle> made = new ArrayList<>();
    AsyncHandle a = named("a");
    AsyncHandle b =
        AsyncHandle.init(
            loop,
            handle -> {
              called.add("b");
              if (made.isEmpty()) {
                made.add(InternalAsyncHandle.init(loop, internal -> called.add("internal")));
                made.get(0).send();
              }
            });
    AsyncHandle c = named("c");
    b.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("b");
    called.clear();
    c.send();
    b.send();
    a.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("internal", "a", "b", "c");
  }

  @Test
  void anInternalHandleNeitherShowsNorKeepsTheLoop() {
    InternalAsyncHandle.init(loop, handle -> called.add("internal"));
    List<Handle> walked = new ArrayList<>();
    loop.walk(walked::add);
    assertThat(walked).isEmpty();
    assertThat(loop.isAlive()).isFalse();
    loop.close();
    assertThat(backend.wakeupsAfterClose).hasValue(0);
  }

  @Test
  void aHandleClosedByAnEarlierOneIsNotCalled() {
    List<AsyncHandle> later = new ArrayList<>();
    AsyncHandle a =
        AsyncHandle.init(
            loop,
            handle -> {
              called.add("a");
              later.get(0).close();
            });
    later.add(named("b"));
    AsyncHandle c = named("c");
    c.send();
    later.get(0).send();
    a.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "c");
  }

  @Test
  void aHandleThatClosesItselfIsCalledNoMore() {
    AsyncHandle a =
        AsyncHandle.init(
            loop,
            handle -> {
              called.add("a");
              handle.send();
              handle.close(closed -> called.add("closed"));
              handle.send();
            });
    a.send();
    assertThat(loop.run()).isFalse();
    assertThat(called).containsExactly("a", "closed");
  }

  @Test
  void aSendToAClosingHandleDoesNotWakeTheLoop() {
    AsyncHandle a = named("a");
    a.close();
    a.send();
    assertThat(backend.wakeups).hasValue(0);
    assertThat(loop.run()).isFalse();
    a.send();
    assertThat(backend.wakeups).hasValue(0);
    assertThat(called).isEmpty();
  }

  @Test
  void aSendToAHandleOfAClosedLoopDoesNothing() {
    AsyncHandle user = named("user");
    AsyncHandle internal = InternalAsyncHandle.init(loop, handle -> called.add("internal"));
    user.close();
    loop.run();
    loop.close();
    user.send();
    internal.send();
    assertThat(backend.wakeups).hasValue(0);
  }

  @Test
  void theWakeUpIsALatchApartFromThePendingFlags() {
    ManualClock clock = new ManualClock();
    try (Loop manual = Loop.open(new LoopOptions().clock(clock))) {
      TimerHandle timer = TimerHandle.init(manual);
      timer.start(handle -> called.add("timer"), 1000, 0);
      AsyncHandle async = AsyncHandle.init(manual, handle -> called.add("async"));
      CheckHandle check = CheckHandle.init(manual);
      check.start(
          handle -> {
            async.send();
            async.close();
            handle.close();
          });
      manual.run(RunMode.NOWAIT);
      long before = clock.nanoTime();
      manual.run(RunMode.ONCE);
      assertThat(clock.nanoTime()).isEqualTo(before);
      assertThat(called).isEmpty();

      manual.run(RunMode.ONCE);
      assertThat(called).containsExactly("timer");
      manual.shutdown();
    }
  }

  @Test
  void withoutAWakeUpTheSamePollWaits() {
    ManualClock clock = new ManualClock();
    try (Loop manual = Loop.open(new LoopOptions().clock(clock))) {
      TimerHandle timer = TimerHandle.init(manual);
      timer.start(handle -> called.add("timer"), 1000, 0);
      AsyncHandle async = AsyncHandle.init(manual, handle -> called.add("async"));
      CheckHandle check = CheckHandle.init(manual);
      check.start(
          handle -> {
            async.close();
            async.send();
            handle.close();
          });
      manual.run(RunMode.NOWAIT);
      manual.run(RunMode.ONCE);
      assertThat(called).containsExactly("timer");
      manual.shutdown();
    }
  }

  @Test
  void aNullCallbackStillMakesThePollReturn() {
    AsyncHandle silent = AsyncHandle.init(loop, null);
    AsyncHandle b = named("b");
    silent.send();
    loop.run(RunMode.ONCE);
    assertThat(called).isEmpty();
    silent.send();
    b.send();
    loop.run(RunMode.ONCE);
    assertThat(called).containsExactly("b");
    assertThat(backend.wakeups).hasValue(3);
  }

  /** On the channel that every loop has by default: a pipe, which holds some 64 KiB. */
  @Test
  void aSenderNeverBlocksHoweverManyWakeUpsWereNotDrained() {
    AsyncHandle a = named("a");
    for (int i = 0; i < 200_000; i++) {
      a.send();
      a.deliver();
    }
    assertThat(backend.wakeups).hasValue(200_000);
    called.clear();
    a.send();
    loop.run(RunMode.ONCE);
    assertThat(called).containsExactly("a");
  }

  @Test
  void theLoopCannotBeClosedBeforeTheHandle() {
    AsyncHandle a = named("a");
    assertThatThrownBy(loop::close)
        .isInstanceOf(LoopBusyException.class)
        .hasMessageContaining("async");
    a.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a");
  }

  @Test
  void onlySendIsForOtherThreads() {
    AsyncHandle a = named("a");
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            assertThatIllegalStateException().isThrownBy(() -> named("b"));
            assertThatIllegalStateException().isThrownBy(a::close);
            a.send();
          });
    }
    loop.run(RunMode.ONCE);
    assertThat(called).containsExactly("a");
  }

  @Test
  void aChannelThatCannotBeOpenedLeavesNoHandle() {
    RuntimeException full = UvError.EMFILE.exception("uv_async_init");
    WatchedBackend poor =
        new WatchedBackend() {
          @Override
          public WakeupChannel openWakeup() {
            throw full;
          }
        };
    try (Loop other = poor.openLoop()) {
      assertThatThrownBy(() -> AsyncHandle.init(other, null))
          .isInstanceOf(UvException.class)
          .isSameAs(full);
      assertThat(other.isAlive()).isFalse();
    }
  }

  @Test
  void aWakeUpCountsAsOneEventHoweverManyHandlesItServes() {
    AsyncHandle a = named("a");
    AsyncHandle b = named("b");
    a.send();
    b.send();
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly("a", "b");
    assertThat(loop.metrics().events()).isEqualTo(1);
  }
}
