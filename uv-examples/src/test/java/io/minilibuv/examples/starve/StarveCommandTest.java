// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import io.minilibuv.examples.Refusal;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code uv starve} as a process. What is fast is not for a test to say. */
class StarveCommandTest {
  private static final String TIMES = "( +[0-9.]+ (ns|us|ms|s)){3}";

  @TempDir private Path temp;

  @Test
  void measuresThreePlacesAndConcludes() throws Exception {
    Outcome outcome =
        Program.in(temp).run("starve", "-t", "4", "--millis", "50", "--probes", "20", "--stats");
    assertThat(outcome.status()).isZero();
    List<String> out = outcome.out();
    assertThat(out).hasSize(11);
    assertThat(out.subList(0, 3))
        .containsExactly(
            "4 slow jobs of 50 ms, 20 stats, one every 2 ms, on 4 threads",
            "",
            "slow jobs in                p50        p99        max  meanwhile  jobs took");
    assertThat(out.get(3)).matches("one pool" + TIMES + " +0/20 +[0-9.]+ s");
    assertThat(out.get(4)).matches("a pool of their own" + TIMES + " +[0-9]+/20 +[0-9.]+ s");
    assertThat(out.get(5)).matches("the slow lane" + TIMES + " +[0-9]+/20 +[0-9.]+ s");
    assertThat(out.get(6)).startsWith("meanwhile: ");
    assertThat(out.get(7)).isEmpty();
    assertThat(out.get(8))
        .isEqualTo("A stat takes as long as it waits for a thread. Compared with one pool:");
    assertThat(out.get(9)).matches("a pool of their own  p99 .*; 4 more threads; jobs .*");
    assertThat(out.get(10)).matches("the slow lane        p99 .*; 2 of 4 threads; jobs .*");
    // One stat that does not count, three times twenty, and four slow jobs in two of the places;
    // what ended last may not be counted yet.
    assertThat(outcome.err())
        .anyMatch(line -> line.matches("stats: requests +6[5-9] done, .*, on 4 threads"));
  }

  /** Half of one thread is the whole of it. */
  @Test
  void withOneThreadTheSlowLaneHelpsNobody() throws Exception {
    Outcome outcome =
        Program.in(temp).run("starve", "-t1", "--slow=1", "--millis=30", "--probes=3", "/");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().get(0))
        .isEqualTo("1 slow job of 30 ms, 3 stats, one every 8 ms, on 1 thread");
    assertThat(outcome.out().get(3)).matches("one pool.* 0/3 .*");
    assertThat(outcome.out().get(5)).matches("the slow lane.* 0/3 .*");
    assertThat(outcome.out().get(10)).contains("; 1 of 1 thread; jobs ");
  }

  @Test
  void aPathThatIsNotThereIsAClearError() throws Exception {
    Outcome outcome = Program.in(temp).run("starve", "missing");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .containsExactly("uv: starve: ENOENT: no such file or directory, stat 'missing'");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such signals")
  void anInterruptCancelsWhatIsQueuedAndDoesNotWaitForSlowJobs() throws Exception {
    assertThat(interruptedAt("slow jobs in ", "--slow", "5", "--millis", "60000"))
        .matches(
            "uv: starve: interrupted, with the slow jobs in one pool: "
                + "[345] slow jobs and [0-9]+ stats? cancelled");
    assertThat(interruptedAt("one pool ", "--slow", "90", "--millis", "100", "--probes", "1"))
        .matches(
            "uv: starve: interrupted, with the slow jobs in (a pool of their own|the slow lane): "
                + "[0-9]+ slow jobs? and [01] stats? cancelled");
  }

  /** Waits for a line that begins so, interrupts the program, and takes what it says to that. */
  private String interruptedAt(String begin, String... options) throws Exception {
    File out = temp.resolve("out").toFile();
    File err = temp.resolve("err").toFile();
    ProcessBuilder builder = Program.in(temp).builder("starve", "--threads", "2");
    builder.command().addAll(List.of(options));
    Process process = builder.redirectOutput(out).redirectError(err).start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  Files.readAllLines(out.toPath()).stream()
                      .anyMatch(line -> line.startsWith(begin)));
      process.destroy();
      assertThat(Program.statusOf(process)).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(out.toPath())).doesNotContain("meanwhile:");
    return Files.readString(err.toPath()).strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --slow 1025      | --slow takes a number from 1 to 1024, not 1025
          --millis 0       | --millis takes a number from 1 to 60000, not 0
          --probes 0       | --probes takes a number from 1 to 10000, not 0
          --threads 0      | --threads takes a number from 1 to 1024, not 0
          """)
  void aNumberThatMakesNoSenseIsRefused(String arguments, String why) throws Exception {
    Refusal.assertRefused(why, ("starve " + arguments).split(" ", -1));
  }

  @Test
  void helpSaysWhatItTeaches() throws Exception {
    Outcome outcome = Program.in(temp).run("starve", "--help");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).anyMatch(line -> line.startsWith("Teaches what a full pool does"));
    assertThat(String.join("\n", outcome.out()))
        .contains("[PATH]", "--slow=N", "--millis=MS", "--probes=N", "(default: .)");
  }
}
