// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.examples.Piped;
import io.minilibuv.examples.Piped.Outcome;
import io.minilibuv.examples.Program;
import io.minilibuv.examples.cli.Stdio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code uv cat} as a process, in all of its forms. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such pipes and signals")
class CatTest {
  private static final int LARGE = 10 << 20;
  private static final int PIPE = 64 * 1024;

  @TempDir private Path temp;
  private byte[] large;

  @BeforeEach
  void makeFiles() throws IOException {
    large = new byte[LARGE];
    new Random(1).nextBytes(large);
    Files.write(temp.resolve("large"), large);
    Files.write(temp.resolve("one"), new byte[] {(byte) 0xff});
    Files.write(temp.resolve("empty"), new byte[0]);
    Files.writeString(temp.resolve("text"), "text\n");
  }

  @ParameterizedTest
  @EnumSource
  void writesFilesAndInputInTheOrderInWhichTheyAreNamed(CatForm form) throws Exception {
    Outcome outcome =
        through("input\n".getBytes(UTF_8), form, "empty", "text", "one", "-", "large", "-", "text");
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes("text\n".getBytes(UTF_8));
    expected.write(0xff);
    expected.writeBytes("input\n".getBytes(UTF_8));
    expected.writeBytes(large);
    expected.writeBytes("text\n".getBytes(UTF_8));
    assertThat(outcome.out()).isEqualTo(expected.toByteArray());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void withoutAFileItCopiesAPipeByteForByte(CatForm form) throws Exception {
    Outcome outcome = through(large, form, "--threads=1", "--stats");
    assertThat(outcome.out()).isEqualTo(large);
    assertThat(outcome.status()).isZero();
    assertThat(outcome.err().get(0)).startsWith("stats: time ").contains(", 10.0 MiB moved, ");
    assertThat(outcome.err().get(1)).matches("stats: requests +(none|.* on 1 thread)");
    String kind = Runtime.version().feature() >= 21 ? "a virtual one" : "an ordinary one";
    assertThat(outcome.err())
        .last()
        .isEqualTo("stats: form        " + form + (form == CatForm.THREADS ? ", " + kind : ""));
  }

  @Test
  void aNameThatBeginsWithAnAtSignIsAName() throws Exception {
    Files.writeString(temp.resolve("list"), "--version");
    Files.writeString(temp.resolve("@list"), "content");
    Program.Outcome outcome = Program.in(temp).run("cat", "@list");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).containsExactly("content");
  }

  @Test
  void emptyInputIsEmptyOutput() throws Exception {
    Outcome outcome =
        Piped.through(Program.in(temp).builder("cat", "-u", "empty", "-"), new byte[0]);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux shows how far a process has read")
  void readsNoMoreThanAChunkAheadOfWhoReadsItsOutput(CatForm form) throws Exception {
    Process process =
        Program.in(temp)
            .builder("cat", "--form=" + form)
            .redirectInput(temp.resolve("large").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> Piped.readUntil(process) >= PIPE);
      // As long as another takes for all of it, this one has the time to go on reading.
      assertThat(through(large, form).out()).isEqualTo(large);
      assertThat(Piped.readUntil(process)).isLessThanOrEqualTo(PIPE + Stdio.CHUNK);
      assertThat(process.getInputStream().readAllBytes()).isEqualTo(large);
      assertThat(Program.statusOf(process)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesAreWrittenAsTheyComeAndCtrlCEndsItAtOnce(CatForm form) throws Exception {
    Path err = temp.resolve("err");
    Process process =
        Program.in(temp)
            .builder("cat", "--form=" + form, "-t1")
            .redirectError(err.toFile())
            .start();
    try {
      process.getOutputStream().write("hello".getBytes(UTF_8));
      process.getOutputStream().flush();
      assertThat(process.getInputStream().readNBytes(5)).asString(UTF_8).isEqualTo("hello");
      // Its input is open, and nothing more comes.
      Piped.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(Piped.INTERRUPTED);
    } finally {
      process.destroyForcibly();
    }
    // The loop may not have heard of the write yet.
    assertThat(Files.readAllLines(err))
        .singleElement()
        .asString()
        .matches("uv: cat: interrupted, [05] bytes written");
  }

  @ParameterizedTest
  @EnumSource
  void ctrlCEndsAWriteThatNobodyReadsAtOnce(CatForm form) throws Exception {
    Path err = temp.resolve("err");
    Process process =
        Program.in(temp)
            .builder("cat", "--form=" + form, "large")
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.getInputStream().read()).isGreaterThanOrEqualTo(0);
      Piped.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(Piped.INTERRUPTED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readAllLines(err))
        .singleElement()
        .asString()
        .matches("uv: cat: interrupted, [0-9,]+ bytes written");
  }

  @Test
  void helpSaysWhatItIsAndWhatItIsNot() throws Exception {
    Program.Outcome help = Program.in(temp).run("cat", "--help");
    assertThat(help.status()).isZero();
    assertThat(String.join(" ", help.out()).replaceAll(" +", " "))
        .startsWith("Usage: uv cat ")
        .contains("One of callbacks, futures, threads (default: callbacks)")
        .contains("the next read begins when its bytes are written")
        .contains("does not number lines");
  }

  private Outcome through(byte[] input, CatForm form, String... arguments) throws Exception {
    String[] line = new String[arguments.length + 2];
    line[0] = "cat";
    line[1] = "--form=" + form;
    System.arraycopy(arguments, 0, line, 2, arguments.length);
    return Piped.through(Program.in(temp).builder(line), input);
  }
}
