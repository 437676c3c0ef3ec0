// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.Handle;
import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.PrepareHandle;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;

/** What still runs after {@code uv_stop}. */
final class PhaseStop implements PhaseScenario {

  @Override
  public String name() {
    return "stop";
  }

  @Override
  public String title() {
    return "stop() in a callback: what still runs";
  }

  @Override
  public String program() {
    return """
    X                 a handle that is never started
    P = prepare       in its callback: stop(), X.close(), T.start(0 ms)
    C = check         in its callback: nothing
    T = timer         in its callback: nothing
    run(DEFAULT)
    """;
  }

  @Override
  public String orderIn144() {
    return "P C X.closed";
  }

  @Override
  public String why() {
    return """
    stop() sets a flag. It is looked at between iterations, so that the one that has begun goes
    on to its end, but does not wait. Its last phase is the timers; in 1.44 they were the first
    of the next iteration, and that never came.
    """;
  }

  @Override
  public void play(PhaseStage stage) {
    Loop loop = stage.loop();
    Handle x = stage.name("X", IdleHandle.init(loop));
    PrepareHandle p = stage.name("P", PrepareHandle.init(loop));
    CheckHandle c = stage.name("C", CheckHandle.init(loop));
    TimerHandle t = stage.name("T", TimerHandle.init(loop));

    p.start(
        prepare -> {
          loop.stop();
          x.close(closed -> {});
          t.start(timer -> {}, 0, 0);
        });
    c.start(check -> {});
    stage.run(RunMode.DEFAULT);
  }
}
