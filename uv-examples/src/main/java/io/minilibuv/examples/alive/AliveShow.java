// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Terminal;
import java.io.PrintStream;
import java.util.Locale;

/** Plays scenarios, each on a loop of its own: the mistake, what the loop tells of it, the end. */
final class AliveShow {
  private final CommandRun run;
  private final PrintStream out;
  private final Terminal terminal;
  private final boolean lines;
  private boolean shownBefore;

  AliveShow(CommandRun run, PrintStream out, Terminal terminal, boolean lines) {
    this.run = run;
    this.out = out;
    this.terminal = terminal;
    this.lines = lines;
  }

  void show(AliveScenario scenario) {
    if (shownBefore) {
      out.println();
    }
    shownBefore = true;
    out.println(terminal.text("@|bold " + scenario.name() + "|@: " + scenario.title()));
    out.println();
    out.print(scenario.program().indent(2));
    Loop loop = run.openLoop(new LoopOptions().clock(new ManualClock()).recordOrigins(true));
    WhyAlive why = new WhyAlive(loop, lines);
    try {
      out.println();
      scenario.start(loop, text -> line("callback", text));
      ask(loop, why);
      out.println();
      line("mended by", scenario.mending());
      scenario.mend();
      end(loop, why);
    } finally {
      loop.shutdown();
    }
    out.println();
    out.print(scenario.why().indent(2));
  }

  /** What can be found out about a loop that does not end, or does too early. */
  private void ask(Loop loop, WhyAlive why) {
    line("isAlive()", String.valueOf(loop.isAlive()));
    line("handles", "as printAllHandles() prints them: R ref'd, A active, I internal");
    why.handles().forEach(handle -> line("", handle));
    line("close()", why.close());
    line("run(NOWAIT)", "answers " + loop.run(RunMode.NOWAIT));
    line("next wait", why.nextWait());
  }

  /** It ends, now that the mistake is mended. */
  private void end(Loop loop, WhyAlive why) {
    line("isAlive()", String.valueOf(loop.isAlive()));
    line("run()", "answers " + loop.run());
    String closed = why.close();
    line("close()", closed);
    if (!closed.equals(WhyAlive.DONE)) {
      line("shutdown()", "closes what is left, and the loop");
    }
  }

  private void line(String label, String text) {
    out.printf(Locale.ROOT, "  %-13s %s%n", label, text);
  }
}
