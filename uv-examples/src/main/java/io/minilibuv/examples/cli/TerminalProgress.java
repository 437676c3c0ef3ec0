// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import java.io.PrintStream;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on a terminal: amount, rate and time left, painted by a timer of the loop.
 *
 * <p>The library under it paints from a thread of its own. It is told to do so never, and what it
 * paints first and last all the same is dropped: the terminal belongs to the loop's thread.
 */
final class TerminalProgress implements Progress {
  static final int FRAME_MILLIS = 100;
  static final String ERASE_LINE = "\r\033[K";

  private final PrintStream stream;
  private final Amount amount;
  private final TimerHandle timer;
  private final ProgressBar bar;

  private TerminalProgress(
      Loop loop, Terminal terminal, PrintStream stream, String task, Amount amount) {
    this.stream = stream;
    this.amount = amount;
    this.timer = TimerHandle.init(loop);
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(0)
            .setUpdateIntervalMillis(Integer.MAX_VALUE)
            .continuousUpdate()
            .setRenderer(new ProgressRenderer(styleFor(terminal), amount))
            .setConsumer(
                new DelegatingProgressBarConsumer(
                    line -> {
                      if (loop.isLoopThread()) {
                        stream.print(ERASE_LINE + line);
                        stream.flush();
                      }
                    },
                    terminal.width() - 1))
            .build();
  }

  /** Shows a bar until it is closed. Neither the bar nor its timer keeps the loop alive. */
  static TerminalProgress show(
      Loop loop, Terminal terminal, PrintStream stream, String task, Amount amount) {
    TerminalProgress progress = new TerminalProgress(loop, terminal, stream, task, amount);
    amount.begin();
    progress.timer.start(timer -> progress.paint(), FRAME_MILLIS, FRAME_MILLIS);
    progress.timer.unref();
    return progress;
  }

  private static ProgressBarStyle styleFor(Terminal terminal) {
    if (!terminal.unicode()) {
      return ProgressBarStyle.ASCII;
    }
    return terminal.colour()
        ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
        : ProgressBarStyle.UNICODE_BLOCK;
  }

  @Override
  public void paint() {
    long done = amount.done();
    bar.maxHint(Math.max(amount.expected(), done));
    bar.stepTo(done);
    bar.refresh();
  }

  @Override
  public void makeRoom() {
    stream.print(ERASE_LINE);
    stream.flush();
  }

  @Override
  public void close() {
    amount.end();
    timer.close();
    bar.close();
    makeRoom();
  }
}
