// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.examples.cli.UvCommand;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uv starve}: slow jobs, and how long a stat waits for a thread meanwhile. */
@Command(
    name = "starve",
    description = "Fills the pool with slow jobs, and measures how long a stat takes then.",
    footer =
        "%nTeaches what a full pool does to everybody else. The slow jobs go three ways: to the"
            + " pool that the stats need too; to a pool of their own, which is a second loop in a"
            + " second thread; and to the slow lane of the one pool, which takes half of its"
            + " threads (rounded up) at most, and which libuv keeps for getaddrinfo. A stat is"
            + " asked for by a timer, whether the last one was answered or not, and its time is"
            + " from the submit to the callback.%n%nOn a terminal there is a picture of the three,"
            + " with the time on a logarithmic scale.%n%nA slow job waits, and does nothing: how it"
            + " is with jobs that need the processors, it does not show.")
public final class StarveCommand extends UvCommand {
  private static final int MOST_MILLIS = 60_000;
  private static final int MOST_STATS = 10_000;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PATH",
      description = "What the stats are of (default: ${DEFAULT-VALUE}).")
  private String path = ".";

  @Option(
      names = "--slow",
      paramLabel = "N",
      description = "How many slow jobs (default: one for each thread).")
  private @Nullable Integer slow;

  @Option(
      names = "--millis",
      paramLabel = "MS",
      description = "How long each of them takes (default: ${DEFAULT-VALUE}).")
  private int millis = 500;

  @Option(
      names = "--probes",
      paramLabel = "N",
      description = "How many stats (default: ${DEFAULT-VALUE}).")
  private int probes = 100;

  StarveCommand() {}

  @Override
  protected void checkOptions() {
    if (slow != null) {
      checkRange("--slow", slow);
    }
    checkRange("--millis", millis, 1, MOST_MILLIS);
    checkRange("--probes", probes, 1, MOST_STATS);
  }

  @Override
  protected void run(CommandRun run) {
    Starvation.Plan plan = plan(run);
    StarveReport report = new StarveReport(plan);
    askFirst(run);
    report.heading().forEach(run::tell);
    for (SlowPlace place : SlowPlace.values()) {
      Starvation.Outcome outcome = measure(run, plan, place);
      if (run.isInterrupted()) {
        sayInterrupted(run, place, outcome);
        return;
      }
      report.add(place, outcome);
      run.tell(report.row(place));
    }
    conclude(report);
  }

  /** A stat that does not count: it finds out whether there is such a file, and starts the pool. */
  private void askFirst(CommandRun run) {
    Fs.stat(run.loop(), path, FsRequest::orThrow);
    run.untilDone();
  }

  private Starvation.Plan plan(CommandRun run) {
    int threads = run.pool().size();
    return new Starvation.Plan(path, threads, slow != null ? slow : threads, millis, probes);
  }

  private static Starvation.Outcome measure(CommandRun run, Starvation.Plan plan, SlowPlace place) {
    Starvation starvation =
        new Starvation(run.loop(), plan, place.open(run.loop(), plan.threads()));
    run.onInterrupt(starvation::stop);
    starvation.start();
    run.untilDone();
    Starvation.Outcome outcome = starvation.outcome();
    if (outcome.failure() != null) {
      run.fail(outcome.failure());
    }
    return outcome;
  }

  private static void sayInterrupted(CommandRun run, SlowPlace place, Starvation.Outcome outcome) {
    run.say(
        "interrupted, with the slow jobs in "
            + place.title()
            + ": "
            + Amounts.count(outcome.slowCancelled(), "slow job", "slow jobs")
            + " and "
            + Amounts.count(outcome.statsCancelled(), "stat", "stats")
            + " cancelled");
  }

  private static void conclude(StarveReport report) {
    System.out.println(StarveReport.legend());
    System.out.println();
    Terminal terminal = Terminal.ofStdout();
    if (terminal.interactive()) {
      report.picture(terminal).forEach(System.out::println);
      System.out.println();
    }
    report.conclusion().forEach(System.out::println);
  }
}
