// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.PollReason;
import io.minilibuv.core.PrepareHandle;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in phases.md. */
class PhasesExercisesTest {
  private final Loop loop = Loop.open(new LoopOptions().clock(new ManualClock()));
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  /**
   * Exercise 1: ONCE asks if it may sleep before anything has run, and an idle handle was active
   * then. DEFAULT looks when it comes to the poll.
   */
  @Test
  void anIdleHandleThatStopsItselfKeepsOnlyOnceFromSleeping() {
    List<PollReason> reasons = new ArrayList<>();
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollEnter(Loop of, long timeout, PollReason reason) {
            reasons.add(reason);
          }
        });
    for (RunMode mode : List.of(RunMode.ONCE, RunMode.DEFAULT)) {
      IdleHandle.init(loop).start(IdleHandle::stop);
      TimerHandle.init(loop).start(timer -> {}, 10, 0);
      loop.run(mode);
      loop.run();
    }
    assertThat(reasons).startsWith(PollReason.BUSY_AT_START, PollReason.NEXT_TIMER);
    assertThat(reasons.subList(2, reasons.size())).containsExactly(PollReason.NEXT_TIMER);
  }

  /** Exercise 2: both in the second, for idle and prepare come before check. */
  @Test
  void whatACheckHandleStartsBeforeItsPhaseComesInTheNextIteration() {
    PrepareHandle prepare = PrepareHandle.init(loop);
    IdleHandle idle = IdleHandle.init(loop);
    CheckHandle check = CheckHandle.init(loop);
    check.start(
        handle -> {
          log.add("check");
          prepare.start(started -> log.add("prepare"));
          idle.start(started -> log.add("idle"));
        });
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("check");
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("check", "idle", "prepare", "check");
  }

  /**
   * Exercise 3: once. The timer is served before the first iteration, and nothing is alive then;
   * but whether the loop was alive had been asked before.
   */
  @Test
  void aLoopThatIsAliveWhenItIsRunMakesOneIteration() {
    TimerHandle.init(loop).start(timer -> log.add("timer"), 0, 0);
    PrepareHandle prepare = PrepareHandle.init(loop);
    prepare.start(handle -> log.add("prepare"));
    prepare.unref();
    loop.run();
    assertThat(log).containsExactly("timer", "prepare");
  }
}
