// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import static io.minilibuv.examples.Refusal.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv tail} as a process, without following. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such pipes, devices and signals")
class TailTest {
  @TempDir private Path temp;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(temp.resolve("work"));
  }

  @Test
  void writesTheLastTenLines() throws Exception {
    write("log", lines(1, 30));
    assertWrites(lines(21, 30), "tail", "log");
    assertWrites(lines(28, 30), "tail", "-n", "3", "log");
    assertWrites("30\n", "tail", "-n1", "log");
    assertWrites("", "tail", "-n", "0", "log");
    assertWrites(lines(1, 30), "tail", "-n", "1000", "log");
    assertWrites(lines(5, 30), "tail", "-n", "+5", "log");
    assertWrites("", "tail", "-n", "+31", "log");
    assertWrites("9\n30\n", "tail", "-c", "5", "log");
    assertWrites("0\n", "tail", "-c", "+80", "log");
  }

  @Test
  void writesWhatHasAnUnusualEnd() throws Exception {
    write("no newline", "one\ntwo\nthree");
    assertWrites("two\nthree", "tail", "-n", "2", "no newline");
    write("windows", "one\r\ntwo\r\n");
    assertWrites("two\r\n", "tail", "-n", "1", "windows");
    write("empty", "");
    assertWrites("", "tail", "empty");
    write("newlines", "\n\n\n");
    assertWrites("\n\n", "tail", "-n", "2", "newlines");
  }

  @Test
  void writesFilesThatAreMuchLongerThanAChunk() throws Exception {
    String line = "x".repeat(1_000_000) + "\n";
    write("long", "first\n" + line + "last\n");
    assertWrites(line + "last\n", "tail", "-n", "2", "long");
    String many = lines(1, 300_000);
    write("many", many);
    assertWrites(lines(100_001, 300_000), "tail", "-n", "200000", "many");
    assertWrites(lines(150_000, 300_000), "tail", "-n", "+150000", "many");
    byte[] bytes = new byte[500_000];
    new SplittableRandom(5).nextBytes(bytes);
    String binary = new String(bytes, ISO_8859_1);
    write("binary", binary);
    assertWrites(binary.substring(100_000), "tail", "-c", "400000", "binary");
  }

  @Test
  void readsStandardInputFromWhereItIs() throws Exception {
    write("log", lines(1, 300_000));
    File log = directory.resolve("log").toFile();
    for (String[] arguments : new String[][] {{"tail", "-n", "2"}, {"tail", "-n", "2", "-"}}) {
      ProcessBuilder file = Program.in(directory).builder(arguments).redirectInput(log);
      assertThat(output(file)).isEqualTo(lines(299_999, 300_000));
    }
    List<String> after = List.of("sh", "-c", "read -r line && exec \"$@\"", "sh");
    write("few", lines(1, 5));
    ProcessBuilder rest = Program.in(directory).under(after).builder("tail", "-n", "+1");
    assertThat(output(rest.redirectInput(directory.resolve("few").toFile())))
        .as("sh has read a line")
        .isEqualTo(lines(2, 5));
  }

  @Test
  void readsAPipe() throws Exception {
    ProcessBuilder builder = Program.in(directory).builder("tail", "-n", "200000", "-f", "-");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(lines(1, 300_000).getBytes(ISO_8859_1));
    }
    try (InputStream output = process.getInputStream()) {
      assertThat(new String(output.readAllBytes(), ISO_8859_1)).isEqualTo(lines(100_001, 300_000));
    }
    assertThat(Program.statusOf(process)).isZero();
  }

  @Test
  void saysWhoseLinesTheyAre() throws Exception {
    write("a", lines(1, 3));
    write("b\n", "");
    write("c", "end");
    Outcome outcome = Program.in(directory).run("tail", "-n", "2", "a", "missing", "b\n", ".", "c");
    assertThat(outcome.out())
        .containsExactly(
            "==> a <==", "2", "3", "", "==> b\\n <==", "", "==> . <==", "", "==> c <==", "end");
    assertThat(outcome.err())
        .containsExactly(
            "uv: tail: ENOENT: no such file or directory, stat 'missing'",
            "uv: tail: EISDIR: is a directory, read '.'");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc")
  void readsFilesThatHaveNoSizeOrAnother() throws Exception {
    Outcome outcome = Program.in(directory).run("tail", "-n", "1", "/proc/self/limits");
    assertThat(outcome.out()).singleElement().asString().startsWith("Max realtime timeout");
    assertThat(Files.size(Path.of("/sys/kernel/uevent_seqnum"))).isEqualTo(4096);
    outcome = Program.in(directory).run("tail", "/sys/kernel/uevent_seqnum");
    assertThat(outcome.out()).singleElement().asString().matches("[0-9]+");
  }

  @Test
  void refusesWhatMakesNoSense() throws Exception {
    assertRefused("-n takes N or +N, not 'x'", "tail", "-n", "x", "log");
    assertRefused("-c takes N or +N, not '1k'", "tail", "-c", "1k", "log");
    assertRefused("-n and -c cannot be used together", "tail", "-n", "1", "-c", "1", "log");
    assertRefused("--by takes event or poll, not 'magic'", "tail", "--by", "magic", "log");
    assertRefused("standard input has no name that -F could follow", "tail", "-F", "-");
    assertRefused(
        "--interval takes a number from 1 to 86400000, not 0", "tail", "--interval", "0", "log");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
  void whatCannotBeWrittenIsAFailure() throws Exception {
    write("log", lines(1, 30));
    File err = temp.resolve("err").toFile();
    ProcessBuilder builder = Program.in(directory).builder("tail", "-f", "log", "log");
    builder.redirectOutput(new File("/dev/full")).redirectError(err);
    assertThat(Program.statusOf(builder.start())).isEqualTo(1);
    assertThat(err)
        .hasContent("uv: tail: ENOSPC: no space left on device, write 'standard output'");
  }

  @Test
  void runsOnOneThreadAndTellsOfIt() throws Exception {
    write("a", lines(1, 30));
    Outcome outcome = Program.in(directory).run("tail", "--threads", "1", "--stats", "a", "a");
    assertThat(outcome.out()).hasSize(23);
    assertThat(outcome.err()).anyMatch(line -> line.matches("stats: time .*, 60 B moved, .*"));
    assertThat(outcome.err()).anyMatch(line -> line.matches("stats: requests .* on 1 thread"));
    assertThat(outcome.status()).isZero();
  }

  private void assertWrites(String expected, String... arguments) throws Exception {
    assertThat(output(Program.in(directory).builder(arguments)))
        .as(Arrays.toString(arguments))
        .isEqualTo(expected);
  }

  /** What it writes, a letter for each byte; it says nothing, and all goes well. */
  private String output(ProcessBuilder builder) throws Exception {
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(Program.statusOf(process)).isZero();
    assertThat(err).isEmptyFile();
    return Files.readString(out, ISO_8859_1);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content, ISO_8859_1);
  }

  private static String lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }
}
