// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeEntry;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.fs.tree.TreeResult;
import io.minilibuv.fs.tree.TreeVisitor.Next;
import java.io.PrintStream;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on a terminal: bytes, rate and time left, painted by a timer of the loop.
 *
 * <p>The library under it paints from a thread of its own. It is told to do so never, and what it
 * paints first and last all the same is dropped: the terminal belongs to the loop's thread.
 */
final class TerminalProgress implements Progress {
  private static final int FRAME_MILLIS = 100;
  private static final String ERASE_LINE = "\r\033[K";

  /** Few, so that the copy gets most of the workers. */
  private static final int ENTRIES_COUNTED_AT_ONCE = 2;

  private final PrintStream stream;
  private final CopyReport report;
  private final FsTask<TreeResult> counting;
  private long size;
  private final TimerHandle timer;
  private final ProgressBar bar;

  private TerminalProgress(
      Loop loop, Terminal terminal, PrintStream stream, CopyReport report, String source) {
    this.stream = stream;
    this.report = report;
    TreeOptions options = new TreeOptions().concurrency(ENTRIES_COUNTED_AT_ONCE).keptErrors(0);
    this.counting = FsTrees.walkTree(loop, source, options, this::count);
    this.timer = TimerHandle.init(loop);
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("copy")
            .setInitialMax(0)
            .setUpdateIntervalMillis(Integer.MAX_VALUE)
            .continuousUpdate()
            .setRenderer(new ProgressRenderer(styleFor(terminal), this::isSizeKnown))
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
      Loop loop, Terminal terminal, PrintStream stream, CopyReport report, String source) {
    TerminalProgress progress = new TerminalProgress(loop, terminal, stream, report, source);
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

  /**
   * Beside the copy and ahead of it. What cannot be looked at counts nothing; the copy will tell.
   */
  private Next count(TreeEntry entry) {
    if (entry.stat().isRegularFile()) {
      size += entry.stat().size();
    }
    return Next.CONTINUE;
  }

  private boolean isSizeKnown() {
    return counting.isDone();
  }

  private void paint() {
    bar.maxHint(Math.max(size, report.transferred()));
    bar.stepTo(report.transferred());
    bar.refresh();
  }

  @Override
  public void close() {
    counting.cancel(false);
    timer.close();
    bar.close();
    stream.print(ERASE_LINE);
    stream.flush();
  }
}
