// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How values lie: the middle one, and the two between which the middle half of them is.
 *
 * <p>Quartiles and not the standard deviation, since a neighbour's load makes few values very
 * large, and the others not at all.
 */
record Spread(double low, double median, double high) {
  /** By what factor the quartiles may differ. */
  static final double WIDE = 1.5;

  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
  }

  private static double quantile(double[] sorted, double part) {
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double at = part * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** How far apart the quartiles are, as a part of the median. */
  double width() {
    return (high - low) / median;
  }

  /** Whether the quartiles are so far apart that the median tells little. */
  boolean isWide() {
    return high > WIDE * low;
  }
}
