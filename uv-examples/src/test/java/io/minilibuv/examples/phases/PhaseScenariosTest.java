// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the scenarios. The orders are those that libuv 1.52.1 was seen to have. */
@ExtendWith(LeakCheck.class)
class PhaseScenariosTest {
  private static final Terminal PLAIN = new Terminal(false, false, false, 80);
  private static final Terminal COLOURFUL = new Terminal(true, true, true, 80);

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  static List<PhaseScenario> all() {
    return PhaseScenarios.ALL;
  }

  @ParameterizedTest
  @CsvSource({
    "tour,           early / idle prepare async check check.closed late",
    "timer-zero,     I C C.closed T1 T2 / T3",
    "close-order,    P B.closed A.closed T / C.closed D.closed",
    "start-order,    B A / C B A",
    "stop,           P C X.closed T",
    "once-vs-nowait, C T1 / C / C T2",
    "pool,           W A C T",
  })
  void haveTheOrderOfLibuv(String name, String order) {
    assertThat(play(find(name), PLAIN, false)).hasToString(order);
  }

  @Test
  void theTourGoesRoundAsOftenAsItIsToldTo() {
    PhaseTour tour = new PhaseTour(3);
    assertThat(play(tour, PLAIN, false))
        .hasToString(
            "early / idle prepare async check late / idle prepare check late"
                + " / idle prepare check check.closed late");
    assertThat(tour.orderIn144())
        .isEqualTo(
            "early idle prepare async check / late idle prepare check"
                + " / late idle prepare check check.closed / late");
  }

  /** It is typed by hand, so that a name may be wrong. */
  @ParameterizedTest
  @MethodSource("all")
  void libuv144HadTheSameCallbacksUnlessItWasStopped(PhaseScenario scenario) {
    Set<String> now = namesOf(play(scenario, PLAIN, false).toString());
    if (scenario instanceof PhaseStop) {
      now.remove("T");
    }
    assertThat(namesOf(scenario.orderIn144())).isEqualTo(now);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theirTextsFitIntoATerminalOfHundredColumns(PhaseScenario scenario) {
    assertThat((scenario.program() + scenario.why()).lines())
        .allMatch(line -> line.length() <= 98 && !line.isBlank());
    assertThat(scenario.title().length()).isLessThan(80);
  }

  @Test
  void whatHappensIsShownAsItHappens() {
    play(find("pool"), PLAIN, false);
    assertThat(shown.toString(UTF_8))
        .isEqualToNormalizingNewlines(
            """
              run(DEFAULT)
                iteration 1
                  poll      waits until something happens: there is no timer (NO_TIMER)
                            the pool's own async handle
                              W
                            A
                  check     C
                  timers    T at 0 ms
                answers false: nothing keeps the loop alive
            """);
  }

  @Test
  void allPhasesAreShownIfTheyAreWanted() {
    play(find("once-vs-nowait"), PLAIN, true);
    assertThat(shown.toString(UTF_8))
        .containsIgnoringNewLines(
            """
              run(ONCE)
                iteration 3
                  pending   -
                  idle      -
                  prepare   -
                  poll      waits 10 ms: the next timer is due then (NEXT_TIMER)
                  check     C
                  closing   -
                  timers    T2 at 10 ms
                answers true: the loop is still alive
            """);
  }

  @Test
  void coloursAreUsedOnlyWhereTheyAreWanted() {
    play(find("stop"), PLAIN, false);
    assertThat(shown.toString(UTF_8)).doesNotContain("\033");
    play(find("stop"), COLOURFUL, false);
    assertThat(shown.toString(UTF_8)).contains("\033[36mprepare").contains("\033[1mX.closed");
  }

  private static PhaseScenario find(String name) {
    return PhaseScenarios.ALL.stream().filter(one -> one.name().equals(name)).findAny().get();
  }

  private static Set<String> namesOf(String order) {
    Set<String> names = new TreeSet<>(List.of(order.split(" ", -1)));
    names.remove("/");
    return names;
  }

  private PhaseOrder play(PhaseScenario scenario, Terminal terminal, boolean all) {
    ManualClock clock = new ManualClock();
    PhaseTrace trace = new PhaseTrace(new PrintStream(shown, true, UTF_8), terminal, all);
    try (ThreadPool pool = new ThreadPool(1)) {
      Loop loop = Loop.open(new LoopOptions().clock(clock).with(ThreadPool.OF_LOOP, pool));
      trace.watch(loop);
      scenario.play(new PhaseStage(loop, clock, trace));
      loop.setObserver(null);
      loop.shutdown();
    }
    return trace.order();
  }
}
