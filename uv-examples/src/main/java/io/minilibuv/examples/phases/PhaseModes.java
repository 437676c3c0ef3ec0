// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;

/** The two modes that go round once: one waits, the other does not. */
final class PhaseModes implements PhaseScenario {

  @Override
  public String name() {
    return "once-vs-nowait";
  }

  @Override
  public String title() {
    return "two modes that go round once: ONCE waits, NOWAIT does not";
  }

  @Override
  public String program() {
    return """
    T1 = timer        start(0 ms)
    T2 = timer        start(10 ms)
    C = check         in each callback: nothing
    run(NOWAIT)
    run(NOWAIT)
    run(ONCE)
    """;
  }

  @Override
  public String orderIn144() {
    return "T1 C / C / C T2";
  }

  @Override
  public String why() {
    return """
    Only DEFAULT serves timers before its first iteration. NOWAIT and ONCE do so at the end of
    theirs, so that each fires at most once in a run. ONCE waits for the timer that is next;
    1.44 served the timers first in every mode, and for ONCE again at the end.
    """;
  }

  @Override
  public void play(PhaseStage stage) {
    Loop loop = stage.loop();
    TimerHandle t1 = stage.name("T1", TimerHandle.init(loop));
    TimerHandle t2 = stage.name("T2", TimerHandle.init(loop));
    CheckHandle c = stage.name("C", CheckHandle.init(loop));

    t1.start(timer -> {}, 0, 0);
    t2.start(timer -> {}, 10, 0);
    c.start(check -> {});
    stage.run(RunMode.NOWAIT);
    stage.run(RunMode.NOWAIT);
    stage.run(RunMode.ONCE);
  }
}
