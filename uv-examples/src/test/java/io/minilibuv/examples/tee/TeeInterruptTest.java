// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.examples.Piped;
import io.minilibuv.examples.Program;
import java.io.File;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code uv tee} as a process that is told to end: what it leaves, and what it says. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such pipes and signals")
class TeeInterruptTest {
  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"1", "4"})
  void whileItWaitsForInput(String threads) throws Exception {
    Process process = start(Redirect.PIPE, Redirect.PIPE, "-t", threads, "a", "b");
    try {
      for (String word : List.of("hello", "world")) {
        process.getOutputStream().write(word.getBytes(UTF_8));
        process.getOutputStream().flush();
        assertThat(process.getInputStream().readNBytes(5)).asString(UTF_8).isEqualTo(word);
      }
      await(() -> size("a") == 10 && size("b") == 10);
      Piped.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(Piped.INTERRUPTED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(said())
        .isEqualTo(
            "uv: tee: interrupted: 10 bytes to standard output; 10 bytes to 'a'; 10 bytes to 'b'");
    assertThat(temp.resolve("a")).hasContent("helloworld");
    assertThat(temp.resolve("b")).hasContent("helloworld");
  }

  /** On one thread the write to the second file waits behind that to the pipe, until it is told. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "4"})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a pipe does not hold just one chunk")
  void whileAPipeTakesNothingTheChunkGetsIntoAllFiles(String threads) throws Exception {
    Path fifo = Piped.fifo(temp.resolve("fifo"));
    Path input = temp.resolve("input");
    Files.write(input, new byte[10 << 20]);
    // Open in both directions: there is a reader, who never reads.
    RandomAccessFile reader = new RandomAccessFile(fifo.toFile(), "rw");
    Process process =
        start(Redirect.from(input.toFile()), Redirect.DISCARD, "-t", threads, "a", "fifo", "b");
    try {
      await(() -> size("a") == 2 * Tee.CHUNK);
      Piped.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(Piped.INTERRUPTED);
    } finally {
      process.destroyForcibly();
      reader.close();
    }
    assertThat(said())
        .isEqualTo(
            "uv: tee: interrupted: 131,072 bytes to standard output; 131,072 bytes to 'a';"
                + " 65,536 bytes to 'fifo' and up to 65,536 more; 131,072 bytes to 'b'");
    assertThat(temp.resolve("a")).hasBinaryContent(new byte[2 * Tee.CHUNK]);
    assertThat(temp.resolve("b")).hasBinaryContent(new byte[2 * Tee.CHUNK]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4"})
  void whileAPipeHasNoReader(String threads) throws Exception {
    Piped.fifo(temp.resolve("fifo"));
    Process process = start(Redirect.PIPE, Redirect.DISCARD, "-t", threads, "a", "fifo");
    try {
      await(() -> Files.exists(temp.resolve("a")));
      Piped.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(Piped.INTERRUPTED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(said())
        .isEqualTo(
            "uv: tee: interrupted: 0 bytes to standard output; 0 bytes to 'a'; 0 bytes to 'fifo'");
    assertThat(temp.resolve("a")).isEmptyFile();
  }

  @Test
  void inTheMidstOfItAllFilesHaveTheSameWholeChunks() throws Exception {
    Process process =
        start(Redirect.from(new File("/dev/zero")), Redirect.DISCARD, "-t1", "a", "b", "c");
    try {
      await(() -> size("c") > 1 << 20);
      Piped.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(Piped.INTERRUPTED);
    } finally {
      process.destroyForcibly();
    }
    long size = size("a");
    assertThat(size % Tee.CHUNK).isZero();
    assertThat(size("b")).isEqualTo(size);
    assertThat(size("c")).isEqualTo(size);
    String bytes = String.format(Locale.ROOT, "%,d bytes", size);
    assertThat(said())
        .startsWith("uv: tee: interrupted: ")
        .endsWith("; " + bytes + " to 'a'; " + bytes + " to 'b'; " + bytes + " to 'c'");
  }

  /** As {@code -i} of other programs: who is started so that it ignores Ctrl-C does. */
  @Test
  void aShellCanHaveItIgnored() throws Exception {
    Path err = temp.resolve("err");
    Process process =
        Program.in(temp)
            .under(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"))
            .builder("tee", "a")
            .redirectError(err.toFile())
            .start();
    try {
      process.getOutputStream().write('x');
      process.getOutputStream().flush();
      assertThat(process.getInputStream().read()).isEqualTo('x');
      Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
      assertThat(Program.statusOf(kill)).isZero();
      process.getOutputStream().write('y');
      process.getOutputStream().close();
      assertThat(process.getInputStream().readAllBytes()).containsExactly('y');
      assertThat(Program.statusOf(process)).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(temp.resolve("a")).hasContent("xy");
    assertThat(err).isEmptyFile();
  }

  private Process start(Redirect input, Redirect output, String... arguments) throws Exception {
    String[] line = new String[arguments.length + 1];
    line[0] = "tee";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return Program.in(temp)
        .builder(line)
        .redirectInput(input)
        .redirectOutput(output)
        .redirectError(temp.resolve("err").toFile())
        .start();
  }

  private long size(String name) {
    return temp.resolve(name).toFile().length();
  }

  private String said() throws Exception {
    List<String> lines = Files.readAllLines(temp.resolve("err"));
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }

  private static void await(Callable<Boolean> condition) {
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(condition);
  }
}
