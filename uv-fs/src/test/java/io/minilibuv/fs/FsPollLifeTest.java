// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.ScriptedStats.error;
import static io.minilibuv.fs.ScriptedStats.ok;
import static io.minilibuv.fs.ScriptedStats.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.HandleType;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How fs_poll handles start, stop and close, from callbacks too. */
class FsPollLifeTest extends FsPollFixture {
  @Test
  void startOfAnActiveHandleChangesNothing() {
    FsPollHandle handle = start("file");
    handle.start("other", 1, (poll, status, prev, curr) -> seen.add("other"));
    assertThatNullPointerException().isThrownBy(() -> handle.start("other", 1, null));
    assertThat(handle.getpath()).isEqualTo("file");
    fs.answer("file", ok(1), ok(2), error(LAST));
    loop.run();
    assertThat(seen).containsExactly("ok 1->2");
    assertThat(fs.askedAt("file")).containsExactly(1000L, 1100L, 1200L);
    assertThat(fs.askedAt("other")).isEmpty();
  }

  @Test
  void itIsAFsPollHandleAndItsTimerIsNotWalked() {
    FsPollHandle handle = FsPollHandle.init(loop);
    assertThat(handle.type()).isEqualTo(HandleType.FS_POLL);
    assertThat(handle.isActive()).isFalse();
    fs.answer("file", ok(1));
    handle.start("file", INTERVAL, this::see);
    runUntilDelivered(1);
    assertThat(timers()).isEqualTo(1);
    assertThat(walked()).containsExactly(handle);
  }

  @Test
  void onlyTheStatHoldsTheLoopForAHandleThatIsNotRefd() {
    FsPollHandle handle = start("file");
    handle.unref();
    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    fs.answer("file", ok(1));
    assertThat(loop.run()).isFalse();
    assertThat(delivered).isEqualTo(1);
    assertThat(handle.isActive()).isTrue();
  }

  @Test
  void anArmedTimerThatIsStoppedHoldsTheLoopUntilItIsClosed() {
    fs.answer("file", ok(1));
    FsPollHandle handle = start("file");
    runUntilDelivered(1);
    handle.stop();
    handle.stop();
    assertThat(handle.isActive()).isFalse();
    assertThat(loop.isAlive()).isTrue();
    assertThat(loop.run(RunMode.NOWAIT)).isFalse();
    assertThat(timers()).isZero();
    assertThat(walked()).containsExactly(handle);
  }

