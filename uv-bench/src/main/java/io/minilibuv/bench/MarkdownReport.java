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
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String of(Map<String, String> machine, List<Result> results, Sizes sizes) {
    MarkdownReport report = new MarkdownReport();
    report.machine(machine);
    if (!results.isEmpty()) {
      report.ratios(results);
      report.details(results);
    }
    report.sizes(sizes);
    report.failures(results, sizes);
    return report.text.toString();
  }

  private void machine(Map<String, String> machine) {
    line("# Side by side");
    line("");
    line("Cost relative to C in the same run, pair by pair: the median, and the quartiles.");
    line(
        "Lower is better; below 1 is ahead of C. Behind ≤ is what it may be at most: that factor,"
            + " or");
    line("where a time stands there, that time.");
    line("");
    line("| | |");
    line("|---|---|");
    machine.forEach((name, value) -> line("| " + name + " | " + value + " |"));
    line("");
  }

  private void ratios(List<Result> results) {
    List<Contender> others = others(results);
    line("| row | C |" + joined(others, contender -> ' ' + contender.label() + " |"));
    line("|---|---|" + joined(others, contender -> "---|"));
    for (Result result : results) {
      StringBuilder row = new StringBuilder("| " + result.row().title() + " | ");
      Spread c = result.cost(Contender.C);
      row.append(c == null ? "" : nanos(c.median())).append(" |");
      line(row + joined(others, contender -> ' ' + cell(result, contender) + " |"));
    }
    line("");
  }

  /** Who is there besides C: a column that nothing is in is left out. */
  private static List<Contender> others(List<Result> results) {
    return Stream.of(Contender.values())
        .filter(contender -> contender != Contender.C)
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
    line("| |" + joined(contenders, contender -> ' ' + contender.label() + " |"));
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

  private void failures(List<Result> results, Sizes sizes) {
    for (Result result : results) {
      result
          .failures()
          .forEach((contender, why) -> line("- " + result.row().title() + ": failed. " + why));
    }
    sizes.failures().forEach((contender, why) -> line("- memory: failed. " + why));
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
