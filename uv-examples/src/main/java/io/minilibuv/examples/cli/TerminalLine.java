// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import java.io.PrintStream;
import java.util.function.Supplier;

/** A line of text on a terminal, painted again and again by a timer of the loop. */
final class TerminalLine implements Progress {
  private final PrintStream stream;
  private final int width;
  private final Supplier<String> text;
  private final TimerHandle timer;

  private TerminalLine(Loop loop, Terminal terminal, PrintStream stream, Supplier<String> text) {
    this.stream = stream;
    this.width = terminal.width() - 1;
    this.text = text;
    this.timer = TimerHandle.init(loop);
  }

  /** Shows the line until it is closed. Neither the line nor its timer keeps the loop alive. */
  static TerminalLine show(
      Loop loop, Terminal terminal, PrintStream stream, Supplier<String> text) {
    TerminalLine line = new TerminalLine(loop, terminal, stream, text);
    line.timer.start(
        timer -> line.paint(), TerminalProgress.FRAME_MILLIS, TerminalProgress.FRAME_MILLIS);
    line.timer.unref();
    return line;
  }

  /** A line that is too long would go on in the next, which is not erased. */
  @Override
  public void paint() {
    String line = Printable.line(text.get());
    int end = line.offsetByCodePoints(0, Math.min(width, line.codePointCount(0, line.length())));
    stream.print(TerminalProgress.ERASE_LINE + line.substring(0, end));
    stream.flush();
  }

  @Override
  public void makeRoom() {
    stream.print(TerminalProgress.ERASE_LINE);
    stream.flush();
  }

  @Override
  public void close() {
    timer.close();
    makeRoom();
  }
}
