// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.examples.Piped;
import io.minilibuv.examples.Piped.Outcome;
import io.minilibuv.examples.Program;
import io.minilibuv.examples.Restricted;
import io.minilibuv.examples.cli.Amounts;
import java.io.File;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv tee} as a process: what comes out of it, and what it says when a sink fails. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such devices and pipes")
class TeeCommandTest {
  private static final int PIPE = 64 * 1024;

  @TempDir private Path temp;
  private byte[] large;

  @BeforeEach
  void makeInput() {
    large = new byte[10 << 20];
    new Random(1).nextBytes(large);
  }

  @Test
  void copiesAPipeToAllByteForByte() throws Exception {
    Files.writeString(temp.resolve("b"), "what was here before");
    Outcome outcome = tee(large, "a", "b", "-");
    assertThat(outcome.out()).isEqualTo(large);
    assertThat(temp.resolve("a")).hasBinaryContent(large);
    assertThat(temp.resolve("b")).hasBinaryContent(large);
    assertThat(temp.resolve("-")).as("a file of that name").hasBinaryContent(large);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @Test
  void appendsIfAskedTo() throws Exception {
    Path a = Files.writeString(temp.resolve("a"), "before ");
    for (String append : new String[] {"-a", "--append"}) {
      assertThat(tee("and ".getBytes(UTF_8), append, "a", "new").err()).isEmpty();
    }
    assertThat(a).hasContent("before and and ");
    assertThat(temp.resolve("new")).hasContent("and and ");
  }

  @Test
  void emptyInputMakesEmptyFilesAndAByteIsOne() throws Exception {
    Path a = Files.writeString(temp.resolve("a"), "before");
    assertThat(tee(new byte[0], "a").out()).isEmpty();
    assertThat(a).isEmptyFile();
    assertThat(tee(new byte[] {(byte) 0xff}, "a").out()).containsExactly(0xff);
    assertThat(a).hasBinaryContent(new byte[] {(byte) 0xff});
    assertThat(tee(new byte[] {7}).out()).containsExactly(7);
  }

  @Test
  void statsSayWhoWasWaitedFor() throws Exception {
    Outcome outcome = tee(large, "--stats", "--threads=1", "a\nb");
    assertThat(outcome.out()).isEqualTo(large);
    assertThat(temp.resolve("a\nb")).hasBinaryContent(large);
    assertThat(outcome.err().get(0)).contains(", 10.0 MiB moved, ");
    assertThat(outcome.err().get(1)).endsWith(" on 1 thread");
    String tally = ": 10\\.0 MiB in .*, last with [0-9,]+ of [0-9,]+ chunks";
    assertThat(outcome.err().get(6)).matches("stats: sink        standard output" + tally);
    assertThat(outcome.err().get(7)).matches("stats: sink        'a\\\\nb'" + tally);
    assertThat(outcome.err()).hasSize(8);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
  void sinksThatFailAreToldOnceAndTheOthersGetAll() throws Exception {
    Files.createDirectory(temp.resolve("folder"));
    Path secret = Files.writeString(temp.resolve("secret"), "secret");
    Files.setAttribute(secret, "unix:mode", 0);
    Outcome outcome =
        Piped.through(
            Program.in(temp)
                .under(Restricted.from(secret))
                .builder("tee", "no/file", "a", "/dev/full", "folder", "secret", "b"),
            large);
    assertThat(outcome.err())
        .containsExactlyInAnyOrder(
            "uv: tee: ENOENT: no such file or directory, open 'no/file'",
            "uv: tee: EISDIR: is a directory, open 'folder'",
            "uv: tee: EACCES: permission denied, open 'secret'",
            "uv: tee: ENOSPC: no space left on device, write '/dev/full'");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEqualTo(large);
    assertThat(temp.resolve("a")).hasBinaryContent(large);
    assertThat(temp.resolve("b")).hasBinaryContent(large);
  }

  @Test
  void aFileThatGrowsTooLargeHasWhatFittedAndTheOthersAll() throws Exception {
    Outcome outcome =
        Piped.through(
            Program.in(temp)
                // No multiple of what is written at once, in units of 512 or 1,024 bytes.
                .under(List.of("sh", "-c", "ulimit -f 1001 && exec \"$@\"", "sh"))
                .builder("tee", "--stats", "a"),
            large);
    assertThat(outcome.err().get(0)).isEqualTo("uv: tee: EFBIG: file too large, write 'a'");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEqualTo(large);
    byte[] fitted = Files.readAllBytes(temp.resolve("a"));
    assertThat(fitted.length % Tee.CHUNK).isPositive();
    assertThat(large).startsWith(fitted);
    assertThat(outcome.err())
        .last()
        .asString()
        .startsWith("stats: sink        'a': " + Amounts.bytes(fitted.length) + " in ");
  }

  @Test
  void filesGetAllWhenNobodyReadsTheOutputAnyMore() throws Exception {
    Path input = Files.write(temp.resolve("input"), large);
    Path err = temp.resolve("err");
    Process process =
        Program.in(temp)
            .builder("tee", "a")
            .redirectInput(input.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.getInputStream().read()).isEqualTo(large[0] & 0xff);
    process.getInputStream().close();
    assertThat(Program.statusOf(process)).isEqualTo(141);
    assertThat(temp.resolve("a")).hasBinaryContent(large);
    assertThat(err).isEmptyFile();
  }

  @Test
  void withoutAFileItEndsWhenNobodyReadsTheOutputAnyMore() throws Exception {
    Path err = temp.resolve("err");
    Process process =
        Program.in(temp)
            .builder("tee")
            .redirectInput(new File("/dev/zero"))
            .redirectError(err.toFile())
            .start();
    assertThat(process.getInputStream().read()).isZero();
    process.getInputStream().close();
    assertThat(Program.statusOf(process)).isEqualTo(141);
    assertThat(err).isEmptyFile();
  }

  @Test
  void outputThatIsClosedFromTheBeginningIsASinkThatFails() throws Exception {
    Outcome outcome =
        Piped.through(
            Program.in(temp)
                .under(List.of("sh", "-c", "exec \"$@\" >&-", "sh"))
                .builder("tee", "a"),
            large);
    assertThat(outcome.err())
        .containsExactly("uv: tee: EBADF: bad file descriptor, write 'standard output'");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(temp.resolve("a")).hasBinaryContent(large);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
  void outputThatTakesNothingIsASinkThatFails() throws Exception {
    Path input = Files.write(temp.resolve("input"), large);
    Path err = temp.resolve("err");
    Process process =
        Program.in(temp)
            .builder("tee", "-t1", "a")
            .redirectInput(input.toFile())
            .redirectOutput(new File("/dev/full"))
            .redirectError(err.toFile())
            .start();
    assertThat(Program.statusOf(process)).isEqualTo(1);
    assertThat(err).hasContent("uv: tee: ENOSPC: no space left on device, write 'standard output'");
    assertThat(temp.resolve("a")).hasBinaryContent(large);
  }

  @Test
  void inputThatFailsIsToldAndFilesAreMade() throws Exception {
    Outcome outcome =
        Piped.through(
            Program.in(temp).under(List.of("sh", "-c", "exec \"$@\" </", "sh")).builder("tee", "a"),
            new byte[0]);
    assertThat(outcome.err())
        .containsExactly("uv: tee: EISDIR: is a directory, read 'standard input'");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(temp.resolve("a")).isEmptyFile();
  }

  @Test
  void aPipeWithANameGetsAllAlsoOnOneThread() throws Exception {
    Path fifo = Piped.fifo(temp.resolve("fifo"));
    Process reader =
        new ProcessBuilder("cat", fifo.toString())
            .redirectOutput(temp.resolve("read").toFile())
            .start();
    try {
      Outcome outcome = tee(large, "-t1", "a", "fifo", "-a");
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out()).isEqualTo(large);
      assertThat(Program.statusOf(reader)).isZero();
    } finally {
      reader.destroyForcibly();
    }
    assertThat(temp.resolve("read")).hasBinaryContent(large);
    assertThat(temp.resolve("a")).hasBinaryContent(large);
  }

  @Test
  void aPipeThatIsNotReadAnyMoreIsTold() throws Exception {
    Piped.fifo(temp.resolve("fifo"));
    Path input = Files.write(temp.resolve("input"), large);
    Path err = temp.resolve("err");
    Process process =
        Program.in(temp)
            .builder("tee", "fifo", "a")
            .redirectInput(input.toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    try (InputStream some = Files.newInputStream(temp.resolve("fifo"))) {
      assertThat(some.read()).isEqualTo(large[0] & 0xff);
    }
    assertThat(Program.statusOf(process)).isEqualTo(1);
    assertThat(err).hasContent("uv: tee: EPIPE: broken pipe, write 'fifo'");
    assertThat(temp.resolve("a")).hasBinaryContent(large);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux shows how far a process has read")
  void readsNoMoreThanAChunkAheadOfTheSlowestSink() throws Exception {
    Path fifo = Piped.fifo(temp.resolve("fifo"));
    Path input = Files.write(temp.resolve("input"), large);
    Process process =
        Program.in(temp)
            .builder("tee", "a", "fifo")
            .redirectInput(input.toFile())
            .redirectOutput(Redirect.DISCARD)
            .start();
    try (InputStream slow = Files.newInputStream(fifo)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> Piped.readUntil(process) >= PIPE);
      // As long as another takes for all of it, this one has the time to go on reading.
      assertThat(tee(large, "b").out()).isEqualTo(large);
      assertThat(Piped.readUntil(process)).isLessThanOrEqualTo(PIPE + Tee.CHUNK);
      assertThat(Files.size(temp.resolve("a"))).isLessThanOrEqualTo(PIPE + Tee.CHUNK);
      assertThat(slow.readAllBytes()).isEqualTo(large);
      assertThat(Program.statusOf(process)).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(temp.resolve("a")).hasBinaryContent(large);
  }

  @Test
  void helpSaysHowItIsPacedAndWhatTheStatusIs() throws Exception {
    Program.Outcome help = Program.in(temp).run("tee", "--help");
    assertThat(help.status()).isZero();
    assertThat(String.join(" ", help.out()).replaceAll(" +", " "))
        .startsWith("Usage: uv tee ")
        .contains("the next is read when the last has taken it")
        .contains("the files still get everything, and it ends quietly, with 141")
        .contains("the exit status is 1 then");
  }

  @Test
  void aCommandLineThatMakesNoSenseIsStatusTwo() throws Exception {
    Program.Outcome outcome = Program.in(temp).run("tee", "-i", "a");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).containsExactly("uv: Unknown option: '-i'", "Try 'uv tee --help'");
    assertThat(temp.resolve("a")).doesNotExist();
  }

  private Outcome tee(byte[] input, String... arguments) throws Exception {
    String[] line = new String[arguments.length + 1];
    line[0] = "tee";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return Piped.through(Program.in(temp).builder(line), input);
  }
}
