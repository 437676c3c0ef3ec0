// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's diagram, walked through once with something to do in every phase. */
class LoopTourTest {
  private final List<String> seen = new ArrayList<>();

  @Test
  void oneIterationGoesThroughThePhasesInTheOrderOfTheDiagram() {
    ManualClock clock = new ManualClock();
    try (Loop loop = Loop.open(new LoopOptions().clock(clock))) {
      TimerHandle due = TimerHandle.init(loop);
      due.start(handle -> callback("timer that was due"), 0, 0);
      TimerHandle next = TimerHandle.init(loop);
      next.start(handle -> callback("timer"), 5, 0);
      IdleHandle idle = IdleHandle.init(loop);
      PrepareHandle prepare = PrepareHandle.init(loop);
      CheckHandle check = CheckHandle.init(loop);
      prepare.start(
          handle -> {
            callback("prepare");
            handle.close();
          });
      check.start(
          handle -> {
            callback("check");
            handle.close(closed -> callback("closed"));
          });
      idle.start(
          handle -> {
            callback("idle");
            clock.advance(5);
            handle.close();
          });
      new IoWatcher(loop, new Object(), (watcher, events) -> callback("fed")).feed();
      loop.setObserver(new Tour());

      assertThat(loop.run()).isFalse();

      assertThat(seen)
          .containsExactly(
              "-- TIMERS",
              "timer that was due",
              "-- PENDING",
              "fed",
              "-- IDLE",
              "idle",
              "-- PREPARE",
              "prepare",
              "-- POLL",
              "-- CHECK",
              "check",
              "-- CLOSING",
              "closed",
              "-- TIMERS",
              "timer");
      due.close();
      next.close();
      loop.run();
    }
  }

  private void callback(String name) {
    seen.add(name);
  }

  private final class Tour implements LoopObserver {
    @Override
    public void phaseBegin(Loop loop, LoopPhase phase) {
      seen.add("-- " + phase);
    }
  }
}
