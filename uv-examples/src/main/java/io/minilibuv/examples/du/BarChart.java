// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.Names;
import io.minilibuv.examples.cli.Terminal;
import java.util.List;
import java.util.Locale;

/**
 * A picture of who takes how much, a line for each: amount, share, bar, path.
 *
 * <p>The first one's bar has the whole width that the terminal leaves beside the paths. No path is
 * cut off, so that it can be copied from the screen.
 */
final class BarChart {
  private static final int LEAST = 10;
  private static final int MOST = 50;

  /** What is in a line beside the bar and the path. */
  private static final int OTHER_COLUMNS = 10 + 2 + 5 + 2 + 2;

  /** A block's eighths; the first is none. */
  private static final String EIGHTHS = " \u258f\u258e\u258d\u258c\u258b\u258a\u2589";

  private static final String FULL = "\u2588";

  private final Terminal terminal;
  private final long total;

  /**
   * @param total what the shares are of
   */
  BarChart(Terminal terminal, long total) {
    this.terminal = terminal;
    this.total = total;
  }

  /** The lines, in the order of {@code takers}, of which the first is the biggest. */
  List<String> lines(List<Biggest.Taker> takers) {
    List<String> paths = takers.stream().map(taker -> Names.inLine(taker.path())).toList();
    int longest = paths.stream().mapToInt(BarChart::columns).max().orElse(0);
    int room = terminal.width() - 1 - OTHER_COLUMNS - longest;
    int width = Math.max(LEAST, Math.min(room, MOST));
    return takers.stream().map(taker -> line(taker, takers.get(0).bytes(), width)).toList();
  }

  private String line(Biggest.Taker taker, long most, int width) {
    String bar = bar((double) taker.bytes() / Math.max(1, most), width);
    return String.format(
        Locale.ROOT,
        "%10s  %3.0f %%  %s%s  %s",
        Amounts.bytes(taker.bytes()),
        100.0 * taker.bytes() / Math.max(1, total),
        terminal.text("@|cyan " + bar + "|@"),
        " ".repeat(width - bar.length()),
        Names.inLine(taker.path()) + (taker.complete() ? "" : " +"));
  }

  /** As much of {@code width} as {@code share} is; what is there at all can be seen. */
  private String bar(double share, int width) {
    if (!terminal.unicode()) {
      return "#".repeat((int) Math.ceil(share * width));
    }
    int eighths = (int) Math.ceil(share * width * EIGHTHS.length());
    int rest = eighths % EIGHTHS.length();
    return FULL.repeat(eighths / EIGHTHS.length())
        + (rest > 0 ? EIGHTHS.substring(rest, rest + 1) : "");
  }

  private static int columns(String text) {
    return text.codePointCount(0, text.length());
  }
}
