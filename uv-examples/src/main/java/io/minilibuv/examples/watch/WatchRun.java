// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a change to what is done for it: each is printed, or begins the wait for quiet, which begins
 * a run.
 */
final class WatchRun implements Watches.Listener, CommandRuns.Listener {
  /** What was asked for; {@code most} is 0 for ever. */
  record Options(boolean recursive, long debounceMillis, boolean atStart, boolean kill, int most) {}

  private static final Logger log = LoggerFactory.getLogger(WatchRun.class);

  /** A reader that does not take what is written to it may take so long, and no longer. */
  private static final long PATIENCE_MILLIS = 2000;

  /** More failures are only counted. */
  private static final int SAID = 100;

  private final CommandRun run;
  private final Options options;
  private final Watches watches;
  private final Debounce debounce;
  private final ChangePrinter printer;
  private final @Nullable CommandRuns runs;
  private long changes;
  private int quiets;
  private long failedRuns;
  private long unwatched;
  private int lastStatus;

  /**
   * Nothing is watched yet.
   *
   * @param command what to run; empty to print
   */
  WatchRun(CommandRun run, Options options, List<String> command) {
    Loop loop = run.loop();
    this.run = run;
    this.options = options;
    this.watches = new Watches(loop, options.recursive(), this);
    this.debounce = new Debounce(loop, options.debounceMillis(), this::quiet);
    this.printer = new ChangePrinter(loop, this::noOutput);
    this.runs =
        command.isEmpty()
            ? null
            : new CommandRuns(
                loop,
                command,
                CommandRuns.Launcher.INHERITING,
                options.kill(),
                options.most(),
                this);
  }

  void start(List<String> paths) {
    paths.forEach(watches::add);
    watches.begin();
  }

  @Override
  public void ready() {
    run.say("watching " + Amounts.count(watches.count(), "path", "paths"));
    if (runs != null && options.atStart()) {
      runs.ask();
    }
  }

  @Override
  public void changed(Change change) {
    changes++;
    log.debug("{}", Printable.line(change.line()));
    if (runs == null) {
      printer.print(change);
    }
    debounce.touch();
  }

  private void quiet() {
    quiets++;
    log.debug("quiet after {}", Amounts.count(changes, "change", "changes"));
    if (runs != null) {
      runs.ask();
    } else if (quiets == options.most()) {
      finished();
    }
  }

  // Watches.Listener

  @Override
  public void failed(UvException why) {
    unwatched++;
    if (unwatched <= SAID) {
      run.fail(why);
    }
  }

  @Override
  public void full(int most) {
    run.fail("more than " + Amounts.count(most, "path", "paths") + ": the rest is not watched");
  }

  // CommandRuns.Listener

  @Override
  public void ended(long number, int status) {
    lastStatus = status;
    if (status != 0) {
      failedRuns++;
      run.say("run " + number + " ended with status " + status);
    }
  }

  @Override
  public void notRun(UvException why) {
    lastStatus = 1;
    failedRuns++;
    run.fail(why);
  }

  @Override
  public void finished() {
    watches.close();
    debounce.close();
  }

  // The end.

  /** Ends what is watched and what runs. */
  void interrupt() {
    if (runs != null) {
      runs.end();
      return;
    }
    finished();
    run.abandonAfter(PATIENCE_MILLIS);
  }

  private void noOutput(UvException why) {
    run.fail(why);
    finished();
  }

  /** Says what was done. */
  void summarize() {
    if (unwatched > SAID) {
      run.fail("and " + Amounts.count(unwatched - SAID, "failure", "failures") + " more");
    }
    if (options.most() > 0 && !run.isInterrupted()) {
      run.endWith(lastStatus);
    }
    String done =
        runs == null
            ? Amounts.count(changes, "change", "changes")
            : "ran "
                + Amounts.count(runs.count(), "time", "times")
                + (failedRuns > 0 ? ", " + Amounts.count(failedRuns, "failed", "failed") : "");
    run.say(run.isInterrupted() ? "interrupted, " + done : done);
  }
}
