// SPDX-License-Identifier: MIT
package io.minilibuv.examples.progress;

import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Progress;
import java.util.Locale;
import java.util.function.Function;

/** A bar that is painted by those who tell how far they are, whenever there is another percent. */
final class PercentBar implements Progress.Amount, AutoCloseable {
  private static final int PERCENT = 100;

  private final long total;
  private Progress progress = Progress.NONE;
  private long done;
  private long percent;

  private PercentBar(long total) {
    this.total = total;
  }

  /** Shows a bar where there is a terminal. */
  static PercentBar show(CommandRun run, String what, long total) {
    return of(total, bar -> run.showProgress(what, bar));
  }

  /**
   * Makes a bar.
   *
   * @param total how much there is to be done
   * @param painter begins to show it
   */
  static PercentBar of(long total, Function<Progress.Amount, Progress> painter) {
    PercentBar bar = new PercentBar(total);
    bar.progress = painter.apply(bar);
    return bar;
  }

  /** So much is done by now. */
  void tell(long doneByNow) {
    done = doneByNow;
    if (done * PERCENT / total != percent) {
      percent = done * PERCENT / total;
      progress.paint();
    }
  }

  @Override
  public long done() {
    return done;
  }

  @Override
  public long expected() {
    return total;
  }

  @Override
  public boolean isExpectedFinal() {
    return true;
  }

  @Override
  public String text(long amount) {
    return String.format(Locale.ROOT, "%,d", amount);
  }

  @Override
  public void close() {
    progress.close();
  }
}
