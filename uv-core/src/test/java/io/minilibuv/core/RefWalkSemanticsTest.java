// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of ref and unref, of walking over handles, and of when a loop may be closed. */
class RefWalkSemanticsTest extends LoopFixture {

  private List<Handle> walked() {
    List<Handle> walked = new ArrayList<>();
    loop.walk(walked::add);
    return walked;
  }

  @Test
  void aNewHandleIsRefdAndInactive() {
    for (Handle handle :
        List.of(
            TimerHandle.init(loop),
            IdleHandle.init(loop),
            PrepareHandle.init(loop),
            CheckHandle.init(loop),
            PollHandle.init(loop, pipe().source()))) {
      assertThat(handle.hasRef()).isTrue();
      assertThat(handle.isActive()).isFalse();
      assertThat(handle.isClosing()).isFalse();
    }
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void refIsAFlagAndNoCount() {
    TimerHandle timer = timer(50, () -> {});
    timer.ref();
    timer.ref();
    assertThat(timer.hasRef()).isTrue();
    timer.unref();
    assertThat(timer.hasRef()).isFalse();
    assertThat(loop.isAlive()).isFalse();
    timer.unref();
    timer.ref();
    assertThat(timer.hasRef()).isTrue();
    assertThat(loop.isAlive()).isTrue();
    assertThat(loop.activeHandles).isEqualTo(1);
  }

  @Test
  void refOfAnInactiveHandleCountsOnlyFromItsStart() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.unref();
    timer.ref();
    assertThat(loop.activeHandles).isEqualTo(0);
    timer.start(handle -> {}, 50, 0);
    assertThat(loop.activeHandles).isEqualTo(1);
  }

