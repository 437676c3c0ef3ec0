// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.Histogram;
import io.minilibuv.core.LoopStats;
import io.minilibuv.core.Uv;
import io.minilibuv.threadpool.PoolStats;
import java.io.PrintStream;
import java.util.Locale;

/**
 * What a run's loop and pool did with their time: {@code --stats}. There is no line of what was not
 * there; of a loop on a clock of its own, that of a lesson, no time is told.
 */
interface RunStats {
  /** Says nothing. */
  RunStats NONE = stream -> {};

  /** Says it all, in a few lines. */
  void print(PrintStream stream);

  /** Takes the time from now on. */
  static RunStats begin(CommandRun run) {
    long began = Uv.hrtime();
    return stream -> print(stream, run, Uv.hrtime() - began);
  }

  private static void print(PrintStream stream, CommandRun run, long nanos) {
    PoolStats pool = run.pool().stats();
    LoopStats loop = run.shownLoop().stats();
    long millis = nanos / 1_000_000;
    stream.println(
        "stats: time        "
            + Amounts.duration(millis)
            + (run.bytesMoved() > 0
                ? ", "
                    + Amounts.bytes(run.bytesMoved())
                    + " moved, "
                    + Amounts.rate(run.bytesMoved(), millis)
                : ""));
    stream.println("stats: requests    " + requests(pool, nanos));
    times(stream, "queue wait", pool.queueWait());
    times(stream, "run time", pool.runTime());
    String iterations = Amounts.count(loop.iterations(), "iteration", "iterations");
    if (run.shownLoop() == run.loop()) {
      times(stream, "loop lag", loop.lag());
      double waiting = 100.0 * loop.waitNanos() / Math.max(1, nanos);
      iterations += String.format(Locale.ROOT, ", waiting %.0f %% of the time", waiting);
    }
    stream.println("stats: loop        " + iterations);
    run.addedStats().forEach(line -> stream.println("stats: " + line));
  }

  private static String requests(PoolStats pool, long nanos) {
    if (pool.completed() + pool.cancelled() == 0) {
      return "none";
    }
    return String.format(
        Locale.ROOT,
        "%,d done, %,.0f/s%s, on %s",
        pool.completed(),
        pool.completed() * 1e9 / Math.max(1, nanos),
        pool.cancelled() > 0 ? String.format(Locale.ROOT, ", %,d cancelled", pool.cancelled()) : "",
        Amounts.count(pool.size(), "thread", "threads"));
  }

  private static void times(PrintStream stream, String what, Histogram times) {
    if (times.count() > 0) {
      stream.printf(
          Locale.ROOT,
          "stats: %-11s p50 %s, p99 %s, max %s%n",
          what,
          Amounts.shortTime(times.valueAtPercentile(50)),
          Amounts.shortTime(times.valueAtPercentile(99)),
          Amounts.shortTime(times.max()));
    }
  }
}
