// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an operation costs, the more there is: a line for each contender, both scales logarithmic.
 */
final class GrowthChart {
  private static final int LEFT = 70;
  private static final int WIDTH = 480;
  private static final int TOP = 55;
  private static final int IN_LINE = 3;
  private static final int HEIGHT = 220;

  /** Room for half of the last number. */
  private static final int RIGHT = 50;

  private static final List<Contender> SHOWN =
      List.of(
          Contender.C,
          Contender.OTHER_C,
          Contender.UV_25_EPOLL,
          Contender.UV_25_NIO,
          Contender.UV_17_NIO);

  private final Growth growth;
  private final Report report;
  private final List<Result> results;
  private final double least;
  private final double most;
  private final StringBuilder svg = new StringBuilder();

  private GrowthChart(Growth growth, Report report) {
    this.growth = growth;
    this.report = report;
    results =
        report.growths().stream().filter(result -> growth.rows().contains(result.row())).toList();
    List<Double> costs =
        results.stream()
            .flatMap(result -> SHOWN.stream().map(contender -> costOf(result, contender)))
            .flatMap(Optional::stream)
            .toList();
    least = Math.pow(10, Math.floor(Math.log10(costs.stream().min(Double::compare).orElse(1.0))));
    double top =
        Math.pow(10, Math.ceil(Math.log10(costs.stream().max(Double::compare).orElse(10.0))));
    most = Math.max(top, 10 * least);
  }

  /**
   * What an operation has cost; nothing if that was too little to be told, for which a scale of
   * powers has no place.
   */
  private static Optional<Double> costOf(Result result, Contender contender) {
    return Optional.ofNullable(result.cost(contender))
        .map(Spread::median)
        .filter(median -> median > 0);
  }

  /** Draws what the report has of it so far. */
  static String of(Growth growth, Report report) {
    return new GrowthChart(growth, report).draw();
  }

  private String draw() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">",
        LEFT + WIDTH + RIGHT, TOP + HEIGHT + 40);
    svg.append(SvgStyle.TEXT);
    for (double at = least; at <= most * 1.01; at *= 10) {
      add(
          "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
          LEFT, y(at), LEFT + WIDTH, y(at));
      text(LEFT - 6, y(at) + 4, "end", MarkdownReport.nanos(at));
    }
    for (int number : growth.numbers()) {
      text(x(number), TOP + HEIGHT + 18, "middle", String.format(Locale.ROOT, "%,d", number));
    }
    text(LEFT + WIDTH / 2, TOP + HEIGHT + 36, "middle", growth.title());
    List<Contender> there = SHOWN.stream().filter(this::isThere).toList();
    svg.append(SvgStyle.legend(report, there, LEFT, IN_LINE));
    there.forEach(this::line);
    return svg.append("</svg>\n").toString();
  }

  private boolean isThere(Contender contender) {
    return results.stream().anyMatch(result -> costOf(result, contender).isPresent());
  }

  private void line(Contender contender) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < results.size(); i++) {
      int x = x(growth.numbers().get(i));
      costOf(results.get(i), contender)
          .ifPresent(cost -> points.append(x).append(',').append(y(cost)).append(' '));
    }
    add(
        "<polyline class=\"%s\" points=\"%s\"/>",
        SvgStyle.classOf(contender), points.toString().strip());
  }

  private int x(int number) {
    double first = Math.log10(growth.numbers().get(0));
    double last = Math.log10(growth.numbers().get(growth.numbers().size() - 1));
    return LEFT + (int) Math.round(WIDTH * (Math.log10(number) - first) / (last - first));
  }

  private int y(double cost) {
    double part = (Math.log10(cost) - Math.log10(least)) / (Math.log10(most) - Math.log10(least));
    return TOP + (int) Math.round(HEIGHT * (1 - part));
  }

  private void text(int x, int y, String anchor, String words) {
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
        x, y, anchor, SvgStyle.escaped(words));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
