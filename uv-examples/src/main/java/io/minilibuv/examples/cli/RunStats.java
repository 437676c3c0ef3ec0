// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.Histogram;
import io.minilibuv.core.LoopStats;
import io.minilibuv.core.Uv;
import io.minilibuv.threadpool.PoolStats;
import java.io.PrintStream;
import java.util.Locale;

/** What a run's loop and pool did with their time: {@code --stats}. */
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
    stream.println(
        "stats: requests    "
            + Amounts.count(pool.completed(), "done", "done")
            + String.format(Locale.ROOT, ", %.0f/s", pool.completed() * 1e9 / Math.max(1, nanos))
            + (pool.cancelled() > 0
                ? String.format(Locale.ROOT, ", %,d cancelled", pool.cancelled())
                : "")
            + ", on "
            + Amounts.count(pool.size(), "thread", "threads"));
    stream.println("stats: queue wait  " + times(pool.queueWait()));
    stream.println("stats: run time    " + times(pool.runTime()));
    stream.println("stats: loop lag    " + times(loop.lag()));
    stream.println(
        String.format(
            Locale.ROOT,
            "stats: loop        %s, waiting %.0f %% of the time",
            Amounts.count(loop.iterations(), "iteration", "iterations"),
            100.0 * loop.waitNanos() / Math.max(1, nanos)));
    run.addedStats().forEach(line -> stream.println("stats: " + line));
  }

  private static String times(Histogram times) {
    return times.count() == 0
        ? "none"
        : "p50 "
            + Amounts.shortTime(times.valueAtPercentile(50))
            + ", p99 "
            + Amounts.shortTime(times.valueAtPercentile(99))
            + ", max "
            + Amounts.shortTime(times.max());
  }
}
