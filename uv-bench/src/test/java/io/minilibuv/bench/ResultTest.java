// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of measures. */
class ResultTest {
  private static final Row ROW = Row.of("row", "a row", "work", "n=10").target(0.5, 1.0);

  /** Rounds of ten operations each, which have taken so long in all. */
  private static List<Measure> rounds(long... nanos) {
    List<Measure> rounds = new ArrayList<>();
    for (long one : nanos) {
      rounds.add(new Measure(10, one, 2 * one));
    }
    return rounds;
  }

  private static Result result(Row row, List<Measure> ofC, List<Measure> ofUv) {
    return new Result(
        row, Map.of(Contender.C, ofC, Contender.UV_25_EPOLL, ofUv), Map.of(), Map.of());
  }

  private static Report report(Map<String, String> machine, Result... results) {
    return new Report(
        machine,
        Map.of(Contender.OTHER_C, "C libuv 1.52.1"),
        List.of(results),
        List.of(),
        Sizes.none());
  }

  @Test
  void aSpreadIsTheMiddleAndTheMiddleHalf() {
    assertThat(Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0))).isEqualTo(new Spread(2, 3, 4));
    assertThat(Spread.of(List.of(1.0, 2.0))).isEqualTo(new Spread(1.25, 1.5, 1.75));
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
  }

  @Test
  void aMeasureIsWhatAContenderSays() {
    assertThat(Measure.parse("done 10 200 300")).isEqualTo(new Measure(10, 200, 300));
    assertThat(Measure.parse("done 10 200 300").cost(Cost.WALL)).isEqualTo(20);
    assertThat(Measure.parse("done 10 200 300").cost(Cost.CPU)).isEqualTo(30);
    assertThatIllegalArgumentException().isThrownBy(() -> Measure.parse("failed EMFILE"));
  }

  /** C got slower and slower, and so did the other: each round is half of the one beside it. */
  @Test
  void ratiosAreOfTheRoundsThatWereSideBySide() {
    Result result = result(ROW, rounds(100, 200, 400), rounds(50, 100, 200));
    assertThat(result.ratio(Contender.UV_25_EPOLL)).isEqualTo(new Spread(0.5, 0.5, 0.5));
    assertThat(result.cost(Contender.C)).isEqualTo(new Spread(15, 20, 30));
    assertThat(result.ratio(Contender.NETTY)).isNull();
    assertThat(result.verdict(Contender.NETTY)).isNull();
  }

  @Test
  void aVerdictIsOnlyGivenWhereItCanBe() {
    List<Measure> c = rounds(100, 100, 100);
    assertThat(result(ROW, c, rounds(40, 45, 50)).verdict(Contender.UV_25_EPOLL))
        .isEqualTo(Result.Verdict.REACHED);
    assertThat(result(ROW, c, rounds(60, 90, 900)).verdict(Contender.UV_25_EPOLL))
        .isEqualTo(Result.Verdict.MISSED);
    assertThat(result(ROW, c, rounds(20, 45, 90)).verdict(Contender.UV_25_EPOLL))
        .isEqualTo(Result.Verdict.NOISY);
    assertThat(result(ROW, c, rounds(49, 51, 52)).verdict(Contender.UV_25_EPOLL))
        .isEqualTo(Result.Verdict.MISSED);
    assertThat(
            result(Row.of("row", "a row", "work"), c, rounds(1, 1, 1))
                .verdict(Contender.UV_25_EPOLL))
        .isNull();
  }

  @Test
  void aRowByCpuIsJudgedByCpu() {
    Result result =
        new Result(ROW.byCpu(), Map.of(Contender.C, rounds(100, 100, 100)), Map.of(), Map.of());
    assertThat(result.cost(Contender.C)).isEqualTo(new Spread(20, 20, 20));
  }

  @Test
  void noTwoRowsHaveOneName() {
    List<Row> rows = Rows.all(new Fixtures(Path.of("files"), 1, 1));
    assertThat(rows).extracting(Row::name).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    assertThat(Rows.growths())
        .allSatisfy(growth -> assertThat(growth.rows()).hasSameSizeAs(growth.numbers()));
  }

  @Test
  void thePageTellsRatiosTargetsAndFailures() {
    Result result =
        new Result(
            ROW,
            Map.of(Contender.C, rounds(100, 100, 100), Contender.UV_25_EPOLL, rounds(40, 40, 40)),
            Map.of(Contender.C, 2048L),
            Map.of(Contender.NETTY, "Netty: it has ended"));
    String page = MarkdownReport.of(report(Map.of("cores", "2"), result));
    assertThat(page)
        .contains("| cores | 2 |")
        .contains("| row | C | uv, JDK 25, epoll | Netty |\n|---|---|---|---|")
        .contains("| a row | 10 ns | 0.40 (0.40–0.40), ≤ 0.50 ✓ | failed |")
        .contains("| a row | C libuv | 10 ns | 10 ns–10 ns | 20 ns | 2 MiB |")
        .contains("- a row: failed. Netty: it has ended")
        .doesNotContain("Memory");
  }

  @Test
  void aTimeThatHasALimitIsJudgedByThatAndNotByC() {
    Row row = Row.of("start-up", "start", Row.START_UP).limit(Contender.UV_25_EPOLL, 1);
    List<Measure> ofC = List.of(new Measure(1, 1000, 0));
    Result quick = result(row, ofC, List.of(new Measure(1, 999_000, 0)));
    Result slow = result(row, ofC, List.of(new Measure(1, 1_001_000, 0)));
    assertThat(quick.verdict(Contender.UV_25_EPOLL)).isEqualTo(Result.Verdict.REACHED);
    assertThat(slow.verdict(Contender.UV_25_EPOLL)).isEqualTo(Result.Verdict.MISSED);
    assertThat(MarkdownReport.of(report(Map.of(), slow)))
        .contains("1001.00 (1001.00–1001.00), **not ≤ 1.00 ms**");
    assertThat(BarChart.of(report(Map.of(), slow))).doesNotContain("<title>");
  }

  @Test
  void unitsSuitWhatIsTold() {
    assertThat(MarkdownReport.nanos(0.4)).isEqualTo("0 ns");
    assertThat(MarkdownReport.nanos(999)).isEqualTo("999 ns");
    assertThat(MarkdownReport.nanos(1234)).isEqualTo("1.23 µs");
    assertThat(MarkdownReport.nanos(2_500_000)).isEqualTo("2.50 ms");
    assertThat(MarkdownReport.nanos(3e9)).isEqualTo("3.00 s");
  }

  @Test
  void whatIsFarSpreadIsMarkedAlsoWhereNobodySaysWhatItMayBe() {
    Result result =
        new Result(
            ROW,
            Map.of(
                Contender.C, rounds(100, 100, 100),
                Contender.NETTY, rounds(100, 200, 900),
                Contender.VERTX, rounds(100, 100, 100)),
            Map.of(),
            Map.of());
    assertThat(MarkdownReport.of(report(Map.of(), result)))
        .contains("| a row | 10 ns | ~2.00 (1.50–5.50) | 1.00 (1.00–1.00) |")
        .contains("`~` stands before what tells little");
  }

  @Test
  void theOtherLibuvHasAColumnAndATableRelativeToIt() throws Exception {
    Result result =
        new Result(
            ROW,
            Map.of(
                Contender.C, rounds(100, 100, 100),
                Contender.OTHER_C, rounds(50, 50, 50),
                Contender.UV_25_EPOLL, rounds(40, 40, 40)),
            Map.of(),
            Map.of());
    Report report = report(Map.of(), result);
    assertThat(MarkdownReport.of(report))
        .contains("| row | C | C libuv 1.52.1 | uv, JDK 25, epoll |")
        .contains("| a row | 10 ns | 0.50 (0.50–0.50) | 0.40 (0.40–0.40), ≤ 0.50 ✓ |")
        .contains("## Beside C libuv 1.52.1\n")
        .contains("| row | C libuv 1.52.1 | C libuv | uv, JDK 25, epoll |")
        .contains("| a row | 5 ns | 2.00 (2.00–2.00) | 0.80 (0.80–0.80) |");
    assertThat(JsonReport.of(report))
        .contains("\"name\" : \"C libuv 1.52.1\"")
        .containsPattern("\"ratioToOtherC\" : \\{\\s*\"low\" : 0.8,");
    assertThat(MarkdownReport.of(report(Map.of(), result(ROW, rounds(1), rounds(1)))))
        .doesNotContain("Beside");
  }

  @Test
  void theReportHasTheKeysAndHowCostGrowsWithWhoHasFailedThere() throws Exception {
    Growth growth = Growth.of("timers", "timers", "timers", "n", 3, 4, n -> List.of());
    Result point =
        new Result(
            growth.rows().get(0),
            Map.of(Contender.C, rounds(100)),
            Map.of(),
            Map.of(Contender.NETTY, "Netty: it has ended"));
    Report report = new Report(Map.of(), Map.of(), List.of(), List.of(point), Sizes.none());
    assertThat(report.isWell()).isFalse();
    assertThat(MarkdownReport.of(report))
        .contains("## How cost grows")
        .contains("| timers: 1,000 | 10 ns | failed |")
        .contains("- timers: 1,000: failed. Netty: it has ended");
    assertThat(JsonReport.of(report))
        .containsPattern("\"growths\" : \\[\\s*\\{\\s*\"name\" : \"timers-1000\"")
        .contains("\"n\" : \"1000\"")
        .contains("\"Netty\" : \"Netty: it has ended\"");
  }

  @Test
  void theChartHasABarForEachPeer() {
    Result result =
        new Result(
            ROW,
            Map.of(
                Contender.C, rounds(100),
                Contender.UV_25_EPOLL, rounds(40),
                Contender.NETTY, rounds(200)),
            Map.of(),
            Map.of());
    assertThat(BarChart.of(report(Map.of(), result)))
        .contains("<title>uv, JDK 25, epoll 0.40</title>", "<title>Netty 2.00</title>")
        .doesNotContain("Vert.x");
  }

  @Test
  void fewRoundsAreToldAsFew() {
    assertThat(new Plan(0, 6, 1, 1).facts())
        .containsEntry("rounds", "6, fewer than can be judged by");
    assertThat(new Plan(0, 7, 1, 1).facts()).containsEntry("rounds", "7");
  }
}
