// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.examples.cli.UvCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uv phases}: in which order a loop calls back, shown as it happens, or asked first. */
@Command(
    name = "phases",
    description = "Shows the phases of an event loop, and the order of callbacks, as they happen.",
    footer = {
      "%nTeaches idle, prepare, poll, check, closing and timers: in which phase of which iteration"
          + " a callback comes, and why a poll waits, or does not. Each scenario is a few handles"
          + " on a loop of its own, whose clock stands still until the loop would wait: the output"
          + " is always the same.",
      "%nAn order is written as names, with / between iterations: A B / C. With --quiz it is asked"
          + " for first, a line for each scenario from standard input; the status is 0 if all"
          + " predictions were right, and 1 if not. What libuv 1.44 did is told too: it had the"
          + " timers first in an iteration, as most articles still show it.",
      "%nIt does not time anything, and does not watch another program's loop."
    })
public final class PhasesCommand extends UvCommand {
  @Option(
      names = {"-s", "--scenario"},
      paramLabel = "NAME",
      completionCandidates = PhaseScenarios.class,
      description = "Which one: ${COMPLETION-CANDIDATES} (default: tour; with --quiz: all).")
  private @Nullable String name;

  @Option(
      names = {"-q", "--quiz"},
      description = "Ask for the order first, then show it.")
  private boolean quiz;

  @Option(
      names = {"-n", "--iterations"},
      paramLabel = "N",
      description = "Go round N times in the tour (default: ${DEFAULT-VALUE}).")
  private int iterations = 1;

  @Option(
      names = {"-a", "--all-phases"},
      description = "Show also the phases in which nothing is called.")
  private boolean allPhases;

  @Option(
      names = {"-l", "--list"},
      description = "List the scenarios.")
  private boolean list;

  PhasesCommand() {}

  @Override
  protected void checkOptions() {
    checkRange("--iterations", iterations);
    if (chosen().isEmpty()) {
      throw refusal(
          "--scenario is one of " + String.join(", ", new PhaseScenarios()) + ", not " + name);
    }
  }

  /** A prediction takes as long as a person needs for it. */
  @Override
  protected boolean waitsForOthers() {
    return true;
  }

  @Override
  protected void run(CommandRun run) {
    PrintStream out = System.out;
    PhaseShow show = new PhaseShow(run, out, Terminal.ofStdout(), allPhases);
    if (list) {
      PhaseScenarios.ALL.forEach(
          one -> out.printf(Locale.ROOT, "%-16s%s%n", one.name(), one.title()));
    } else if (quiz) {
      new PhaseQuiz(run, show, out, chosen()).run();
    } else {
      chosen().forEach(show::show);
    }
  }

  private List<PhaseScenario> chosen() {
    String usual = quiz ? PhaseScenarios.ALL_NAME : "tour";
    String wanted = name != null ? name : usual;
    return PhaseScenarios.ALL.stream()
        .filter(
            scenario -> wanted.equals(PhaseScenarios.ALL_NAME) || wanted.equals(scenario.name()))
        .map(scenario -> scenario instanceof PhaseTour ? new PhaseTour(iterations) : scenario)
        .toList();
  }
}
