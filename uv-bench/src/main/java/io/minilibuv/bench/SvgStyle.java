// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

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
        polyline { fill: none !important; stroke-width: 2 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 } .grid { stroke: #30363d } .c, .spread { stroke: #e6edf3 }
          .a { fill: #3fb68b; stroke: #3fb68b } .b { fill: #6ea8fe; stroke: #6ea8fe }
          .d { fill: #d2a8ff; stroke: #d2a8ff } .other { fill: #d8b56d; stroke: #d8b56d }
        }
      </style>
      """;

  private SvgStyle() {}

  /** The class of what belongs to a contender. */
  static String classOf(Contender contender) {
    return switch (contender) {
      case UV_25_EPOLL -> "a";
      case UV_25_NIO -> "b";
      case UV_17_NIO -> "d";
      default -> "other";
    };
  }

  static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
