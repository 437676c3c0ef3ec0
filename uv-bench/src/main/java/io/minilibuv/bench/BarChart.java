// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The ratios as a picture (SVG): a bar for each contender of each row, on a logarithmic scale, with
 * a line where C is. This project's bars are thick, and those of others thin. Its colours are for
 * light and for dark pages.
 */
final class BarChart {
  private static final int LEFT = 290;
  private static final int WIDTH = 560;
  private static final int THICK = 11;
  private static final int THIN = 6;
  private static final int IN_LINE = 4;
  private static final double LEAST = 0.02;
  private static final double MOST = 50;

  private final Report report;
  private final List<Contender> shown;
  private final int top;
  private final StringBuilder svg = new StringBuilder();

  private BarChart(Report report) {
    this.report = report;
    shown = shown(report.results());
    top = SvgStyle.legendHeight(shown, IN_LINE) + 8;
  }

  static String of(Report report) {
    return new BarChart(report).draw();
  }

  /** Who has a bar anywhere: this project first, in front of the others. */
  private static List<Contender> shown(List<Result> results) {
    return Stream.of(Contender.values())
        .filter(one -> results.stream().anyMatch(result -> hasBar(result, one)))
        .sorted((one, other) -> Boolean.compare(other.isUv(), one.isUv()))
        .toList();
  }

  private static boolean hasBar(Result result, Contender contender) {
    // The start of a JVM is beyond every scale.
    return contender != Contender.C && !result.row().isStartUp() && result.ratio(contender) != null;
  }

  private String draw() {
    int y = top;
    for (Result result : report.results()) {
      int begin = y;
      for (Contender contender : shown) {
        if (hasBar(result, contender)) {
          y += bar(result, contender, y) + 2;
        }
      }
      if (y > begin) {
        text(LEFT - 8, (begin + y) / 2 + 3, "end", result.row().title());
        y += 8;
      }
    }
    String rows = svg.toString();
    svg.setLength(0);
    open(y + 20);
    scale(y);
    svg.append(SvgStyle.legend(report, shown, LEFT - 100, IN_LINE));
    return svg.append(rows).append("</svg>\n").toString();
  }

  private void open(int height) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">",
        LEFT + WIDTH + 20, height);
    svg.append(SvgStyle.TEXT);
  }

  private void scale(int bottom) {
    for (double at : new double[] {0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 25}) {
      int x = x(at);
      add(
          "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
          at == 1 ? "c" : "grid", x, top - 8, x, bottom);
      text(x, bottom + 14, "middle", at == 1 ? "C" : (at < 1 ? "" + at : "" + (int) at) + "×");
    }
  }

  /** Draws one; returns how high it is. */
  private int bar(Result result, Contender contender, int y) {
    Spread ratio = result.ratio(contender);
    if (ratio == null) {
      return 0;
    }
    int height = contender.isUv() ? THICK : THIN;
    int x = x(Math.min(ratio.median(), 1));
    int end = x(Math.max(ratio.median(), 1));
    add(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>%s %.2f</title>"
            + "</rect>",
        SvgStyle.classOf(contender),
        x,
        y,
        Math.max(end - x, 1),
        height,
        SvgStyle.escaped(report.label(contender)),
        ratio.median());
    add(
        "<line class=\"spread\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
        x(ratio.low()), y + height / 2, x(ratio.high()), y + height / 2);
    return height;
  }

  private void text(int x, int y, String anchor, String words) {
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
        x, y, anchor, SvgStyle.escaped(words));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static int x(double ratio) {
    double within = Math.min(Math.max(ratio, LEAST), MOST);
    return LEFT + (int) Math.round(WIDTH * Math.log(within / LEAST) / Math.log(MOST / LEAST));
  }
}