  @Test
  void startAndStopOfAnUnrefdHandleDoNotCount() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.unref();
    timer.start(handle -> {}, 50, 0);
    assertThat(loop.activeHandles).isEqualTo(0);
    timer.stop();
    assertThat(loop.activeHandles).isEqualTo(0);
    timer.start(handle -> {}, 50, 0);
    timer.ref();
    assertThat(loop.activeHandles).isEqualTo(1);
    timer.unref();
    timer.stop();
    assertThat(loop.activeHandles).isEqualTo(0);
  }

  @Test
  void refAndUnrefOfAClosingHandleDoNotCount() {
    TimerHandle timer = timer(50, () -> {});
    timer.close();
    assertThat(loop.activeHandles).isEqualTo(0);
    timer.unref();
    timer.ref();
    timer.unref();
    assertThat(loop.activeHandles).isEqualTo(0);
    loop.run();
    timer.ref();
    assertThat(loop.activeHandles).isEqualTo(0);
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void refAndUnrefOfAClosingHandleThatIsStillActiveDoNotCount() {
    class Lingering extends Handle {
      Lingering() {
        super(RefWalkSemanticsTest.this.loop, HandleType.HANDLE);
        handleStart();
      }

      @Override
      protected boolean onClose() {
        return false;
      }

      void end() {
        handleStop();
        makeClosePending();
      }
    }

    Lingering handle = new Lingering();
    handle.close();
    assertThat(loop.activeHandles).isEqualTo(1);
    handle.unref();
    assertThat(loop.activeHandles).isEqualTo(1);
    handle.ref();
    assertThat(loop.activeHandles).isEqualTo(1);
    handle.end();
    assertThat(loop.activeHandles).isEqualTo(0);
    loop.run();
  }

  @Test
  void anUnrefdHandleStillCallsBackWhileSomethingElseKeepsTheLoopAlive() {
    check(says("check")).unref();
    timer(10, says("timer"));
    loop.run();
    assertThat(log).containsExactly("check", "timer");
  }

  @Test
  void unrefInACallbackLetsTheRunEnd() {
    IdleHandle idle = IdleHandle.init(loop);
    idle.start(
        handle -> {
          log.add("idle");
          handle.unref();
        });
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("idle");
  }

  @Test
  void walkGoesInTheOrderOfInit() {
    TimerHandle first = TimerHandle.init(loop);
    IdleHandle second = IdleHandle.init(loop);
    CheckHandle third = CheckHandle.init(loop);
    third.start(handle -> {});
    first.start(handle -> {}, 5, 0);
    assertThat(walked()).containsExactly(first, second, third);
    assertThat(walked()).containsExactly(first, second, third);
  }

  @Test
  void walkShowsInactiveAndClosingHandles() {
    TimerHandle inactive = TimerHandle.init(loop);
    TimerHandle closing = timer(50, () -> {});
    closing.close();
    assertThat(walked()).containsExactly(inactive, closing);
    loop.run();
    assertThat(walked()).containsExactly(inactive);
  }

  @Test
  void walkPassesOverInternalHandlesButPrintingDoesNot() {
    TimerHandle timer = TimerHandle.init(loop);
    TestHandle internal = TestHandle.internal(loop);
    internal.start();
    internal.unref();
    assertThat(walked()).containsExactly(timer);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    loop.printAllHandles(stream);
    loop.printActiveHandles(stream);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("[R--] timer "))
        .filteredOn(line -> line.startsWith("[-AI] handle "))
        .hasSize(2);
    internal.close();
  }

  @Test
  void walkMayCloseEveryHandle() {
    TimerHandle.init(loop);
    TimerHandle closing = TimerHandle.init(loop);
    closing.close();
    idle(() -> {});
    loop.walk(
        handle -> {
          if (!handle.isClosing()) {
            handle.close(closed -> log.add("closed"));
          }
        });
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("closed", "closed");
    loop.close();
  }

  @Test
  void whatTheVisitorMakesIsNotVisitedAndComesBeforeTheUnvisited() {
    TimerHandle first = TimerHandle.init(loop);
    TimerHandle second = TimerHandle.init(loop);
    List<Handle> walked = new ArrayList<>();
    List<Handle> made = new ArrayList<>();
    loop.walk(
        handle -> {
          walked.add(handle);
          if (made.isEmpty()) {
            made.add(TimerHandle.init(loop));
          }
        });
    assertThat(walked).containsExactly(first, second);
    assertThat(walked()).containsExactly(first, made.get(0), second);
  }

  @Test
  void aWalkInsideAWalkSeesWhatWasVisitedSoFar() {
    TimerHandle first = TimerHandle.init(loop);
    TimerHandle second = TimerHandle.init(loop);
    List<List<Handle>> inner = new ArrayList<>();
    loop.walk(handle -> inner.add(walked()));
    assertThat(inner).containsExactly(List.of(first), List.of(first, second));
    assertThat(walked()).containsExactly(first, second);
  }

  @Test
  void aLoopWithAHandleThatWasNeverStartedIsBusy() {
    TimerHandle timer = TimerHandle.init(loop);
    assertBusy();
    timer.close();
    loop.run();
    loop.close();
  }

  @Test
  void aLoopWithAClosingHandleIsBusyUntilItsCloseCallback() {
    TimerHandle.init(loop).close(closed -> log.add("closed"));
    assertBusy();
    loop.run();
    loop.close();
    assertThat(log).containsExactly("closed");
  }

  @Test
  void aLoopWithAnActiveRequestIsBusy() {
    TestRequest request = new TestRequest(loop).submit();
    assertBusy();
    request.answer(answered -> {});
    loop.close();
  }

  @Test
  void anInternalHandleDoesNotMakeALoopBusy() {
    TestHandle internal = TestHandle.internal(loop);
    internal.start();
    internal.unref();
    loop.close();
    assertThatThrownBy(loop::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLoopThatIsFoundBusyGoesOnAsIfNothingHadBeenAsked() {
    LoopField<List<String>> field = LoopField.declare("closable", opened -> new ClosableLog(log));
    field.of(loop).add("in use");
    timer(10, says("timer"));
    readyPoll(
        poll -> {
          log.add("poll");
          poll.stop();
        });
    assertBusy();
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("poll", "timer");
    assertThat(field.of(loop)).containsExactly("in use");
  }

  private static final class ClosableLog extends ArrayList<String> implements AutoCloseable {
    private static final long serialVersionUID = 1;
    private final transient List<String> log;

    ClosableLog(List<String> log) {
      this.log = log;
    }

    @Override
    public void close() {
      log.add("closed the field");
    }
  }

  private void assertBusy() {
    assertThatThrownBy(loop::close)
        .isInstanceOfSatisfying(
            LoopBusyException.class, e -> assertThat(e.error()).isEqualTo(UvError.EBUSY));
  }
}
