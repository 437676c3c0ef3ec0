// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv phases} as a process: what it prints, what it asks, and how it ends. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such signals")
class PhasesCommandTest {
  private static final String ANSWERS =
      """
      early / idle prepare async check check.closed late
      i c c.closed t1 t2 / t3
      P,B.closed,A.closed,T / C.closed,D.closed
      B A / C B A
      P C X.closed T
      C T1 / C / C T2
      W A C T
      """;

  @TempDir private Path temp;

  @Test
  void theTourIsWhatItShowsIfNothingIsAskedFor() throws Exception {
    Outcome outcome = phases();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(String.join("\n", outcome.out()))
        .isEqualTo(
            """
            tour: something to do in every phase

              early = timer     start(0 ms)
              late  = timer     start(5 ms, and again every 5 ms)
              idle              in each callback: works for 5 ms
              prepare           in each callback: nothing
              async             send(), before the run; in its callback: close()
              check             in its callback of iteration 1: idle.stop(), prepare.stop(), close()
              late              in its callback of iteration 1: stop()
              run(DEFAULT)

              run(DEFAULT)
                before the first iteration
                  timers    early at 0 ms
                iteration 1
                  idle      idle
                  prepare   prepare
                  poll      does not wait: an idle handle is active (IDLE)
                            async
                  check     check
                  closing   check.closed
                  timers    late at 5 ms
                answers false: nothing keeps the loop alive

              order         early / idle prepare async check check.closed late
              libuv 1.44    early idle prepare async check check.closed / late

              Timers are the last phase of an iteration. Those that are due when run(DEFAULT) begins are
              served once before the first: that is early. Most articles still show the order of 1.44,
              with the timers at the top.\
            """);
  }

  @Test
  void oneScenarioOrAllOfThemAreShown() throws Exception {
    Outcome one = phases("-s", "start-order");
    assertThat(one.status()).isZero();
    assertThat(one.out().get(0)).startsWith("start-order: ");
    assertThat(one.out()).contains("  order         B A / C B A", "  libuv 1.44    the same");
    Outcome all = phases("--scenario=all", "--threads", "1", "--all-phases", "--iterations", "2");
    assertThat(all.status()).isZero();
    assertThat(all.out()).filteredOn(line -> line.startsWith("  order ")).hasSize(7);
    assertThat(all.out()).contains("      pending   -");
    assertThat(all.out())
        .contains(
            "  order         early / idle prepare async check late"
                + " / idle prepare check check.closed late");
  }

  @Test
  void theListHasALineForEach() throws Exception {
    Outcome outcome = phases("--list");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().stream().map(line -> line.split(" ", 2)[0]))
        .isEqualTo(PhaseScenarios.ALL.stream().map(PhaseScenario::name).toList());
  }

  @Test
  void statsTellOfTheScenariosLoop() throws Exception {
    Outcome outcome = phases("-s", "pool", "--stats", "-t", "3");
    assertThat(outcome.status()).isZero();
    String stats = String.join("\n", outcome.err());
    assertThat(stats)
        .containsPattern("stats: requests    1 done, .* on 3 threads")
        .containsPattern("stats: loop        2 iterations");
  }

  @Test
  void allPredictionsRightIsStatusZero() throws Exception {
    Outcome outcome = Program.in(temp).reading(ANSWERS).run("phases", "--quiz");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).filteredOn(line -> line.equals("  prediction    right")).hasSize(7);
    assertThat(outcome.out()).last().isEqualTo("7 of 7 right");
  }

  @Test
  void theQuestionComesBeforeTheAnswerAndTheTruthBesideIt() throws Exception {
    Outcome outcome =
        Program.in(temp).reading("P X.closed C").run("phases", "--quiz", "--scenario", "stop");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .containsSubsequence(
            "  P = prepare       in its callback: stop(), X.close(), T.start(0 ms)",
            "  In which order are they called? Names, with / between iterations:",
            "      poll      does not wait: stop() was called (STOPPED)",
            "  predicted     P X.closed C",
            "  what happened P C X.closed T",
            "  libuv 1.44    P C X.closed",
            "  prediction    wrong from name 2 on",
            "0 of 1 right");
  }

  @Test
  void anythingMayBeTypedAndNoLineIsTooLong() throws Exception {
    String answers =
        Stream.of("\u001b[31mred", "x".repeat(100_000), "", "\u00e4/\u0000,", "P C X.closed T")
            .collect(Collectors.joining("\n"));
    Outcome outcome = Program.in(temp).reading(answers).run("phases", "-q");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(String.join("\n", outcome.out())).doesNotContain("\u001b", "\u0000");
    assertThat(outcome.out())
        .contains("  predicted     \\u001b[31mred", "  predicted     -")
        .last()
        .isEqualTo("1 of 7 right");
  }

  @Test
  void whoeverStopsAnsweringIsToldHowFarTheyCame() throws Exception {
    List<String> two = ANSWERS.lines().limit(2).toList();
    Outcome outcome = Program.in(temp).reading(String.join("\n", two)).run("phases", "-q");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).last().isEqualTo("2 of 7 right");
  }

  @Test
  void anInputThatCannotBeReadIsAnError() throws Exception {
    Outcome outcome =
        Program.in(temp).under(List.of("sh", "-c", "exec \"$@\" </", "sh")).run("phases", "-q");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .containsExactly("uv: phases: EISDIR: is a directory, read 'standard input'");
  }

  @Test
  void ctrlCEndsItWhileItWaitsForAnAnswer() throws Exception {
    Path out = temp.resolve("out");
    File err = temp.resolve("err").toFile();
    // Its standard input is a pipe that stays open.
    Process process =
        Program.in(temp)
            .builder("phases", "--quiz")
            .redirectOutput(out.toFile())
            .redirectError(err)
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(out).contains("In which order"));
      int expected = Program.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(expected);
    } finally {
      process.destroyForcibly();
    }
    assertThat(err).hasContent("uv: phases: interrupted");
    assertThat(Files.readString(out)).endsWith("\n0 of 7 right\n");
  }

  @Test
  void whatIsNoScenarioOrNoNumberIsStatusTwo() throws Exception {
    assertRefused("--scenario is one of tour, timer-zero, ", "-s", "nothing");
    assertRefused("--iterations takes a number from 1 to 1024, not 0", "-n", "0");
    assertRefused("Invalid value for option '--iterations': 'x' is not an int", "-n", "x");
    assertRefused("'tour' is one too many for phases", "tour");
  }

  private void assertRefused(String why, String... arguments) throws Exception {
    Outcome outcome = phases(arguments);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).first().asString().startsWith("uv: " + why);
  }

  private Outcome phases(String... arguments) throws Exception {
    String[] line = Stream.concat(Stream.of("phases"), Stream.of(arguments)).toArray(String[]::new);
    return Program.in(temp).run(line);
  }
}
