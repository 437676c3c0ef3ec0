// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results as a page. */
final class MarkdownReport {
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String of(Map<String, String> machine, List<Result> results) {
    MarkdownReport report = new MarkdownReport();
    report.machine(machine);
    report.ratios(results);
    report.details(results);
    report.failures(results);
    return report.text.toString();
  }

  private void machine(Map<String, String> machine) {
    line("# Side by side");
    line("");
    line("Cost relative to C in the same run, pair by pair: the median, and the quartiles.");
    line("Lower is better; below 1 is ahead of C.");
    line("");
    line("| | |");
    line("|---|---|");
    machine.forEach((name, value) -> line("| " + name + " | " + value + " |"));
    line("");
  }

  private void ratios(List<Result> results) {
    line("| row | C | " + joined(Contender::label) + " |");
    line("|---|---|" + joined(contender -> "---").replace(" ", "") + "|");
    for (Result result : results) {
      StringBuilder row = new StringBuilder("| " + result.row().title() + " | ");
      Spread c = result.cost(Contender.C);
      row.append(c == null ? "" : nanos(c.median())).append(" |");
      for (Contender contender : others()) {
        row.append(' ').append(cell(result, contender)).append(" |");
      }
      line(row.toString());
    }
    line("");
  }

  private static List<Contender> others() {
    return List.of(Contender.values()).subList(1, Contender.values().length);
  }

  private static String joined(java.util.function.Function<Contender, String> word) {
    return String.join(" | ", others().stream().map(word).toList());
  }

  private static String cell(Result result, Contender contender) {
    Spread ratio = result.ratio(contender);
    if (ratio == null) {
      return result.failures().containsKey(contender) ? "failed" : "";
    }
    return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", ratio.median(), ratio.low(), ratio.high())
        + mark(result, contender);
  }

  private static String mark(Result result, Contender contender) {
    Result.Verdict verdict = result.verdict(contender);
    if (verdict == null) {
      return "";
    }
    String target = String.format(Locale.ROOT, "%.2f", result.row().targetOf(contender));
    return switch (verdict) {
      case REACHED -> ", ≤ " + target + " ✓";
      case MISSED -> ", **not ≤ " + target + "**";
      case NOISY -> ", ≤ " + target + "? too noisy to judge";
    };
  }

  private void details(List<Result> results) {
    line("## An operation of each");
    line("");
    line("| row | who | time | quartiles | CPU | peak memory |");
    line("|---|---|---|---|---|---|");
    for (Result result : results) {
      for (Contender contender : Contender.values()) {
        detail(result, contender);
      }
    }
    line("");
  }

  private void detail(Result result, Contender contender) {
    Spread cost = result.cost(contender);
    Spread cpu = result.cpu(contender);
    if (cost != null && cpu != null) {
      line(
          String.join(
              " | ",
              "| " + result.row().title(),
              contender.label(),
              nanos(cost.median()),
              nanos(cost.low()) + "–" + nanos(cost.high()),
              nanos(cpu.median()),
              megabytes(result.peaks().get(contender)) + " |"));
    }
  }

  private void failures(List<Result> results) {
    for (Result result : results) {
      result
          .failures()
          .forEach((contender, why) -> line("- " + result.row().title() + ": failed. " + why));
    }
  }

  private static String megabytes(@Nullable Long kilobytes) {
    return kilobytes == null ? "" : kilobytes / 1024 + " MiB";
  }

  /** Nanoseconds, in the unit that suits them. */
  static String nanos(double nanos) {
    if (nanos < 1e3) {
      return String.format(Locale.ROOT, "%.0f ns", nanos);
    }
    if (nanos < 1e6) {
      return String.format(Locale.ROOT, "%.2f µs", nanos / 1e3);
    }
    return nanos < 1e9
        ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
