// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

import io.minilibuv.core.TimerHandle;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.examples.cli.UvCommand;
import io.minilibuv.threadpool.PoolStats;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uv fib}: work on the pool, and what can be cancelled of it. */
@Command(
    name = "fib",
    description = "Computes Fibonacci numbers on the pool, slowly, and cancels some if told to.",
    footer =
        "%nTeaches queue_work and cancel. Each number is a request: a worker computes, the loop"
            + " calls back. Cancel takes back what no worker has begun; for the rest it answers"
            + " EBUSY, and the work goes on to its end. On Ctrl-C all are cancelled, and the work"
            + " that has begun sees a flag and gives up: only itself can do that, no pool"
            + " can.%n%nOn a terminal each worker has a lane that shows what it is at; elsewhere"
            + " every event is a line. With --cancel, whoever begins after the Kth waits until the"
            + " rest was cancelled, so that the answers are the same each time.%n%nIt is no good"
            + " way to compute them: each number takes as many steps as it is large.")
public final class FibCommand extends UvCommand {
  /** The last whose value a long can hold. */
  private static final int LARGEST = 92;

  private static final int MOST_MILLIS = 3_600_000;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "N",
      description = "The first number, from 0 to 92 (default: ${DEFAULT-VALUE}).")
  private int n = 40;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many: fib(N), fib(N-1) and so on (default: 12, or all down to 0).")
  private @Nullable Integer jobs;

  @Option(names = "--cancel", paramLabel = "K", description = "Cancel when there are K results.")
  private @Nullable Integer cancel;

  @Option(
      names = "--cancel-after",
      paramLabel = "MS",
      description = "Cancel after so many milliseconds.")
  private @Nullable Integer cancelMillis;

  FibCommand() {}

  @Override
  protected void checkOptions() {
    checkRange("N", n, 0, LARGEST);
    checkRange("--jobs", count(), 1, n + 1);
    if (cancel != null) {
      checkRange("--cancel", cancel, 0, count() - 1);
    }
    if (cancelMillis != null) {
      checkRange("--cancel-after", cancelMillis, 0, MOST_MILLIS);
    }
    if (cancel != null && cancelMillis != null) {
      throw refusal("--cancel and --cancel-after do not go together");
    }
  }

  private int count() {
    return jobs != null ? jobs : Math.min(12, n + 1);
  }

  @Override
  protected void run(CommandRun run) {
    Terminal terminal = Terminal.ofStdout();
    FibTally tally =
        terminal.interactive() ? runOnTerminal(run, terminal) : runPlain(run, terminal);
    if (run.isInterrupted()) {
      run.say("interrupted");
    }
    System.out.println();
    tally.lines().forEach(System.out::println);
  }

  private FibTally runPlain(CommandRun run, Terminal terminal) {
    return run(run, new FibEvents(run.pool(), terminal, true, run::tell));
  }

  private FibTally runOnTerminal(CommandRun run, Terminal terminal) {
    WorkerLanes lanes = new WorkerLanes(terminal, System.out, run.pool()::stats, this::summary);
    lanes.start(run.loop());
    try {
      return run(run, new FibEvents(run.pool(), terminal, false, lanes::say));
    } finally {
      lanes.end();
    }
  }

  private String summary(PoolStats stats) {
    return stats.completed()
        + " done"
        + (stats.cancelled() > 0 ? ", " + stats.cancelled() + " cancelled" : "")
        + " of "
        + count()
        + (stats.queued() > 0 ? ", " + stats.queued() + " queued" : "");
  }

  private FibTally run(CommandRun run, FibEvents events) {
    FibJobs fibs = new FibJobs(run.loop(), cancel != null ? cancel : FibJobs.NEVER, events);
    run.tell(
        "queued "
            + Amounts.count(count(), "job", "jobs")
            + ": fib("
            + n
            + ") to fib("
            + last()
            + ")");
    fibs.queue(n, count());
    if (cancelMillis != null) {
      TimerHandle timer = TimerHandle.init(run.loop());
      timer.start(handle -> fibs.cancel(), cancelMillis, 0);
      // All may be computed before that, and then nobody is to wait for it.
      timer.unref();
    }
    run.onInterrupt(fibs::giveUp);
    run.untilDone();
    return fibs.tally();
  }

  private int last() {
    return n - count() + 1;
  }
}
