// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Printable;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the order of each scenario before it is played. The program ends with 1 unless all
 * predictions were right.
 */
final class PhaseQuiz {
  private final CommandRun run;
  private final PhaseShow show;
  private final PrintStream out;
  private final int questions;
  private final Iterator<PhaseScenario> scenarios;
  private final LineInput input;
  private int right;

  PhaseQuiz(CommandRun run, PhaseShow show, PrintStream out, List<PhaseScenario> scenarios) {
    this.run = run;
    this.show = show;
    this.out = out;
    this.questions = scenarios.size();
    this.scenarios = scenarios.iterator();
    this.input = new LineInput(run.loop(), run::fail);
  }

  void run() {
    ask();
    run.untilDone();
    if (run.isInterrupted()) {
      run.say("interrupted");
    }
    out.println();
    out.println(right + " of " + questions + " right");
    if (right < questions) {
      run.endWith(1);
    }
  }

  private void ask() {
    if (!scenarios.hasNext()) {
      return;
    }
    PhaseScenario scenario = scenarios.next();
    show.program(scenario);
    out.println("  In which order are they called? Names, with / between iterations:");
    out.flush();
    input.next(line -> answered(scenario, line));
  }

  private void answered(PhaseScenario scenario, @Nullable String line) {
    if (line == null) {
      return;
    }
    out.println();
    PhaseOrder prediction = PhaseOrder.parse(line);
    PhaseOrder order = show.play(scenario);
    out.println();
    show.line("predicted", Printable.line(prediction.toString()));
    show.line("what happened", order.toString());
    show.in144(scenario, order);
    show.line("prediction", judge(order, prediction));
    show.why(scenario);
    ask();
  }

  private String judge(PhaseOrder order, PhaseOrder prediction) {
    return switch (order.judge(prediction)) {
      case RIGHT -> {
        right++;
        yield "right";
      }
      case ITERATIONS_WRONG -> "the names are right, the iterations are not";
      case WRONG -> "wrong from name " + order.firstDifference(prediction) + " on";
    };
  }
}
