// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules that idle, prepare and check handles share. */
class LoopWatcherSemanticsTest extends LoopFixture {

  /** The three kinds, with one way to make and start them. */
  enum Kind {
    IDLE {
      @Override
      LoopWatcher<?> init(Loop loop) {
        return IdleHandle.init(loop);
      }

      @Override
      void start(LoopWatcher<?> handle, Runnable body) {
        ((IdleHandle) handle).start(body == null ? null : called -> body.run());
      }
    },
    PREPARE {
      @Override
      LoopWatcher<?> init(Loop loop) {
        return PrepareHandle.init(loop);
      }

      @Override
      void start(LoopWatcher<?> handle, Runnable body) {
        ((PrepareHandle) handle).start(body == null ? null : called -> body.run());
      }
    },
    CHECK {
      @Override
      LoopWatcher<?> init(Loop loop) {
        return CheckHandle.init(loop);
      }

      @Override
      void start(LoopWatcher<?> handle, Runnable body) {
        ((CheckHandle) handle).start(body == null ? null : called -> body.run());
      }
    };

    abstract LoopWatcher<?> init(Loop loop);

    abstract void start(LoopWatcher<?> handle, Runnable body);

    LoopWatcher<?> started(Loop loop, Runnable body) {
      LoopWatcher<?> handle = init(loop);
      start(handle, body);
      return handle;
    }
  }

  /** Runs one iteration, and gives what was called in it. */
  private List<String> iteration() {
    log.clear();
    loop.run(RunMode.NOWAIT);
    return new ArrayList<>(log);
  }

  @ParameterizedTest
  @EnumSource
  void theHandleStartedLastIsCalledFirstAndTheOrderIsStable(Kind kind) {
    kind.started(loop, says("a"));
    kind.started(loop, says("b"));
    kind.started(loop, says("c"));
    assertThat(iteration()).containsExactly("c", "b", "a");
    assertThat(iteration()).containsExactly("c", "b", "a");
    assertThat(iteration()).containsExactly("c", "b", "a");
  }

  @ParameterizedTest
  @EnumSource
  void aHandleStartedDuringAPassIsTheFirstOfTheNext(Kind kind) {
    LoopWatcher<?> late = kind.init(loop);
    kind.started(loop, says("a"));
    kind.started(
        loop,
        () -> {
          log.add("b");
          kind.start(late, says("late"));
        });
    assertThat(iteration()).containsExactly("b", "a");
    assertThat(iteration()).containsExactly("late", "b", "a");
  }

  @ParameterizedTest
  @EnumSource
  void aHandleThatAnEarlierCallbackRestartsSkipsThisPass(Kind kind) {
    LoopWatcher<?> restarted = kind.started(loop, says("restarted"));
    boolean[] done = new boolean[1];
    kind.started(
        loop,
        () -> {
          log.add("first");
          if (!done[0]) {
            done[0] = true;
            restarted.stop();
            kind.start(restarted, says("restarted"));
          }
        });
    assertThat(iteration()).containsExactly("first");
    assertThat(iteration()).containsExactly("restarted", "first");
    assertThat(iteration()).containsExactly("restarted", "first");
  }

  @ParameterizedTest
  @EnumSource
  void aHandleThatRestartsItselfJumpsToTheFront(Kind kind) {
    LoopWatcher<?> jumper = kind.init(loop);
    boolean[] done = new boolean[1];
    Runnable jump =
        () -> {
          log.add("jumper");
          if (!done[0]) {
            done[0] = true;
            jumper.stop();
            kind.start(jumper, says("jumper"));
          }
        };
    kind.start(jumper, jump);
    kind.started(loop, says("a"));
    kind.started(loop, says("b"));
    assertThat(iteration()).containsExactly("b", "a", "jumper");
    assertThat(iteration()).containsExactly("jumper", "b", "a");
    assertThat(iteration()).containsExactly("jumper", "b", "a");
  }

  @ParameterizedTest
  @EnumSource
  void aHandleStoppedBeforeThePassReachesItIsNotCalled(Kind kind) {
    LoopWatcher<?> stopped = kind.started(loop, says("stopped"));
    kind.started(
        loop,
        () -> {
          log.add("first");
          stopped.stop();
        });
    assertThat(iteration()).containsExactly("first");
    assertThat(iteration()).containsExactly("first");
  }

  @ParameterizedTest
  @EnumSource
  void aHandleClosedBeforeThePassReachesItIsNotCalled(Kind kind) {
    LoopWatcher<?> closed = kind.started(loop, says("called"));
    LoopWatcher<?> first = kind.init(loop);
    kind.start(
        first,
        () -> {
          log.add("first");
          closed.close(handle -> log.add("closed"));
          first.stop();
        });
    assertThat(iteration()).containsExactly("first", "closed");
  }

  @ParameterizedTest
  @EnumSource
  void aHandleThatWasCalledAlreadyMayBeStoppedByALaterOne(Kind kind) {
    LoopWatcher<?>[] early = new LoopWatcher<?>[1];
    kind.started(
        loop,
        () -> {
          log.add("late");
          early[0].stop();
        });
    early[0] = kind.started(loop, says("early"));
    assertThat(iteration()).containsExactly("early", "late");
    assertThat(iteration()).containsExactly("late");
  }

  @ParameterizedTest
  @EnumSource
  void startOnAnActiveHandleIgnoresTheNewCallbackEvenNull(Kind kind) {
    LoopWatcher<?> handle = kind.started(loop, says("old"));
    kind.start(handle, says("new"));
    kind.start(handle, null);
    assertThat(iteration()).containsExactly("old");
  }

  @ParameterizedTest
  @EnumSource
  void startOnAnActiveHandleDoesNotChangeTheOrder(Kind kind) {
    LoopWatcher<?> handle = kind.started(loop, says("a"));
    kind.started(loop, says("b"));
    kind.start(handle, says("again"));
    assertThat(iteration()).containsExactly("b", "a");
  }

  @ParameterizedTest
  @EnumSource
  void anInactiveHandleNeedsACallback(Kind kind) {
    LoopWatcher<?> handle = kind.init(loop);
    assertThatNullPointerException().isThrownBy(() -> kind.start(handle, null));
    assertThat(handle.isActive()).isFalse();
    assertThat(iteration()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aHandleStartedAnewHasItsNewCallback(Kind kind) {
    LoopWatcher<?> handle = kind.started(loop, says("old"));
    handle.stop();
    kind.start(handle, says("new"));
    assertThat(iteration()).containsExactly("new");
  }

  @ParameterizedTest
  @EnumSource
  void stopMayAlwaysBeCalled(Kind kind) {
    LoopWatcher<?> handle = kind.init(loop);
    handle.stop();
    kind.start(handle, says("called"));
    handle.stop();
    handle.stop();
    handle.close();
    handle.stop();
    loop.run();
    handle.stop();
    assertThat(log).isEmpty();
    assertThat(loop.isAlive()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aHandleMayStopItself(Kind kind) {
    LoopWatcher<?> handle = kind.init(loop);
    kind.start(
        handle,
        () -> {
          log.add("called");
          handle.stop();
        });
    assertThat(loop.run(RunMode.NOWAIT)).isFalse();
    assertThat(log).containsExactly("called");
  }

  @Test
  void aHandleIsCalledOnceInEveryIteration() {
    idle(says("idle"));
    prepare(says("prepare"));
    check(says("check"));
    assertThat(iteration()).containsExactly("idle", "prepare", "check");
    assertThat(iteration()).containsExactly("idle", "prepare", "check");
  }
}
