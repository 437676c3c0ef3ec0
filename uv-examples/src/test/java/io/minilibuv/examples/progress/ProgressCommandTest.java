// SPDX-License-Identifier: MIT
package io.minilibuv.examples.progress;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code uv progress} as a process. */
class ProgressCommandTest {
  private static final Pattern COALESCED =
      Pattern.compile(
          "AsyncHandle   ([0-9,]+) sends?, ([0-9,]+) callbacks?; the last one saw ([0-9,]+)");
  private static final Pattern QUEUED =
      Pattern.compile(
          "AsyncQueue    ([0-9,]+) messages?, ([0-9,]+) received, 0 out of order; in ([0-9,]+)"
              + " batch(es)?");

  @TempDir private Path temp;

  @Test
  void tenThousandSendsGiveFewerCallbacksAndTheQueueLosesNone() throws Exception {
    Outcome outcome = Program.in(temp).run("progress");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).hasSize(5);
    Matcher coalesced = matched(COALESCED, outcome.out().get(0));
    assertThat(number(coalesced, 1)).isEqualTo(10_000);
    assertThat(number(coalesced, 2)).isBetween(1, 10_000);
    assertThat(number(coalesced, 3)).isEqualTo(10_000);
    Matcher queued = matched(QUEUED, outcome.out().get(1));
    assertThat(number(queued, 1)).isEqualTo(10_000);
    assertThat(number(queued, 2)).isEqualTo(10_000);
    // A batch has 256 at most.
    assertThat(number(queued, 3)).isBetween(40, 10_000);
    assertThat(outcome.out().subList(2, 5))
        .containsExactly(
            "",
            "A send that finds a callback still to come changes nothing: it is merged.",
            "So the callback reads a value, where the last one counts, or a queue.");
  }

  @Test
  void moreSendersThanThreadsShareTheSends() throws Exception {
    Outcome outcome =
        Program.in(temp)
            .run("progress", "-t2", "--senders", "7", "--sends", "1000", "--work", "0", "--stats");
    assertThat(outcome.status()).isZero();
    assertThat(number(matched(COALESCED, outcome.out().get(0)), 3)).isEqualTo(1000);
    assertThat(number(matched(QUEUED, outcome.out().get(1)), 2)).isEqualTo(1000);
    assertThat(outcome.err())
        .anyMatch(line -> line.matches("stats: requests +1[234] done, .*, on 2 threads"));
  }

  @Test
  void oneSendIsOneCallback() throws Exception {
    Outcome outcome = Program.in(temp).run("progress", "--sends", "1", "--senders", "3");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .startsWith(
            "AsyncHandle   1 send, 1 callback; the last one saw 1",
            "AsyncQueue    1 message, 1 received, 0 out of order; in 1 batch");
  }

  /** It would take a quarter of an hour. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such signals")
  void anInterruptEndsTheSendersAndTellsWhatTheyHaveSent() throws Exception {
    File out = temp.resolve("out").toFile();
    File err = temp.resolve("err").toFile();
    Process process =
        Program.in(temp)
            .builder("progress", "-v", "-t1", "--sends=1000000", "--work=1000", "--senders=2")
            .redirectOutput(out)
            .redirectError(err)
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(err.toPath()).contains("sender 0 begins"));
      process.destroy();
      assertThat(Program.statusOf(process)).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readAllLines(err.toPath()))
        .contains("uv: progress: interrupted")
        .noneMatch(line -> line.contains("sender 1 begins"));
    assertThat(Files.readAllLines(out.toPath()))
        .singleElement()
        .satisfies(
            line -> {
              Matcher coalesced = matched(COALESCED, line);
              assertThat(number(coalesced, 1)).isLessThan(1_000_000);
              assertThat(number(coalesced, 3)).isEqualTo(number(coalesced, 1));
            });
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such pipes")
  void whoReadsNoMoreIsNoFailureToTellOf() throws Exception {
    Path status = temp.resolve("status");
    Outcome outcome =
        Program.in(temp)
            .under(List.of("sh", "-c", "(\"$@\"; echo $? >" + status + ") | exec true", "sh"))
            .run("progress", "--sends", "1000", "--work", "1000");
    assertThat(outcome.err()).isEmpty();
    assertThat(status).hasContent("141");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --sends 0        | --sends takes a number from 1 to 1000000, not 0
          --sends 10,000   | Invalid value for option '--sends': '10,000' is not an int
          --work -1        | --work takes a number from 0 to 1000000, not -1
          --threads 1025   | --threads takes a number from 1 to 1024, not 1025
          """)
  void aNumberThatMakesNoSenseIsRefused(String arguments, String why) throws Exception {
    Refusal.assertRefused(why, ("progress " + arguments).split(" ", -1));
  }

  @Test
  void helpSaysWhatItTeaches() throws Exception {
    Outcome outcome = Program.in(temp).run("progress", "--help");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).anyMatch(line -> line.startsWith("Teaches coalescing."));
    assertThat(String.join("\n", outcome.out()))
        .contains("--sends=N", "--senders=N", "--work=US", "(default: 10000)");
  }

  private static Matcher matched(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    return matcher;
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group).replace(",", ""));
  }
}
