// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv alive} as a process. */
class AliveCommandTest {
  @TempDir private Path temp;

  @Test
  void theForgottenTimerIsWhatItShowsIfNothingIsAskedFor() throws Exception {
    Outcome outcome = alive();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(String.join("\n", outcome.out()))
        .isEqualTo(
            """
            forgotten-timer: a cache that tidies up once in a while

              cache = new SessionCache(loop)     starts a timer, again every 60 s
              cache.put("anna", "session 1")     and that is all

              isAlive()     true
              handles       as printAllHandles() prints them: R ref'd, A active, I internal
                            [RA-] timer  active and ref'd: keeps the loop alive
                              made by SessionCache.<init>
                              for AliveForgottenTimer.start
              close()       throws EBUSY: device or resource busy, uv_loop_close: 1 open handle: [RA-] timer; run the loop until they are closed and done, or shut it down
              run(NOWAIT)   answers true
              next wait     60000 ms, for the next timer

              mended by     timer.unref(), by the cache: to tidy up is nothing to stay for
              isAlive()     false
              run()         answers false
              close()       throws EBUSY: device or resource busy, uv_loop_close: 1 open handle: [-A-] timer; run the loop until they are closed and done, or shut it down
              shutdown()    closes what is left, and the loop

              A handle keeps its loop alive while it is active and ref'd. A repeating timer is active
              until it is stopped. With unref() it goes on as long as the loop has something else to do,
              and the loop may end without it. It must still be closed before the loop is.\
            """);
  }

  @Test
  void allOfThemEndByThemselvesAndAreAlwaysTheSame() throws Exception {
    Outcome outcome = alive("--scenario", "all", "-t", "1");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains(
            "  next wait     until something happens, which may be never",
            "  close()       done",
            "                [-AI] async  the library's own")
        .noneMatch(line -> line.contains("@") || line.contains(".java"));
    assertThat(outcome.out()).filteredOn(line -> line.startsWith("  mended by ")).hasSize(6);
    assertThat(alive("-s", "all").out()).isEqualTo(outcome.out());
  }

  @Test
  void linesAreToldIfTheyAreWanted() throws Exception {
    Outcome outcome = alive("-s", "open-async", "--lines");
    assertThat(outcome.status()).isZero();
    assertThat(String.join("\n", outcome.out()))
        .containsPattern("made by Inbox\\.<init> \\(AliveOpenAsync\\.java:[0-9]+\\)\n");
  }

  @Test
  void theListHasALineForEach() throws Exception {
    Outcome outcome = alive("--list");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().stream().map(line -> line.split(" ", 2)[0]))
        .isEqualTo(AliveScenarios.all().stream().map(AliveScenario::name).toList());
  }

  @Test
  void statsTellOfTheScenariosLoop() throws Exception {
    Outcome outcome = alive("-s", "active-request", "--stats", "-t", "2");
    assertThat(outcome.status()).isZero();
    assertThat(String.join("\n", outcome.err()))
        .containsPattern("stats: requests    1 done, .* on 2 threads")
        .containsPattern("stats: loop        [1-9][0-9]* iterations?$");
  }

  @Test
  void whatIsNoScenarioIsStatusTwo() throws Exception {
    Outcome outcome = alive("-s", "dead");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .containsExactly(
            "uv: --scenario is one of forgotten-timer, unref-timer, closed-too-late,"
                + " active-request, open-async, busy-idle, all, not dead",
            "Try 'uv alive --help'");
  }

  private Outcome alive(String... arguments) throws Exception {
    String[] line = Stream.concat(Stream.of("alive"), Stream.of(arguments)).toArray(String[]::new);
    return Program.in(temp).run(line);
  }
}
