// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a row.
 *
 * @param measures of each contender, one a round; the rounds of all are of the same number
 * @param peaks how much memory each has had at most, in kilobytes
 * @param failures why others have no measures
 */
record Result(
    Row row,
    Map<Contender, List<Measure>> measures,
    Map<Contender, Long> peaks,
    Map<Contender, String> failures) {
  /** Where half of the ratios differ by more than this part of them, nobody can judge. */
  private static final double NOISY = 0.3;

  /** What came of a ratio, or of a time that has a limit. */
  enum Verdict {
    /** It is at most what it may be. */
    REACHED,
    /** It is more. */
    MISSED,
    /** It is too near to what it may be, or anywhere. */
    NOISY
  }

  /** What an operation has cost, in nanoseconds; null if there is none. */
  @Nullable Spread cost(Contender contender) {
    List<Measure> mine = measures.get(contender);
    return mine == null
        ? null
        : Spread.of(mine.stream().map(measure -> measure.cost(row.cost())).toList());
  }

  /** What it has computed for an operation, in nanoseconds; null if nobody has measured that. */
  @Nullable Spread cpu(Contender contender) {
    List<Measure> mine = measures.get(contender);
    return mine == null || !contender.isItsOwnDriver()
        ? null
        : Spread.of(mine.stream().map(measure -> measure.cost(Cost.CPU)).toList());
  }

  /** The cost relative to C's, pair by pair: of the same round. */
  @Nullable Spread ratio(Contender contender) {
    return ratio(contender, Contender.C);
  }

  /** The cost relative to that of another one. */
  @Nullable Spread ratio(Contender contender, Contender base) {
    List<Measure> mine = measures.get(contender);
    List<Measure> others = measures.get(base);
    if (mine == null || others == null) {
      return null;
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
      ratios.add(mine.get(i).cost(row.cost()) / others.get(i).cost(row.cost()));
    }
    return Spread.of(ratios);
  }

  /** Whether the contender is where it should be; null if nobody says where. */
  @Nullable Verdict verdict(Contender contender) {
    Double limit = row.limits().get(contender);
    return limit != null
        ? verdict(cost(contender), limit)
        : verdict(ratio(contender), row.targetOf(contender));
  }

  private static @Nullable Verdict verdict(@Nullable Spread found, @Nullable Double target) {
    if (target == null || found == null) {
      return null;
    }
    // A target that is far away is missed or reached however noisy the run was.
    if (found.high() <= target) {
      return Verdict.REACHED;
    }
    if (found.low() > target) {
      return Verdict.MISSED;
    }
    if (found.width() > NOISY) {
      return Verdict.NOISY;
    }
    return found.median() <= target ? Verdict.REACHED : Verdict.MISSED;
  }
}
