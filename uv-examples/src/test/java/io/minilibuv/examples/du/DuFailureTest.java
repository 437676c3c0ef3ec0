// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import static io.minilibuv.examples.Refusal.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import io.minilibuv.examples.Restricted;
import io.minilibuv.examples.Signals;
import io.minilibuv.fs.Fs;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv du} as a process, when something is wrong. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such modes, names and signals")
class DuFailureTest {
  @TempDir private Path temp;

  @Test
  void tellsWhatFailedAtTheEndAndCountsTheRest() throws Exception {
    write("t/good/f", 100);
    write("t/locked/f", 100);
    Path locked = temp.resolve("t/locked");
    long directories =
        Stream.of("t", "t/good", "t/locked").mapToLong(name -> size(temp.resolve(name))).sum();
    Files.setAttribute(locked, "unix:mode", 0);
    try {
      Outcome outcome =
          Program.in(temp)
              .under(Restricted.from(locked))
              .run("du", "-sb", "missing", "t", "t/locked/f");
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.out()).containsExactly(100 + directories + "\tt");
      assertThat(outcome.err())
          .containsExactly(
              "uv: du: ENOENT: no such file or directory, lstat 'missing'",
              "uv: du: EACCES: permission denied, scandir 't/locked'",
              "uv: du: EACCES: permission denied, lstat 't/locked/f'");
    } finally {
      Files.setAttribute(locked, "unix:mode", 0700);
    }
  }

  @Test
  void aSenselessLineIsRefused() throws Exception {
    assertRefused("--top takes a number from 1 to 1024, not 0", "du", "--top=0");
    assertRefused("-s tells only sums, and -a everything: not both", "du", "-sa");
    assertRefused("--threads takes a number from 1 to 1024, not -1", "du", "--threads=-1");
    assertRefused("Unknown option: '-z'", "du", "-z");
  }

  @Test
  void helpHasNoShortNameHere() throws Exception {
    Outcome help = Program.in(temp).run("du", "--help");
    assertThat(help.status()).isZero();
    assertThat(help.out().get(0)).startsWith("Usage: uv du [-abhsvV]");
    Outcome human = Program.in(temp).run("du", "-sh");
    assertThat(human.out()).singleElement().asString().matches(" +\\d+(\\.\\d)? K?i?B\t\\.");
  }

  @Test
  void aNameCannotForgeALine() throws Exception {
    write("t/a\n0\tb\u001b[31m/f", 10);
    Outcome outcome = Program.in(temp).run("du", "-ab", "t");
    assertThat(outcome.out())
        .hasSize(3)
        .contains("10\tt/a\\n0\\tb\\u001b[31m/f")
        .allMatch(line -> line.matches("\\d+\tt.*"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names are Unicode in every locale")
  void aNameThatTheLocaleHasNoLettersForIsToldWhereNamesAreBytes() throws Exception {
    write("t/good", 100);
    Files.writeString(temp.resolve("t/\u00e4"), "umlaut");
    Outcome outcome = Program.in(temp).with("LC_ALL", "C").run("du", "-ab", "t");
    if (Program.hasNamesOfBytes()) {
      assertThat(outcome.status()).isZero();
      assertThat(outcome.out())
          .containsExactly(106 + size(temp.resolve("t")) + "\tt", "100\tt/good", "6\tt/\u00e4");
      assertThat(outcome.err()).isEmpty();
      return;
    }
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).containsExactly(100 + size(temp.resolve("t")) + "\tt", "100\tt/good");
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("uv: du: EILSEQ: illegal byte sequence, lstat 't/");
  }

  @Test
  void endsQuietlyWhenNobodyReads() throws Exception {
    makeManyLines();
    File err = temp.resolve("err").toFile();
    Process process =
        Program.in(temp)
            .under(List.of("sh", "-c", "(\"$@\"; echo $? >status) | read line", "sh"))
            .builder("du", "lines")
            .redirectError(err)
            .start();
    Program.statusOf(process);
    assertThat(temp.resolve("status")).hasContent("141");
    assertThat(err).isEmpty();
  }

  /** The first tree has more lines than a pipe holds: so it is known where the program is. */
  @Test
  void afterAnInterruptItTellsWhatIsCountedAndThatItIsNotAll() throws Exception {
    makeManyLines();
    Path large = temp.resolve("large");
    for (int i = 0; i < 5000; i++) {
      write("large/d" + i % 100 + "/f" + i, 1);
    }
    File err = temp.resolve("err").toFile();
    Process process =
        Program.in(temp).builder("du", "-b", "lines", "large").redirectError(err).start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String first = out.readLine();
      Signals.interrupt(process);
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> Signals.isInterrupted(process));
      List<String> rest = out.lines().toList();
      assertThat(Program.statusOf(process)).isEqualTo(Signals.STATUS);
      assertThat(first).matches("\\d+\tlines");
      List<String> ofLarge = rest.stream().filter(line -> line.contains("\tlarge")).toList();
      assertThat(ofLarge).first().asString().matches("\\d+\\+\tlarge");
      assertThat(number(ofLarge.get(0))).isLessThan(5000 + 101 * size(large));
      assertThat(rest).filteredOn(line -> line.contains("\tlines")).noneMatch(l -> l.contains("+"));
      assertThat(err)
          .content()
          .matches(
              "uv: du: interrupted: [\\d,]+ entries, [\\d.]+ MiB; a number with a \\+ is not"
                  + " all\n");
    } finally {
      process.destroyForcibly();
    }
  }

  private void makeManyLines() throws IOException {
    for (int i = 0; i < 1500; i++) {
      Files.createDirectories(temp.resolve("lines/" + "long".repeat(30) + i));
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(0, line.indexOf('+')));
  }

  private static long size(Path path) {
    return Fs.lstat(path.toString()).size();
  }

  private void write(String name, int size) throws IOException {
    Path path = temp.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[size]);
  }
}
