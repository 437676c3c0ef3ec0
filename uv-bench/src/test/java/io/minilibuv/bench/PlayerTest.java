// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A contender's process, and the driver as one. */
class PlayerTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static List<String> driver(String... words) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dminilibuv.backend=nio",
                "-cp",
                System.getProperty("java.class.path"),
                Driver.class.getName()));
    command.addAll(List.of(words));
    return command;
  }

  @Test
  void eachOfThisProjectsRowsDoesItsWork() throws Exception {
    for (String[] row :
        new String[][] {
          {"ping-pong", "n=10"},
          {"send-dispatch", "n=10"},
          {"pummel", "n=10", "senders=2"},
          {"work-queue", "n=10", "flight=3"},
          {"loop-tick", "n=10"},
          {"timers", "n=5", "times=2"},
          {"idle-async", "handles=10", "active=5", "n=10"},
          {"watchers", "watchers=3", "n=10"},
        }) {
      String[] words = new String[row.length + 1];
      words[0] = "uv";
      System.arraycopy(row, 0, words, 1, row.length);
      try (Player player = new Player(Contender.UV_25_NIO, driver(words), LIMIT)) {
        long expected = row[0].equals("ping-pong") ? 20 : 10;
        assertThat(player.round().work()).as(row[0]).isEqualTo(expected);
        assertThat(player.round().work()).as(row[0]).isEqualTo(expected);
        player.end();
      }
    }
  }

  @Test
  void whoCannotDoARowSaysWhy() {
    assertThatExceptionOfType(PlayerException.class)
        .isThrownBy(
            () -> new Player(Contender.UV_25_NIO, driver("uv", "no-such-row", "n=1"), LIMIT))
        .withMessageContaining("uv does not do no-such-row");
    assertThatExceptionOfType(PlayerException.class)
        .isThrownBy(() -> new Player(Contender.C, List.of("true"), LIMIT))
        .withMessage("C libuv: it has ended with 0");
    assertThatExceptionOfType(PlayerException.class)
        .isThrownBy(() -> new Player(Contender.C, List.of("no-such-taskset", "-c"), LIMIT))
        .withMessageStartingWith("C libuv: it cannot be started: ");
  }

  private static Player shell(String script) throws Exception {
    return new Player(Contender.C, List.of("sh", "-c", script), LIMIT);
  }

  @Test
  void whoEndsBetweenRoundsHasFailed() throws Exception {
    try (Player player = shell("echo ready; read x; echo done 1 2 3; exit 7")) {
      assertThat(player.round()).isEqualTo(new Measure(1, 2, 3));
      assertThatExceptionOfType(PlayerException.class)
          .isThrownBy(player::round)
          .withMessage("C libuv: it has ended with 7");
      assertThatExceptionOfType(PlayerException.class).isThrownBy(player::round);
      assertThatExceptionOfType(PlayerException.class).isThrownBy(player::end);
    }
  }

  @Test
  void whoSaysWhatIsNotUnderstoodHasFailed() throws Exception {
    for (String garbage :
        List.of("done", "done 1 2", "done 1 -2 3", "done a b c", "done 1 2 3 4")) {
      try (Player player = shell("echo ready; read x; echo " + garbage + "; read x")) {
        assertThatExceptionOfType(PlayerException.class)
            .isThrownBy(player::round)
            .withMessage("C libuv: not understood: " + garbage);
      }
    }
    try (Player player = shell("echo ready; read x; echo bye much")) {
      assertThatExceptionOfType(PlayerException.class)
          .isThrownBy(player::end)
          .withMessage("C libuv: not understood: bye much");
    }
  }

  @Test
  void whoDoesNotKnowItsPeakTellsNone() throws Exception {
    try (Player player = shell("echo ready; read x; echo bye -1")) {
      assertThat(player.end()).isNull();
    }
  }
}
