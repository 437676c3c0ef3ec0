// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All contenders of a row, one after another, round by round: whatever slows the machine down slows
 * them all. Who has failed, or has done something else than the others, is left out from then on.
 */
final class Match {
  /** How a contender is brought to take part. */
  @FunctionalInterface
  interface Entry {
    Participant enter(Contender contender) throws IOException, InterruptedException;
  }

  private final Row row;
  private final List<Participant> players = new ArrayList<>();
  private final Map<Contender, List<Measure>> measures = new EnumMap<>(Contender.class);
  private final Map<Contender, Long> peaks = new EnumMap<>(Contender.class);
  private final Map<Contender, String> failures = new EnumMap<>(Contender.class);

  /** Whose work is what the others' has to be: C's, or that of the first who has done any. */
  private @Nullable Contender example;

  private long expected;

  private Match(Row row) {
    this.row = row;
  }

  /** Plays it with all who take part in it on this machine. */
  static Result play(Row row, Commands commands, Plan plan)
      throws IOException, InterruptedException {
    return play(row, commands.contendersOf(row), who -> enter(who, row, commands), plan);
  }

  /**
   * Plays it.
   *
   * @param contenders who takes part, C first
   */
  static Result play(Row row, List<Contender> contenders, Entry entry, Plan plan)
      throws IOException, InterruptedException {
    Match match = new Match(row);
    try {
      match.start(contenders, entry);
      for (int i = 0; i < plan.warmUps(); i++) {
        match.turn(i, false);
      }
      for (int i = 0; i < plan.rounds(); i++) {
        match.turn(i, true);
      }
      match.end();
    } finally {
      match.players.forEach(Participant::close);
    }
    try {
      Fixtures.removeCopy(row);
    } catch (IOException e) {
      System.err.println("bench: the copy is left: " + why(e));
    }
    return new Result(row, match.measures, match.peaks, match.failures);
  }

  private static Participant enter(Contender contender, Row row, Commands commands)
      throws IOException, InterruptedException {
    if (!row.isStartUp()) {
      return new Player(contender, commands.of(contender, row), commands.limit());
    }
    if (contender.hasCache()) {
      commands.makeArchive(contender);
    }
    return new Launch(contender, commands.helloOf(contender), Hello.WORD, commands.limit());
  }

  private void start(List<Contender> contenders, Entry entry) throws InterruptedException {
    for (Contender contender : contenders) {
      try {
        players.add(entry.enter(contender));
        measures.put(contender, new ArrayList<>());
      } catch (IOException e) {
        failures.put(contender, why(e));
      }
    }
  }

  /**
   * Who comes after whom in a round. In as many rounds as there are players each comes once at each
   * place; and in twice as many it follows each of the others twice, so that what one leaves behind
   * (caches, a hot processor) does not always meet the same one. (A Latin square of Williams.)
   */
  static <T> List<T> order(List<T> players, int round) {
    int count = players.size();
    List<T> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // 0, 1, n - 1, 2, n - 2...: each two neighbours are differently far apart.
      int place = i % 2 == 0 ? (count - i / 2) % count : i / 2 + 1;
      order.add(players.get((place + round) % count));
    }
    if (count > 0 && round / count % 2 == 1) {
      // For odd numbers of players: there the other half of the pairs is the same backwards.
      Collections.reverse(order);
    }
    return order;
  }

  private void turn(int round, boolean counts) throws InterruptedException {
    Map<Contender, Measure> made = new EnumMap<>(Contender.class);
    for (Participant player : order(players, round)) {
      try {
        made.put(player.contender(), player.round());
      } catch (IOException e) {
        drop(player, e);
      }
    }
    for (Participant player : List.copyOf(players)) {
      Measure measure = made.get(player.contender());
      if (measure != null && isRight(player, measure.work()) && counts) {
        measuresOf(player).add(measure);
      }
    }
  }

  /** Whether the work is what it should be; who has done something else is dropped. */
  private boolean isRight(Participant player, long work) {
    String wrong = wrongWith(player.contender(), work);
    if (wrong != null) {
      drop(player, new PlayerException(player.contender().label() + ": " + wrong));
    }
    return wrong == null;
  }

  private @Nullable String wrongWith(Contender contender, long work) {
    if (work <= 0) {
      return "it has done nothing in a round";
    }
    if (example == null) {
      example = contender;
      expected = work;
    }
    return work == expected || !row.hasFixedWork()
        ? null
        : String.format(
            Locale.ROOT,
            "it has done %d operations in a round, and %s %d",
            work,
            example.label(),
            expected);
  }

  private List<Measure> measuresOf(Participant player) {
    return measures.computeIfAbsent(player.contender(), contender -> new ArrayList<>());
  }

  private void drop(Participant player, IOException why) {
    failures.put(player.contender(), why(why));
    measures.remove(player.contender());
    players.remove(player);
    player.close();
  }

  private static String why(IOException failure) {
    return failure instanceof PlayerException
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }

  private void end() throws InterruptedException {
    for (Participant player : List.copyOf(players)) {
      try {
        Long peak = player.end();
        if (peak != null && player.contender().isItsOwnDriver()) {
          peaks.put(player.contender(), peak);
        }
      } catch (IOException e) {
        drop(player, e);
      }
    }
  }
}
