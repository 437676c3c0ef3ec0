// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.List;
import java.util.Locale;

/** What all charts look like, on light and on dark pages. */
final class SvgStyle {
  static final String TEXT =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #24292f }
        .grid { stroke: #d0d7de } .c { stroke: #24292f; stroke-width: 1.5 }
        .spread { stroke: #24292f; stroke-width: 1 }
        .a { fill: #0a7d5a; stroke: #0a7d5a } .b { fill: #2f6fd0; stroke: #2f6fd0 }
        .d { fill: #a35bc0; stroke: #a35bc0 } .other { fill: #8a6d3b; stroke: #8a6d3b }
        .netty { fill: #bc4c00 } .vertx { fill: #bf3989 } .virtual { fill: #1b7c83 }
        .channel { fill: #cf222e } .cp { fill: #6e7781 }
        .otherc { fill: #57606a; stroke: #57606a }
        polyline { fill: none !important; stroke-width: 2 } polyline.otherc { stroke-dasharray: 4 3 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 } .grid { stroke: #30363d } .c, .spread { stroke: #e6edf3 }
          .a { fill: #3fb68b; stroke: #3fb68b } .b { fill: #6ea8fe; stroke: #6ea8fe }
          .d { fill: #d2a8ff; stroke: #d2a8ff } .other { fill: #d8b56d; stroke: #d8b56d }
          .netty { fill: #f0883e } .vertx { fill: #f778ba } .virtual { fill: #39c5cf }
          .channel { fill: #ff7b72 } .cp { fill: #8b949e } .otherc { fill: #b1bac4; stroke: #b1bac4 }
        }
      </style>
      """;

  private static final int LEGEND_WIDTH = 185;
  private static final int LEGEND_LINE = 17;

  private SvgStyle() {}

  /** The class of what belongs to a contender. */
  static String classOf(Contender contender) {
    return switch (contender) {
      case UV_25_EPOLL -> "a";
      case UV_25_NIO -> "b";
      case UV_17_NIO -> "d";
      case OTHER_C -> "otherc";
      case NETTY, VERTX, VIRTUAL, CHANNEL, CP -> contender.name().toLowerCase(Locale.ROOT);
      default -> "other";
    };
  }

  /** What the colours mean: squares with words behind them, so many in a line from the top. */
  static String legend(Report report, List<Contender> shown, int left, int inLine) {
    StringBuilder svg = new StringBuilder();
    for (int i = 0; i < shown.size(); i++) {
      int x = left + i % inLine * LEGEND_WIDTH;
      int y = 8 + i / inLine * LEGEND_LINE;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"10\" height=\"10\"/>%n"
                  + "<text x=\"%d\" y=\"%d\" text-anchor=\"start\">%s</text>%n",
              classOf(shown.get(i)),
              x,
              y,
              x + 15,
              y + 9,
              escaped(report.label(shown.get(i)))));
    }
    return svg.toString();
  }

  /** How much room that takes. */
  static int legendHeight(List<Contender> shown, int inLine) {
    return (shown.size() + inLine - 1) / inLine * LEGEND_LINE + 8;
  }

  static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
