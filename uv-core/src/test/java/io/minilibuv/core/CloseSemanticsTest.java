// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of closing handles. */
class CloseSemanticsTest extends LoopFixture {

  private void close(String name) {
    TimerHandle.init(loop).close(closed -> log.add(name));
  }

  @Test
  void closeCallbacksComeLastClosedFirst() {
    close("a");
    close("b");
    close("c");
    loop.run();
    assertThat(log).containsExactly("c", "b", "a");
  }

  @Test
  void whatACloseCallbackClosesWaitsForTheNextIteration() {
    TimerHandle.init(loop)
        .close(
            closed -> {
              log.add("outer");
              close("inner");
            });
    close("other");
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("other", "outer");
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("other", "outer", "inner");
  }

  @Test
  void closeIsNeverSynchronous() {
    close("closed");
    assertThat(log).isEmpty();
  }

  @Test
  void closeStopsTheHandleAtOnce() {
    TimerHandle timer = timer(0, says("timer"));
    timer.close();
    assertThat(timer.isActive()).isFalse();
    assertThat(timer.isClosing()).isTrue();
    loop.run();
    assertThat(log).isEmpty();
  }

  @Test
  void closingAClosingHandleFails() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.close(closed -> log.add("closed"));
    assertThatIllegalStateException().isThrownBy(timer::close).withMessageContaining("closing");
    loop.run();
    assertThat(log).containsExactly("closed");
    assertThatIllegalStateException().isThrownBy(timer::close);
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void aCloseCallbackMayBeMissing() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.close(null);
    TimerHandle.init(loop).close();
    assertThat(loop.isAlive()).isTrue();
    assertThat(loop.run()).isFalse();
    loop.close();
  }

  @Test
  void inItsCloseCallbackAHandleHasLeftTheLoop() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.close(
        closed -> {
          assertThat(closed).isSameAs(timer);
          List<Handle> walked = new ArrayList<>();
          loop.walk(walked::add);
          log.add("walked " + walked + ", has ref " + closed.hasRef());
          log.add("closing " + closed.isClosing() + ", active " + closed.isActive());
        });
    loop.run();
    assertThat(log).containsExactly("walked [], has ref false", "closing true, active false");
    assertThat(timer.isClosing()).isTrue();
  }

  @Test
  void aHandleLeavesTheLoopRightBeforeItsOwnCloseCallback() {
    close("first");
    TimerHandle.init(loop)
        .close(
            closed -> {
              List<Handle> walked = new ArrayList<>();
              loop.walk(walked::add);
              log.add("still there: " + walked.size());
            });
    loop.run();
    assertThat(log).containsExactly("still there: 1", "first");
  }

  @Test
  void closesOfIdlePreparePollAndCheckCallbacksAreFinishedInTheSameIteration() {
    idle(() -> close("closed in idle"));
    prepare(() -> close("closed in prepare"));
    readyPoll(poll -> close("closed in poll"));
    check(() -> close("closed in check"));
    loop.run(RunMode.NOWAIT);
    assertThat(log)
        .containsExactly(
            "closed in check", "closed in poll", "closed in prepare", "closed in idle");
  }

  @Test
  void closesOfTimerCallbacksAreFinishedInTheNextIterationWhichDoesNotWait() {
    List<String> polls = recordPolls();
    timer(10, () -> close("closed in timer"));
    timer(500, says("late"));
    loop.run(RunMode.ONCE);
    assertThat(log).isEmpty();
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("closed in timer");
    assertThat(polls).containsExactly("10 NEXT_TIMER", "0 CLOSING");
  }

  @Test
  void closesOfTheFirstTimerPassAreFinishedInTheFirstIteration() {
    timer(0, () -> close("closed in timer"));
    prepare(
        () -> {
          log.add("prepare");
          loop.stop();
        });
    loop.run();
    assertThat(log).containsExactly("prepare", "closed in timer");
  }

  @Test
  void aHandleThatClosesItselfIsNotCalledAgain() {
    IdleHandle idle = IdleHandle.init(loop);
    idle.start(
        handle -> {
          log.add("idle");
          handle.close(closed -> log.add("closed"));
        });
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("idle", "closed");
  }

  @Test
  void aTypeThatMustEndSomethingFirstIsClosedWhenItSaysSo() {
    class Slow extends Handle {
      Slow() {
        super(CloseSemanticsTest.this.loop, HandleType.HANDLE);
      }

      @Override
      protected boolean onClose() {
        return false;
      }

      void ended() {
        makeClosePending();
      }
    }

    Slow slow = new Slow();
    slow.close(closed -> log.add("closed"));
    loop.run();
    assertThat(log).isEmpty();
    assertThat(slow.isClosing()).isTrue();
    assertThat(loop.isAlive()).isFalse();
    slow.ended();
    assertThat(loop.isAlive()).isTrue();
    loop.run();
    assertThat(log).containsExactly("closed");
  }

  @Test
  void aCloseCallbackMayUseTheLoop() {
    TimerHandle.init(loop)
        .close(closed -> timer(10, () -> TimerHandle.init(loop).close(c -> log.add("done"))));
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("done");
  }
}
