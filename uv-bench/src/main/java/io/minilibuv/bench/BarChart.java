// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The ratios as a picture (SVG): a bar for each contender of each row, on a logarithmic scale, with
 * a line where C is. Its colours are for light and for dark pages.
 */
final class BarChart {
  private static final int LEFT = 190;
  private static final int WIDTH = 560;
  private static final int BAR = 11;
  private static final double LEAST = 0.02;
  private static final double MOST = 50;

  private final StringBuilder svg = new StringBuilder();

  private BarChart() {}

  static String of(List<Result> results) {
    BarChart chart = new BarChart();
    List<Contender> shown =
        List.of(Contender.UV_25_EPOLL, Contender.UV_25_NIO, Contender.UV_17_NIO);
    int top = 40;
    List<String> bars = new ArrayList<>();
    for (Result result : results) {
      chart.svg.setLength(0);
      int begin = top;
      for (Contender contender : shown) {
        // The start of a JVM is beyond every scale.
        Spread ratio = result.row().isStartUp() ? null : result.ratio(contender);
        if (ratio != null) {
          chart.bar(contender, ratio, top);
          top += BAR + 2;
        }
      }
      if (top > begin) {
        chart.text(LEFT - 8, (begin + top) / 2 + 3, "end", result.row().title());
        top += 8;
      }
      bars.add(chart.svg.toString());
    }
    chart.svg.setLength(0);
    chart.open(top + 20);
    chart.scale(top);
    chart.legend(shown);
    bars.forEach(chart.svg::append);
    chart.svg.append("</svg>\n");
    return chart.svg.toString();
  }

  private void open(int height) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
            LEFT + WIDTH + 20,
            height));
    svg.append(SvgStyle.TEXT);
  }

  private void scale(int bottom) {
    for (double at : new double[] {0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 25}) {
      int x = x(at);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"%s\" x1=\"%d\" y1=\"30\" x2=\"%d\" y2=\"%d\"/>%n",
              at == 1 ? "c" : "grid",
              x,
              x,
              bottom));
      text(x, bottom + 14, "middle", at == 1 ? "C" : (at < 1 ? "" + at : "" + (int) at) + "×");
    }
  }

  private void legend(List<Contender> shown) {
    int x = LEFT;
    for (Contender contender : shown) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%d\" y=\"8\" width=\"10\" height=\"10\"/>%n",
              SvgStyle.classOf(contender),
              x));
      text(x + 15, 17, "start", contender.label());
      x += 150;
    }
  }

  private void bar(Contender contender, Spread ratio, int y) {
    int x = x(Math.min(ratio.median(), 1));
    int end = x(Math.max(ratio.median(), 1));
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>%s %.2f</title>"
                + "</rect>%n",
            SvgStyle.classOf(contender),
            x,
            y,
            Math.max(end - x, 1),
            BAR,
            contender.label(),
            ratio.median()));
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"spread\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n",
            x(ratio.low()),
            y + BAR / 2,
            x(ratio.high()),
            y + BAR / 2));
  }

  private void text(int x, int y, String anchor, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            SvgStyle.escaped(words)));
  }

  private static int x(double ratio) {
    double within = Math.min(Math.max(ratio, LEAST), MOST);
    return LEFT + (int) Math.round(WIDTH * Math.log(within / LEAST) / Math.log(MOST / LEAST));
  }
}
