// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All contenders of a row, one after another, round by round: whatever slows the machine down slows
 * them all.
 */
final class Match {
  private final Row row;
  private final List<Participant> players = new ArrayList<>();
  private final Map<Contender, List<Measure>> measures = new EnumMap<>(Contender.class);
  private final Map<Contender, Long> peaks = new EnumMap<>(Contender.class);
  private final Map<Contender, String> failures = new EnumMap<>(Contender.class);

  private Match(Row row) {
    this.row = row;
  }

  /**
   * Plays it.
   *
   * @param warmUps how many rounds of each are not counted
   * @param rounds how many are
   */
  static Result play(Row row, Commands commands, int warmUps, int rounds)
      throws IOException, InterruptedException {
    Match match = new Match(row);
    try {
      match.start(commands);
      for (int i = 0; i < warmUps + rounds; i++) {
        match.turn(i >= warmUps);
      }
      match.end();
    } finally {
      match.players.forEach(Participant::close);
    }
    return new Result(row, match.measures, match.peaks, match.failures);
  }

  private void start(Commands commands) throws IOException, InterruptedException {
    for (Contender contender : commands.contendersOf(row)) {
      try {
        players.add(participant(contender, commands));
        measures.put(contender, new ArrayList<>());
      } catch (PlayerException e) {
        failures.put(contender, String.valueOf(e.getMessage()));
      }
    }
  }

  private Participant participant(Contender contender, Commands commands)
      throws IOException, InterruptedException {
    if (!row.isStartUp()) {
      return new Player(contender, commands.of(contender, row));
    }
    if (contender == Contender.UV_25_CDS) {
      commands.makeArchive();
    }
    return new Launch(contender, commands.helloOf(contender), Hello.WORD);
  }

  private void turn(boolean counts) throws IOException, InterruptedException {
    for (Participant player : List.copyOf(players)) {
      try {
        Measure measure = player.round();
        if (counts) {
          measuresOf(player).add(measure);
        }
      } catch (PlayerException e) {
        drop(player, e);
      }
    }
  }

  private List<Measure> measuresOf(Participant player) {
    return measures.computeIfAbsent(player.contender(), contender -> new ArrayList<>());
  }

  private void drop(Participant player, PlayerException why) {
    failures.put(player.contender(), String.valueOf(why.getMessage()));
    measures.remove(player.contender());
    players.remove(player);
    player.close();
  }

  private void end() throws IOException {
    for (Participant player : List.copyOf(players)) {
      try {
        Long peak = player.end();
        if (peak != null) {
          peaks.put(player.contender(), peak);
        }
      } catch (PlayerException e) {
        drop(player, e);
      }
    }
  }
}
