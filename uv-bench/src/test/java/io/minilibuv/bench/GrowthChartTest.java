// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture of how cost grows. */
class GrowthChartTest {
  private static final Growth GROWTH =
      Growth.of("timers", "timers", "timers", "n", 1, 2, n -> List.of());

  private static Report results(long first, long second) {
    return report(result(0, first), result(1, second));
  }

  private static Report report(Result... results) {
    return new Report(Map.of(), Map.of(), List.of(), List.of(results), Sizes.none());
  }

  private static Result result(int row, long nanos) {
    return new Result(
        GROWTH.rows().get(row),
        Map.of(Contender.C, List.of(new Measure(1, nanos, nanos))),
        Map.of(),
        Map.of());
  }

  private static long points(String chart) {
    return Pattern.compile("\\d+,\\d+").matcher(chart).results().count();
  }

  @Test
  void hasAPointForEachNumber() {
    assertThat(points(GrowthChart.of(GROWTH, results(20, 300)))).isEqualTo(2);
  }

  /** Processor time is told in steps: of few operations it may be nothing. */
  @Test
  void leavesOutWhatHasCostNothing() {
    assertThat(points(GrowthChart.of(GROWTH, results(0, 300)))).isEqualTo(1);
    assertThat(points(GrowthChart.of(GROWTH, results(0, 0)))).isZero();
  }

  @Test
  void hasAScaleAlsoIfAllCostTheSame() {
    assertThat(points(GrowthChart.of(GROWTH, results(100, 100)))).isEqualTo(2);
  }

  /** The chart is drawn after each point, and the report has those of all charts. */
  @Test
  void hasWhatThereIsOfItsOwnSoFar() {
    Growth other = Growth.of("watchers", "watchers", "watchers", "n", 1, 2, n -> List.of());
    Result ofOther =
        new Result(
            other.rows().get(0),
            Map.of(Contender.C, List.of(new Measure(1, 5, 5))),
            Map.of(),
            Map.of());
    assertThat(points(GrowthChart.of(GROWTH, report(result(0, 20))))).isEqualTo(1);
    assertThat(points(GrowthChart.of(GROWTH, report(ofOther, result(0, 20))))).isEqualTo(1);
    assertThat(points(GrowthChart.of(GROWTH, report(ofOther)))).isZero();
  }
}