  @Test
  void aBeatThatIsDueCanStillBeStopped() {
    FsPollHandle handle = FsPollHandle.init(loop);
    TimerHandle timer = TimerHandle.init(loop);
    fs.answer("file", ok(1));
    handle.start("file", INTERVAL, this::see);
    runUntilDelivered(1);
    timer.start(due -> handle.stop(), 0, 0);
    fs.clock.advance(INTERVAL);
    // The timer was started later, but is due earlier; both are collected in the same phase.
    assertThat(loop.run()).isFalse();
    assertThat(timer.isActive()).isFalse();
    assertThat(fs.askedAt("file")).hasSize(1);
    handle.close(closed -> closeCalls++);
    assertThat(loop.run()).isFalse();
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void theCloseCallbackWaitsForTheStatAndThenForTheTimer() {
    FsPollHandle handle = start("file");
    handle.close(closed -> closeCalls++);
    for (int i = 0; i < 3; i++) {
      assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    }
    assertThat(closeCalls).isZero();
    fs.answer("file", ok(1));
    runUntilDelivered(1);
    assertThat(timers()).isZero();
    assertThat(closeCalls).isZero();
    assertThat(loop.run(RunMode.NOWAIT)).isFalse();
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void theCloseCallbackWaitsForTheArmedTimer() {
    fs.answer("file", ok(1));
    FsPollHandle handle = start("file");
    runUntilDelivered(1);
    handle.close(closed -> closeCalls++);
    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    assertThat(closeCalls).isZero();
    assertThat(loop.run(RunMode.NOWAIT)).isFalse();
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void theCloseCallbackOfWhatIsNotStartedComesAtOnce() {
    FsPollHandle.init(loop).close(closed -> closeCalls++);
    assertThat(loop.run(RunMode.NOWAIT)).isFalse();
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void whatWasStoppedBeforeItsFirstAnswerDoesNotReportForItsSuccessor() {
    FsPollHandle handle = start("old");
    handle.stop();
    handle.start("new", INTERVAL, this::see);
    assertThat(handle.getpath()).isEqualTo("new");
    fs.answer("old", error(UvError.ENOENT));
    runUntilDelivered(1);
    fs.answer("new", ok(1), ok(2), error(LAST));
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("ok 1->2");
    assertThat(fs.askedAt("old")).hasSize(1);
    assertThat(fs.askedAt("new")).hasSize(3);
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void aStaleAnswerMayComeAfterThoseOfItsSuccessor() {
    FsPollHandle handle = start("old");
    handle.stop();
    handle.start("new", INTERVAL, this::see);
    fs.answer("new", error(UvError.ENOENT), ok(1), error(LAST));
    runUntilDelivered(3);
    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    assertThat(closeCalls).isZero();
    fs.answer("old", error(UvError.EACCES));
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("ENOENT 0->0", "ok 0->1");
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void anotherStartBeginsWithAnotherBaseline() {
    fs.answer("file", ok(1));
    FsPollHandle handle = start("file");
    runUntilDelivered(1);
    handle.stop();
    fs.answer("file", ok(2), ok(3), error(LAST));
    handle.start("file", INTERVAL, this::see);
    loop.run();
    assertThat(seen).containsExactly("ok 2->3");
  }

  @Test
  void aCallbackMayStop() {
    FsPollHandle handle = FsPollHandle.init(loop);
    fs.answer("file", ok(1), ok(2));
    handle.start(
        "file",
        INTERVAL,
        (poll, status, prev, curr) -> {
          see(poll, status, prev, curr);
          poll.stop();
        });
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("ok 1->2");
    assertThat(timers()).isZero();
    assertThat(walked()).containsExactly(handle);
  }

  @Test
  void aCallbackMayRestart() {
    FsPollHandle handle = FsPollHandle.init(loop);
    fs.answer("old", ok(1), ok(2));
    fs.answer("new", ok(7), ok(8), error(LAST));
    handle.start(
        "old",
        INTERVAL,
        (poll, status, prev, curr) -> {
          see(poll, status, prev, curr);
          poll.stop();
          poll.start("new", 10, this::see);
        });
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("ok 1->2", "ok 7->8");
    assertThat(fs.askedAt("old")).containsExactly(1000L, 1100L);
    assertThat(fs.askedAt("new")).containsExactly(1100L, 1110L, 1120L);
    assertThat(timers()).isZero();
  }

  @Test
  void aCallbackMayThrow() {
    FsPollHandle handle = throwing();
    assertThatThrownBy(loop::run).isInstanceOf(ArithmeticException.class);
    assertThat(handle.isActive()).isTrue();
    assertThatThrownBy(loop::run).isInstanceOf(ArithmeticException.class);
    assertThat(loop.run()).isFalse();
    theExceptionsChangedNothing();
  }

  @Test
  void theExceptionHandlerIsToldOfTheHandle() {
    List<Object> sources = new ArrayList<>();
    loop.setExceptionHandler((source, thrown) -> sources.add(source));
    FsPollHandle handle = throwing();
    assertThat(loop.run()).isFalse();
    assertThat(sources).containsExactly(handle, handle);
    theExceptionsChangedNothing();
  }

  private FsPollHandle throwing() {
    FsPollHandle handle = FsPollHandle.init(loop);
    fs.answer("file", ok(1), ok(2), ok(2), error(UvError.ENOENT), error(UvError.ENOENT));
    fs.answer("file", error(LAST));
    handle.start(
        "file",
        INTERVAL,
        (poll, status, prev, curr) -> {
          see(poll, status, prev, curr);
          if (!poll.isClosing()) {
            throw new ArithmeticException("on purpose");
          }
        });
    return handle;
  }

  private void theExceptionsChangedNothing() {
    assertThat(seen).containsExactly("ok 1->2", "ENOENT 2->0");
    assertThat(fs.askedAt("file")).containsExactly(1000L, 1100L, 1200L, 1300L, 1400L, 1500L);
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void aCallbackMayCloseAndThrow() {
    FsPollHandle handle = FsPollHandle.init(loop);
    fs.answer("file", error(UvError.ENOENT));
    handle.start(
        "file",
        INTERVAL,
        (poll, status, prev, curr) -> {
          poll.close(closed -> closeCalls++);
          throw new ArithmeticException("on purpose");
        });
    assertThatThrownBy(loop::run).isInstanceOf(ArithmeticException.class);
    assertThat(loop.run()).isFalse();
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void whatIsMissingIsRefused() {
    FsPollHandle handle = FsPollHandle.init(loop);
    assertThatNullPointerException().isThrownBy(() -> handle.start(null, 1, this::see));
    assertThatNullPointerException().isThrownBy(() -> handle.start("file", 1, null));
    assertThat(handle.isActive()).isFalse();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void aClosingHandleCanBeStoppedButNotStarted() {
    FsPollHandle handle = FsPollHandle.init(loop);
    handle.close();
    handle.stop();
    assertThatIllegalStateException().isThrownBy(() -> handle.start("file", 1, this::see));
    assertThat(loop.run()).isFalse();
    handle.stop();
    assertThatIllegalStateException().isThrownBy(() -> handle.start("file", 1, this::see));
  }

  @Test
  void aPoolThatIsClosedEndsThePolling() {
    fs.answer("file", ok(1));
    FsPollHandle handle = start("file");
    runUntilDelivered(1);
    pool.close();
    assertThat(loop.run()).isFalse();
    assertThat(handle.isActive()).isFalse();
    assertThat(seen).containsExactly("ECANCELED 1->0");
    handle.start("file", 1, this::see);
    assertThat(loop.run()).isFalse();
    assertThat(handle.isActive()).isFalse();
    assertThat(seen).containsExactly("ECANCELED 1->0", "ECANCELED 0->0");
    handle.close(closed -> closeCalls++);
    assertThat(loop.run()).isFalse();
    assertThat(closeCalls).isEqualTo(1);
    assertThat(timers()).isZero();
  }

  @Test
  void thousandsOfStartsLeaveNothing() {
    for (int i = 0; i < 1000; i++) {
      FsPollHandle handle = start("file");
      fs.answer("file", ok(sized(i)));
      // While an answer is on its way no timer may be armed: the clock would not wait for it.
      switch (i % 4) {
        case 0 -> {}
        case 1 -> {
          handle.stop();
          runUntilDelivered(i + 1);
        }
        case 2 -> runUntilDelivered(i + 1);
        default -> {
          runUntilDelivered(i + 1);
          handle.stop();
        }
      }
      handle.close(closed -> closeCalls++);
    }
    assertThat(loop.run()).isFalse();
    assertThat(closeCalls).isEqualTo(1000);
    assertThat(delivered).isEqualTo(1000);
    assertThat(timers()).isZero();
    assertThat(walked()).isEmpty();
    assertThat(seen).isEmpty();
  }
}
