// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.core.Loop;
import io.minilibuv.core.PrepareHandle;
import io.minilibuv.core.RunMode;

/** Idle, prepare and check handles: last started first, and what is started in a pass waits. */
final class PhaseStartOrder implements PhaseScenario {

  @Override
  public String name() {
    return "start-order";
  }

  @Override
  public String title() {
    return "prepare handles: which first, and what is started meanwhile";
  }

  @Override
  public String program() {
    return """
    A, B, C = prepare handles
    A.start(), B.start()
    in each callback of B: C.start()
    run(NOWAIT)
    run(NOWAIT)
    """;
  }

  @Override
  public String orderIn144() {
    return "B A / C B A";
  }

  @Override
  public String why() {
    return """
    Idle, prepare and check handles are put at the head of their list when they are started. A
    pass takes the whole list aside first: what is started meanwhile is first in the next one.
    From then on the order stays. C.start() on an active handle changes nothing.
    """;
  }

  @Override
  public void play(PhaseStage stage) {
    Loop loop = stage.loop();
    PrepareHandle a = stage.name("A", PrepareHandle.init(loop));
    PrepareHandle b = stage.name("B", PrepareHandle.init(loop));
    PrepareHandle c = stage.name("C", PrepareHandle.init(loop));

    a.start(prepare -> {});
    b.start(prepare -> c.start(other -> {}));
    stage.run(RunMode.NOWAIT);
    stage.run(RunMode.NOWAIT);
  }
}
