// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Terminal;
import java.io.PrintStream;
import java.util.Locale;

/** Plays scenarios, each on a loop of its own. */
final class PhaseShow {
  private final CommandRun run;
  private final PrintStream out;
  private final Terminal terminal;
  private final boolean allPhases;
  private boolean shownBefore;

  PhaseShow(CommandRun run, PrintStream out, Terminal terminal, boolean allPhases) {
    this.run = run;
    this.out = out;
    this.terminal = terminal;
    this.allPhases = allPhases;
  }

  /** Shows all of a scenario: what it does, what happens, and why. */
  void show(PhaseScenario scenario) {
    program(scenario);
    PhaseOrder order = play(scenario);
    out.println();
    line("order", order.toString());
    in144(scenario, order);
    why(scenario);
  }

  /** Says what a scenario does. */
  void program(PhaseScenario scenario) {
    if (shownBefore) {
      out.println();
    }
    shownBefore = true;
    out.println(terminal.text("@|bold " + scenario.name() + "|@: " + scenario.title()));
    out.println();
    indented(scenario.program());
    out.println();
  }

  /** Has a scenario happen, and shows it meanwhile. */
  PhaseOrder play(PhaseScenario scenario) {
    ManualClock clock = new ManualClock();
    Loop loop = run.openLoop(new LoopOptions().clock(clock));
    PhaseTrace trace = new PhaseTrace(out, terminal, allPhases);
    try {
      trace.watch(loop);
      scenario.play(new PhaseStage(loop, clock, trace));
    } finally {
      loop.setObserver(null);
      loop.shutdown();
    }
    return trace.order();
  }

  /** Says what libuv 1.44 did instead of {@code order}. */
  void in144(PhaseScenario scenario, PhaseOrder order) {
    String old = scenario.orderIn144();
    line("libuv 1.44", old.equals(order.toString()) ? "the same" : old);
  }

  void why(PhaseScenario scenario) {
    out.println();
    indented(scenario.why());
  }

  /** A line with something to compare. */
  void line(String label, String what) {
    out.printf(Locale.ROOT, "  %-14s%s%n", label, what);
  }

  private void indented(String text) {
    out.print(text.indent(2));
  }
}
