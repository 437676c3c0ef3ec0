// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import io.minilibuv.core.Histogram;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.Terminal;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What was measured, in numbers, in a picture and in words. */
final class StarveReport {
  private final Starvation.Plan plan;
  private final Map<SlowPlace, Starvation.Outcome> outcomes = new EnumMap<>(SlowPlace.class);

  /** Nothing was measured yet. */
  StarveReport(Starvation.Plan plan) {
    this.plan = plan;
  }

  /** Adds what was measured. */
  void add(SlowPlace place, Starvation.Outcome outcome) {
    outcomes.put(place, outcome);
  }

  private Starvation.Outcome outcome(SlowPlace place) {
    return Objects.requireNonNull(outcomes.get(place));
  }

  /** What is to be measured, and the names of the numbers. */
  List<String> heading() {
    String what =
        String.format(
            Locale.ROOT,
            "%s of %,d ms, %s, one every %,d ms, on %s",
            Amounts.count(plan.slow(), "slow job", "slow jobs"),
            plan.millis(),
            Amounts.count(plan.stats(), "stat", "stats"),
            plan.intervalMillis(),
            Amounts.count(plan.threads(), "thread", "threads"));
    return List.of(what, "", row("slow jobs in", "p50", "p99", "max", "meanwhile", "jobs took"));
  }

  /** The numbers of one measurement. */
  String row(SlowPlace place) {
    Starvation.Outcome outcome = outcome(place);
    Histogram latency = outcome.latency();
    return row(
        place.title(),
        Amounts.shortTime(latency.valueAtPercentile(50)),
        Amounts.shortTime(latency.valueAtPercentile(99)),
        Amounts.shortTime(latency.max()),
        outcome.meanwhile() + "/" + latency.count(),
        Amounts.duration(outcome.slowNanos() / 1_000_000));
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-20s %10s %10s %10s %10s %10s", cells);
  }

  /** What a number means that does not say so by its name. */
  static String legend() {
    return "meanwhile: stats that were answered before the first slow job was done";
  }

  /** All the latencies, side by side. */
  List<String> picture(Terminal terminal) {
    LatencyPicture picture = new LatencyPicture(terminal);
    outcomes.forEach((place, outcome) -> picture.add(place.title(), outcome.latency()));
    return picture.lines();
  }

  /** What follows from the numbers, when all is measured. */
  List<String> conclusion() {
    String threads = Amounts.count(plan.threads(), "thread", "threads");
    String more = Amounts.count(plan.threads(), "more thread", "more threads");
    return List.of(
        "A stat takes as long as it waits for a thread. Compared with one pool:",
        comparison(SlowPlace.OWN_POOL, more),
        comparison(SlowPlace.SLOW_LANE, (plan.threads() + 1) / 2 + " of " + threads));
  }

  private String comparison(SlowPlace place, String threads) {
    Starvation.Outcome one = outcome(SlowPlace.ONE_POOL);
    Starvation.Outcome other = outcome(place);
    return String.format(
        Locale.ROOT,
        "%-20s p99 %s; %s; jobs %s",
        place.title(),
        shorter((double) p99(one) / p99(other)),
        threads,
        longer((double) other.slowNanos() / Math.max(1, one.slowNanos())));
  }

  /** Less than twice is said not to be much: it may be anything that the machine did meanwhile. */
  private static String shorter(double factor) {
    return factor >= 2
        ? String.format(Locale.ROOT, "%,.0f times shorter", factor)
        : "not much shorter";
  }

  private static String longer(double factor) {
    return factor >= 1.5
        ? String.format(Locale.ROOT, "%.1f times as long", factor)
        : "about as long";
  }

  private static long p99(Starvation.Outcome outcome) {
    return Math.max(1, outcome.latency().valueAtPercentile(99));
  }
}
