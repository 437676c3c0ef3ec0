// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** The library's bar, with amounts in the units that suit them. */
final class ProgressRenderer extends DefaultProgressBarRenderer {
  private final Progress.Amount amount;

  ProgressRenderer(ProgressBarStyle style, Progress.Amount amount) {
    super(style, "", 1, true, null, ChronoUnit.SECONDS, true, state -> Optional.empty());
    this.amount = amount;
  }

  @Override
  protected String ratio(ProgressState state) {
    return amount.text(state.getCurrent()) + "/" + amount.text(state.getMax());
  }

  @Override
  protected String speed(ProgressState state) {
    return amount.text(
            Amounts.perSecond(state.getCurrent(), state.getElapsedAfterStart().toMillis()))
        + "/s";
  }

  /** As long again for the rest as for what is done, once it is known how much the rest is. */
  @Override
  protected String etaString(ProgressState state) {
    long done = state.getCurrent();
    if (done == 0 || !amount.isExpectedFinal()) {
      return "? left";
    }
    double millis = state.getElapsedAfterStart().toMillis();
    long left = Math.round(millis / done * (state.getMax() - done) / 1000);
    // As the library has the time that has passed, beside it.
    return String.format(Locale.ROOT, "%d:%02d:%02d left", left / 3600, left / 60 % 60, left % 60);
  }
}
