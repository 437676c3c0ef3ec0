// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.PrepareHandle;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import java.util.Locale;

/** One iteration with something to do in every phase. */
final class PhaseTour implements PhaseScenario {
  private final int iterations;

  /**
   * A tour of several iterations.
   *
   * @param iterations how often it goes round
   */
  PhaseTour(int iterations) {
    this.iterations = iterations;
  }

  @Override
  public String name() {
    return "tour";
  }

  @Override
  public String title() {
    return "something to do in every phase";
  }

  @Override
  public String program() {
    return String.format(
        Locale.ROOT,
        """
        early = timer     start(0 ms)
        late  = timer     start(5 ms, and again every 5 ms)
        idle              in each callback: works for 5 ms
        prepare           in each callback: nothing
        async             send(), before the run; in its callback: close()
        check             in its callback of iteration %d: idle.stop(), prepare.stop(), close()
        late              in its callback of iteration %d: stop()
        run(DEFAULT)
        """,
        iterations,
        iterations);
  }

  @Override
  public String orderIn144() {
    StringBuilder order = new StringBuilder("early");
    for (int i = 1; i <= iterations; i++) {
      order
          .append(" idle prepare ")
          .append(i == 1 ? "async " : "")
          .append("check ")
          .append(i == iterations ? "check.closed " : "")
          .append("/ late");
    }
    return order.toString();
  }

  @Override
  public String why() {
    return """
    Timers are the last phase of an iteration. Those that are due when run(DEFAULT) begins are
    served once before the first: that is early. Most articles still show the order of 1.44,
    with the timers at the top.
    """;
  }

  @Override
  public void play(PhaseStage stage) {
    Loop loop = stage.loop();
    TimerHandle early = stage.name("early", TimerHandle.init(loop));
    TimerHandle late = stage.name("late", TimerHandle.init(loop));
    IdleHandle idle = stage.name("idle", IdleHandle.init(loop));
    PrepareHandle prepare = stage.name("prepare", PrepareHandle.init(loop));
    AsyncHandle async = stage.name("async", AsyncHandle.init(loop, handle -> handle.close()));
    CheckHandle check = stage.name("check", CheckHandle.init(loop));
    int[] round = new int[1];

    early.start(timer -> {}, 0, 0);
    late.start(timer -> inTheLast(round[0], timer::stop), 5, 5);
    idle.start(
        handle -> {
          stage.clock().advance(5);
          round[0]++;
        });
    prepare.start(handle -> {});
    async.send();
    check.start(
        handle ->
            inTheLast(
                round[0],
                () -> {
                  idle.stop();
                  prepare.stop();
                  handle.close(closed -> {});
                }));
    stage.run(RunMode.DEFAULT);
  }

  private void inTheLast(int round, Runnable action) {
    if (round == iterations) {
      action.run();
    }
  }
}
