// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.examples.cli.UvCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uv alive}: why a loop does not end, or ends too early, and who has made the handle. */
@Command(
    name = "alive",
    description = "Shows why a loop does not end, who made the handle, and how it is mended.",
    footer = {
      "%nTeaches ref and unref, what active and closing mean, and how to find a forgotten handle:"
          + " Loop.isAlive, printAllHandles, run(NOWAIT), and what close of a loop that is in use"
          + " throws, with LoopOptions.recordOrigins. Each scenario is a small program with a"
          + " mistake, on a loop of its own; then the mistake is mended, and the loop ends.",
      "%nThe output is always the same: identities of handles are left out, and a clock is used"
          + " that stands still until the loop would wait. It does not look into another program."
    })
public final class AliveCommand extends UvCommand {

  @Option(
      names = {"-s", "--scenario"},
      paramLabel = "NAME",
      completionCandidates = AliveScenarios.class,
      description = "Which one: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String name = "forgotten-timer";

  @Option(names = "--lines", description = "Say where a handle was made by file and line, too.")
  private boolean lines;

  @Option(
      names = {"-l", "--list"},
      description = "List the scenarios.")
  private boolean list;

  AliveCommand() {}

  @Override
  protected void checkOptions() {
    if (chosen().isEmpty()) {
      throw refusal(
          "--scenario is one of " + String.join(", ", new AliveScenarios()) + ", not " + name);
    }
  }

  @Override
  protected void run(CommandRun run) {
    PrintStream out = System.out;
    if (list) {
      AliveScenarios.all()
          .forEach(one -> out.printf(Locale.ROOT, "%-16s%s%n", one.name(), one.title()));
    } else {
      AliveShow show = new AliveShow(run, out, Terminal.ofStdout(), lines);
      chosen().forEach(show::show);
    }
  }

  private List<AliveScenario> chosen() {
    return AliveScenarios.all().stream()
        .filter(one -> name.equals(AliveScenarios.ALL_NAME) || name.equals(one.name()))
        .toList();
  }
}
