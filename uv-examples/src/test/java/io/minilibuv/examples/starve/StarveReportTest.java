// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Histogram;
import io.minilibuv.examples.cli.Terminal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StarveReportTest {
  private static final Terminal PLAIN = new Terminal(true, false, false, 80);
  private static final long MILLI = 1_000_000;

  private final Starvation.Plan plan = new Starvation.Plan(".", 4, 4, 500, 100);
  private final StarveReport report = new StarveReport(plan);

  @Test
  void theNumbersStandBelowTheirNames() {
    report.add(SlowPlace.ONE_POOL, outcome(500, 0, 300 * MILLI, 500 * MILLI));
    assertThat(report.heading())
        .containsExactly(
            "4 slow jobs of 500 ms, 100 stats, one every 4 ms, on 4 threads",
            "",
            "slow jobs in                p50        p99        max  meanwhile  jobs took");
    assertThat(report.row(SlowPlace.ONE_POOL))
        .isEqualTo("one pool              301.99 ms  500.00 ms  500.00 ms        0/2     0.50 s");
  }

  @Test
  void whatIsMuchShorterAndWhatItCostsIsTold() {
    report.add(SlowPlace.ONE_POOL, outcome(500, 0, 500 * MILLI));
    report.add(SlowPlace.OWN_POOL, outcome(510, 1, 250_000));
    report.add(SlowPlace.SLOW_LANE, outcome(1000, 1, 500_000));
    assertThat(report.conclusion())
        .containsExactly(
            "A stat takes as long as it waits for a thread. Compared with one pool:",
            "a pool of their own  p99 2,000 times shorter; 4 more threads; jobs about as long",
            "the slow lane        p99 1,000 times shorter; 2 of 4 threads; jobs 2.0 times as long");
  }

  @Test
  void whatIsNoDifferenceIsNotToldAsOne() {
    report.add(SlowPlace.ONE_POOL, outcome(500, 1, MILLI));
    report.add(SlowPlace.OWN_POOL, outcome(500, 1, 600_000));
    report.add(SlowPlace.SLOW_LANE, outcome(500, 1, 3 * MILLI));
    assertThat(report.conclusion().subList(1, 3))
        .containsExactly(
            "a pool of their own  p99 not much shorter; 4 more threads; jobs about as long",
            "the slow lane        p99 not much shorter; 2 of 4 threads; jobs about as long");
  }

  @Test
  void thePictureHasABarForEachPartOfTheScale() {
    report.add(
        SlowPlace.ONE_POOL, outcome(500, 1, 2 * MILLI, 50 * MILLI, 200 * MILLI, 200 * MILLI));
    report.add(SlowPlace.OWN_POOL, outcome(500, 1, 200_000));
    report.add(SlowPlace.SLOW_LANE, outcome(500, 1, 200_000, 20 * MILLI));
    assertThat(report.picture(PLAIN))
        .containsExactly(
            "                one pool              a pool of their own   the slow lane",
            "   <= 300.0 us                        ############## 1      ####### 1",
            "    <= 1.00 ms",
            "    <= 3.00 ms  #### 1",
            "   <= 10.00 ms",
            "   <= 30.00 ms                                              ####### 1",
            "  <= 100.00 ms  #### 1",
            "  <= 300.00 ms  ####### 2");
  }

  @Test
  void thePictureHasARowForWhatIsBeyondTheScale() {
    report.add(SlowPlace.ONE_POOL, outcome(500, 1, 0, Long.MAX_VALUE));
    assertThat(report.picture(PLAIN))
        .hasSize(19)
        .startsWith("                one pool", "    <= 10.0 us  ####### 1")
        .endsWith("        longer  ####### 1");
  }

  @Test
  void thePictureOfNothingIsEmpty() {
    report.add(SlowPlace.ONE_POOL, outcome(500, 1));
    assertThat(report.picture(PLAIN)).containsExactly("                one pool");
  }

  private static Starvation.Outcome outcome(long slowMillis, int meanwhile, long... nanos) {
    Histogram.Recorder recorder = new Histogram.Recorder();
    Arrays.stream(nanos).forEach(recorder::record);
    return new Starvation.Outcome(recorder.snapshot(), meanwhile, slowMillis * MILLI, 0, 0, null);
  }
}
