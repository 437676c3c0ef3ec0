// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

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

/** {@code uv fib} as a process. */
class FibCommandTest {
  @TempDir private Path temp;

  @Test
  void withOneThreadTheStoryIsTheSameEachTime() throws Exception {
    Outcome outcome =
        Program.in(temp).run("fib", "--threads", "1", "--jobs", "5", "--cancel", "2", "20");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .containsExactly(
            "queued 5 jobs: fib(20) to fib(16)",
            "worker 1 began fib(20)",
            "fib(20) = 6765",
            "worker 1 began fib(19)",
            "fib(19) = 4181",
            "worker 1 began fib(18)",
            "cancel fib(18): EBUSY",
            "cancel fib(17): 0",
            "cancel fib(16): 0",
            "fib(17): ECANCELED",
            "fib(16): ECANCELED",
            "fib(18) = 2584",
            "",
            "computed      2",
            "cancelled     2   no worker had begun: called back with ECANCELED",
            "EBUSY         1   a worker had begun: computed all the same");
  }

  @Test
  void withMoreThreadsTheCountsAreTheSameEachTime() throws Exception {
    Outcome outcome =
        Program.in(temp).run("fib", "-t", "3", "-j", "10", "--cancel", "4", "--stats", "15");
    assertThat(outcome.status()).isZero();
    assertThat(endOf(outcome))
        .containsExactly(
            "computed      4",
            "cancelled     3   no worker had begun: called back with ECANCELED",
            "EBUSY         3   a worker had begun: computed all the same");
    assertThat(outcome.out()).filteredOn(line -> line.endsWith("EBUSY")).hasSize(3);
    assertThat(outcome.out()).filteredOn(line -> line.endsWith(": 0")).hasSize(3);
    assertThat(outcome.out()).filteredOn(line -> line.endsWith("ECANCELED")).hasSize(4);
    assertThat(outcome.out()).filteredOn(line -> line.contains(" = ")).hasSize(7);
    assertThat(outcome.err())
        .anyMatch(
            line -> line.matches("stats: requests +[4-7] done, .*, 3 cancelled, on 3 threads"));
  }

  @Test
  void withoutCancelAllAreComputed() throws Exception {
    Outcome outcome = Program.in(temp).with("UV_THREADPOOL_SIZE", "2").run("fib", "10");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains("fib(10) = 55", "fib(7) = 13", "fib(2) = 1", "fib(1) = 1", "fib(0) = 0");
    assertThat(outcome.out()).filteredOn(line -> line.contains("began")).hasSize(11);
    assertThat(outcome.out()).noneMatch(line -> line.startsWith("worker 3"));
    assertThat(endOf(outcome))
        .containsExactly("computed     11", "cancelled     0", "EBUSY         0");
  }

  @Test
  void cancelledBeforeTheFirstResultOnlyWhatHasBegunIsComputed() throws Exception {
    Outcome outcome =
        Program.in(temp).run("fib", "--threads", "2", "--jobs", "4", "--cancel", "0", "9");
    assertThat(outcome.out())
        .contains("fib(9) = 34", "fib(8) = 21", "fib(7): ECANCELED", "fib(6): ECANCELED");
    assertThat(endOf(outcome)).first().isEqualTo("computed      0");
  }

  @Test
  void aTimerThatIsLateCancelsNothingAndIsNotWaitedFor() throws Exception {
    Outcome outcome = Program.in(temp).run("fib", "--cancel-after", "3600000", "-j", "1", "5");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("queued 1 job: fib(5) to fib(5)", "fib(5) = 5");
    assertThat(endOf(outcome)).first().isEqualTo("computed      1");
  }

  /** The first would take centuries. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such signals")
  void anInterruptCancelsWhatIsQueuedAndHasTheRestGiveUp() throws Exception {
    assertThat(interrupted("worker 1 began fib(92)", "fib", "-t", "1", "-j", "3", "92"))
        .containsExactly(
            "queued 3 jobs: fib(92) to fib(90)",
            "worker 1 began fib(92)",
            "cancel fib(92): EBUSY",
            "cancel fib(91): 0",
            "cancel fib(90): 0",
            "fib(91): ECANCELED",
            "fib(90): ECANCELED",
            "fib(92): gave up",
            "",
            "computed      0",
            "cancelled     2   no worker had begun: called back with ECANCELED",
            "EBUSY         1   a worker had begun: saw the flag and gave up");
  }

  /** Who has begun by then is not certain. */
  @Test
  void aTimerCancelsWhatIsThere() throws Exception {
    Outcome outcome =
        Program.in(temp).run("fib", "--threads", "1", "--cancel-after", "0", "-j", "9", "30");
    assertThat(outcome.status()).isZero();
    List<Integer> counts =
        endOf(outcome).stream()
            .map(line -> Integer.valueOf(line.substring(10, 15).strip()))
            .toList();
    assertThat(counts).hasSize(3);
    assertThat(counts.get(0) + counts.get(1) + counts.get(2)).isEqualTo(9);
    assertThat(outcome.out())
        .filteredOn(line -> line.startsWith("cancel "))
        .hasSize(9 - counts.get(0));
    assertThat(outcome.out())
        .filteredOn(line -> line.endsWith("): ECANCELED"))
        .hasSize(counts.get(1));
  }

  /** Waits for a line, interrupts the program, and takes what it has printed. */
  private List<String> interrupted(String line, String... arguments) throws Exception {
    File out = temp.resolve("out").toFile();
    File err = temp.resolve("err").toFile();
    Process process =
        Program.in(temp).builder(arguments).redirectOutput(out).redirectError(err).start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readAllLines(out.toPath()).contains(line));
      process.destroy();
      assertThat(Program.statusOf(process)).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
    assertThat(err).hasContent("uv: fib: interrupted");
    return Files.readAllLines(out.toPath());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          93                           | N takes a number from 0 to 92, not 93
          many                         | Invalid value for positional parameter at index 0 (N): 'many' is not an int
          --jobs 7 5                   | --jobs takes a number from 1 to 6, not 7
          --jobs 3 --cancel 3          | --cancel takes a number from 0 to 2, not 3
          --cancel-after -1            | --cancel-after takes a number from 0 to 3600000, not -1
          --cancel 1 --cancel-after 1  | --cancel and --cancel-after do not go together
          """)
  void aNumberThatMakesNoSenseIsRefused(String arguments, String why) throws Exception {
    Refusal.assertRefused(why, ("fib " + arguments).split(" ", -1));
  }

  @Test
  void helpSaysWhatItTeaches() throws Exception {
    Outcome outcome = Program.in(temp).run("fib", "--help");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).anyMatch(line -> line.startsWith("Teaches queue_work and cancel."));
    assertThat(String.join("\n", outcome.out()))
        .contains("[N]", "--jobs=N", "--cancel=K", "--cancel-after=MS", "(default: 40)");
  }

  private static List<String> endOf(Outcome outcome) {
    return outcome.out().subList(outcome.out().indexOf("") + 1, outcome.out().size());
  }
}
