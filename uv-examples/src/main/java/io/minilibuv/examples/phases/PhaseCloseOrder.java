// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.core.Handle;
import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.PrepareHandle;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;

/** Close callbacks: last closed first, and in which iteration. */
final class PhaseCloseOrder implements PhaseScenario {

  @Override
  public String name() {
    return "close-order";
  }

  @Override
  public String title() {
    return "close callbacks: which first, and in which iteration";
  }

  @Override
  public String program() {
    return """
    A, B, C, D        handles that are never started
    P = prepare       in its callback: P.stop(), A.close(), B.close(), T.start(0 ms)
    A.closed          in the close callback: D.close()
    T = timer         in its callback: C.close()
    run(DEFAULT)
    """;
  }

  @Override
  public String orderIn144() {
    return "P B.closed A.closed / T C.closed D.closed";
  }

  @Override
  public String why() {
    return """
    Handles that are closed wait on a stack: the last one closed is called first. The closing
    phase takes the whole stack at once, so D, which is closed from there, waits for the next
    iteration, and so does C: the timers come after the closing phase.
    """;
  }

  @Override
  public void play(PhaseStage stage) {
    Loop loop = stage.loop();
    Handle a = stage.name("A", IdleHandle.init(loop));
    Handle b = stage.name("B", IdleHandle.init(loop));
    Handle c = stage.name("C", IdleHandle.init(loop));
    Handle d = stage.name("D", IdleHandle.init(loop));
    TimerHandle t = stage.name("T", TimerHandle.init(loop));
    PrepareHandle p = stage.name("P", PrepareHandle.init(loop));

    p.start(
        prepare -> {
          prepare.stop();
          a.close(closed -> d.close(last -> {}));
          b.close(closed -> {});
          t.start(timer -> c.close(closed -> {}), 0, 0);
        });
    stage.run(RunMode.DEFAULT);
  }
}
