// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;

/** In which iteration a timer of 0 ms fires: that depends on the phase that has started it. */
final class PhaseTimerZero implements PhaseScenario {

  @Override
  public String name() {
    return "timer-zero";
  }

  @Override
  public String title() {
    return "a timer of 0 ms, started in a check, a close and a timer callback";
  }

  @Override
  public String program() {
    return """
    I = idle          keeps the loop from waiting
    C = check         in its callback: I.stop(), T1.start(0 ms), C.close()
    C.closed          in the close callback: T2.start(0 ms)
    T1, T2 = timers   in the callback of T1: T3.start(0 ms)
    run(DEFAULT)
    """;
  }

  @Override
  public String orderIn144() {
    return "I C C.closed / T1 T2 T3";
  }

  @Override
  public String why() {
    return """
    Check and closing come before the timers, so that what they start with 0 ms is due in the
    same iteration. T3 is not: all timers that are due leave the heap before the first of them
    is called (since 1.48; before, a timer that restarts itself with 0 ms kept the loop for
    ever).
    """;
  }

  @Override
  public void play(PhaseStage stage) {
    Loop loop = stage.loop();
    IdleHandle i = stage.name("I", IdleHandle.init(loop));
    CheckHandle c = stage.name("C", CheckHandle.init(loop));
    TimerHandle t1 = stage.name("T1", TimerHandle.init(loop));
    TimerHandle t2 = stage.name("T2", TimerHandle.init(loop));
    TimerHandle t3 = stage.name("T3", TimerHandle.init(loop));

    i.start(idle -> {});
    c.start(
        check -> {
          i.stop();
          t1.start(timer -> t3.start(last -> {}, 0, 0), 0, 0);
          check.close(closed -> t2.start(timer -> {}, 0, 0));
        });
    stage.run(RunMode.DEFAULT);
  }
}
