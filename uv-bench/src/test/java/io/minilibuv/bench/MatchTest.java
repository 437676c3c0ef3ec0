// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who plays when, and who is left out. */
class MatchTest {
  private static final Row ROW = Row.of("row", "a row", "work", "n=10");
  private static final Plan PLAN = new Plan(1, 2, 1, 1);
  private static final Contender UV = Contender.UV_25_EPOLL;

  /** Does so much in each of its rounds, and then no more; an exception is one that it throws. */
  private static final class Fake implements Participant {
    private final Contender contender;
    private final List<Object> works;
    private boolean closed;

    Fake(Contender contender, Object... works) {
      this.contender = contender;
      this.works = new ArrayList<>(List.of(works));
    }

    @Override
    public Contender contender() {
      return contender;
    }

    @Override
    public Measure round() throws IOException {
      Object work = works.remove(0);
      if (work instanceof IOException failure) {
        throw failure;
      }
      return new Measure((int) work, 100, 100);
    }

    @Override
    public Long end() {
      return 1024L;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static Result play(Row row, Fake... fakes) throws Exception {
    Map<Contender, Fake> all = new TreeMap<>();
    for (Fake fake : fakes) {
      all.put(fake.contender, fake);
    }
    Result result = Match.play(row, List.copyOf(all.keySet()), all::get, PLAN);
    assertThat(all.values()).allMatch(fake -> fake.closed);
    return result;
  }

  @Test
  void allWhoDoAsMuchAreMeasuredInTheRoundsThatCount() throws Exception {
    Result result = play(ROW, new Fake(Contender.C, 10, 10, 10), new Fake(UV, 10, 10, 10));
    assertThat(result.failures()).isEmpty();
    assertThat(result.measures().get(UV)).hasSize(2);
    assertThat(result.peaks()).containsEntry(UV, 1024L);
  }

  @Test
  void whoDoesNothingHasFailed() throws Exception {
    Result result = play(ROW, new Fake(Contender.C, 10, 10, 10), new Fake(UV, 10, 0));
    assertThat(result.failures())
        .containsExactly(Map.entry(UV, UV.label() + ": it has done nothing in a round"));
    assertThat(result.measures()).containsOnlyKeys(Contender.C);
  }

  @Test
  void whoDoesSomethingElseThanCHasFailedAlsoInARoundThatDoesNotCount() throws Exception {
    Result result = play(ROW, new Fake(Contender.C, 10, 10, 10), new Fake(UV, 9));
    assertThat(result.failures().get(UV))
        .endsWith("it has done 9 operations in a round, and C libuv 10");
  }

  @Test
  void whoDoesSomethingElseThanBeforeHasFailed() throws Exception {
    Result result = play(ROW, new Fake(Contender.C, 10, 11), new Fake(UV, 10, 10, 10));
    assertThat(result.failures()).containsOnlyKeys(Contender.C);
    assertThat(result.measures()).containsOnlyKeys(UV);
  }

  @Test
  void whereTimeIsFixedWorkIsNot() throws Exception {
    Row row = Row.of("row", "a row", "work", "ms=500");
    assertThat(play(row, new Fake(Contender.C, 1, 2, 3), new Fake(UV, 4, 5, 6)).failures())
        .isEmpty();
    assertThat(play(row, new Fake(Contender.C, 1, 2, 3), new Fake(UV, 4, 0)).failures())
        .containsOnlyKeys(UV);
  }

  @Test
  void anyIoExceptionIsAFailureOfOneAndNotTheEnd() throws Exception {
    Result result =
        play(ROW, new Fake(Contender.C, 10, 10, 10), new Fake(UV, new IOException("closed")));
    assertThat(result.failures()).containsEntry(UV, "java.io.IOException: closed");
    assertThat(result.measures().get(Contender.C)).hasSize(2);
  }

  /** The driver of {@code cp -r} only waits for it. */
  @Test
  void whatADriverThatWaitsComputesAndKeepsIsNotTold() throws Exception {
    Result result = play(ROW, new Fake(Contender.CP, 10, 10, 10));
    assertThat(result.peaks()).isEmpty();
    assertThat(result.cpu(Contender.CP)).isNull();
    assertThat(result.cost(Contender.CP)).isNotNull();
    Report report = new Report(Map.of(), Map.of(), List.of(result), List.of(), Sizes.none());
    assertThat(MarkdownReport.of(report))
        .contains("| a row | cp -r | 10 ns | 10 ns–10 ns |  |  |\n");
  }

  @Test
  void theCopyIsRemovedWhoeverTookPart(@TempDir Path folder) throws Exception {
    Path copy = Files.createDirectories(folder.resolve("copy/below"));
    play(Row.of("row", "a row", "work", "to=" + copy.getParent()), new Fake(Contender.C, 1, 1, 1));
    assertThat(copy.getParent()).doesNotExist();
    assertThat(folder).exists();
  }

  /** In an even number of rounds: of an odd one of players, the pairs are those of two squares. */
  @Test
  void eachFollowsEachAsOftenAndIsAtEachPlaceAsOften() {
    for (int count = 2; count <= 7; count++) {
      List<Integer> players = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        players.add(i);
      }
      Map<String, Integer> pairs = new TreeMap<>();
      Map<String, Integer> places = new TreeMap<>();
      for (int round = 0; round < 2 * count; round++) {
        List<Integer> order = Match.order(players, round);
        assertThat(order).containsExactlyInAnyOrderElementsOf(players);
        for (int i = 0; i < count; i++) {
          places.merge(i + ":" + order.get(i), 1, Integer::sum);
          if (i > 0) {
            pairs.merge(order.get(i - 1) + "-" + order.get(i), 1, Integer::sum);
          }
        }
      }
      assertThat(places).hasSize(count * count).allSatisfy((at, n) -> assertThat(n).isEqualTo(2));
      assertThat(pairs)
          .hasSize(count * (count - 1))
          .allSatisfy((pair, n) -> assertThat(n).as(pair).isEqualTo(2));
    }
    assertThat(Match.order(List.of(), 3)).isEmpty();
  }
}
