// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results as a page. */
final class MarkdownReport {
  private final Report report;
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    MarkdownReport page = new MarkdownReport(report);
    page.machine();
    page.ratios(report.results(), Contender.C);
    if (!report.growths().isEmpty()) {
      page.line("## How cost grows");
      page.line("");
      page.ratios(report.growths(), Contender.C);
    }
    page.besideTheOther();
    page.details();
    page.sizes(report.sizes());
    page.failures();
    return page.text.toString();
  }

  private void machine() {
    line("# Side by side");
    line("");
    line("Cost relative to C in the same run, pair by pair: the median, and the quartiles.");
    line(
        "Lower is better; below 1 is ahead of C. Behind ≤ is what it may be at most: that factor,"
            + " or");
    line("where a time stands there, that time.");
    line(
        "`~` stands before what tells little: its quartiles are more than a factor of "
            + Spread.WIDE
            + " apart.");
    line("");
    line("| | |");
    line("|---|---|");
    report.machine().forEach((name, value) -> line("| " + name + " | " + value + " |"));
    line("");
  }

  private void ratios(List<Result> results, Contender base) {
    if (results.isEmpty()) {
      return;
    }
    List<Contender> others = others(results, base);
    String name = base == Contender.C ? "C" : report.label(base);
    line("| row | " + name + " |" + joined(others, one -> ' ' + report.label(one) + " |"));
    line("|---|---|" + joined(others, contender -> "---|"));
    for (Result result : results) {
      StringBuilder row = new StringBuilder("| " + result.row().title() + " | ");
      Spread cost = result.cost(base);
      row.append(cost == null ? "" : about(cost) + nanos(cost.median())).append(" |");
      line(row + joined(others, contender -> ' ' + cell(result, contender, base) + " |"));
    }
    line("");
  }

  /** All rows once more, relative to the libuv of {@code --libuv}. */
  private void besideTheOther() {
    Contender other = Contender.OTHER_C;
    List<Result> results =
        report.all().stream().filter(result -> result.measures().containsKey(other)).toList();
    if (!results.isEmpty()) {
      line("## Beside " + report.label(other));
      line("");
      line("The same rounds, relative to that one, pair by pair.");
      line("");
      ratios(results, other);
    }
  }

  /** Who is there besides the base: a column that nothing is in is left out. */
  private static List<Contender> others(List<Result> results, Contender base) {
    return Stream.of(Contender.values())
        .filter(contender -> contender != base)
        .filter(
            contender ->
                results.stream()
                    .anyMatch(
                        result ->
                            result.measures().containsKey(contender)
                                || result.failures().containsKey(contender)))
        .toList();
  }

  private static String joined(List<Contender> contenders, Function<Contender, String> word) {
    return contenders.stream().map(word).collect(Collectors.joining());
  }

  private static String cell(Result result, Contender contender, Contender base) {
    Spread ratio = result.ratio(contender, base);
    if (ratio == null) {
      return result.failures().containsKey(contender) ? "failed" : "";
    }
    return about(ratio)
        + String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", ratio.median(), ratio.low(), ratio.high())
        + (base == Contender.C ? mark(result, contender) : "");
  }

  private static String about(Spread spread) {
    return spread.isWide() ? "~" : "";
  }

  private static String mark(Result result, Contender contender) {
    Result.Verdict verdict = result.verdict(contender);
    if (verdict == null) {
      return "";
    }
    Double limit = result.row().limits().get(contender);
    String target =
        limit == null
            ? String.format(Locale.ROOT, "%.2f", result.row().targetOf(contender))
            : nanos(limit);
    return switch (verdict) {
      case REACHED -> ", ≤ " + target + " ✓";
      case MISSED -> ", **not ≤ " + target + "**";
      case NOISY -> ", ≤ " + target + "? too noisy to judge";
    };
  }

  private void details() {
    if (report.all().isEmpty()) {
      return;
    }
    line("## An operation of each");
    line("");
    line("| row | who | time | quartiles | CPU | peak memory |");
    line("|---|---|---|---|---|---|");
    for (Result result : report.all()) {
      for (Contender contender : Contender.values()) {
        detail(result, contender);
      }
    }
    line("");
  }

  private void detail(Result result, Contender contender) {
    Spread cost = result.cost(contender);
    Spread cpu = result.cpu(contender);
    if (cost != null) {
      line(
          String.join(
              " | ",
              "| " + result.row().title(),
              report.label(contender),
              nanos(cost.median()),
              nanos(cost.low()) + "–" + nanos(cost.high()),
              cpu == null ? "" : nanos(cpu.median()),
              megabytes(result.peaks().get(contender)) + " |"));
    }
  }

  private void sizes(Sizes sizes) {
    if (sizes.bytes().isEmpty()) {
      return;
    }
    List<Contender> contenders = List.copyOf(sizes.bytes().keySet());
    line("## Memory that one more keeps");
    line("");
    line("C's is its `sizeof`. The others' is how much larger the heap is with one more.");
    line("");
    Map<Contender, Map<String, Long>> bytes = sizes.bytes();
    line("| |" + joined(contenders, contender -> ' ' + report.label(contender) + " |"));
    line("|---|" + joined(contenders, contender -> "---|"));
    Sizes.KINDS.forEach(
        (kind, title) ->
            line(
                "| "
                    + title
                    + " |"
                    + joined(
                        contenders,
                        contender ->
                            " " + bytes.getOrDefault(contender, Map.of()).get(kind) + " B |")));
    line("");
  }

  private void failures() {
    for (Result result : report.all()) {
      result
          .failures()
          .forEach((contender, why) -> line("- " + result.row().title() + ": failed. " + why));
    }
    report.sizes().failures().forEach((contender, why) -> line("- memory: failed. " + why));
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
