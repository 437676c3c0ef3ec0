// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.examples.Program.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is around all commands, as a process: terminals, pipes, statistics, threads. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such pipes and shells")
class ProgramTest {
  /** Standard output becomes a pipe that nobody reads, from the beginning. */
  private static final String TO_NOBODY = "exec 3<>\"$0\" 4>\"$0\" 3<&-; exec \"$@\" >&4 4>&-";

  @TempDir private Path temp;

  @BeforeEach
  void makeFile() throws IOException {
    Files.writeString(temp.resolve("file"), "content");
  }

  @Test
  void aReaderThatHasEnoughIsNoError() throws Exception {
    Path pipe = temp.resolve("pipe");
    assertThat(Program.statusOf(new ProcessBuilder("mkfifo", pipe.toString()).start())).isZero();
    for (String[] line :
        new String[][] {
          {"help"},
          {"cp", "--help"},
          {"--version"},
          {"phases", "-s", "all"},
          {"alive"},
          {"generate-completion"},
          {"hash", "file"}
        }) {
      Outcome outcome =
          Program.in(temp).under(List.of("sh", "-c", TO_NOBODY, pipe.toString())).run(line);
      assertThat(outcome.err()).as(line[0]).isEmpty();
      assertThat(outcome.status()).as(line[0]).isEqualTo(128 + 13);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
  void anOutputThatIsFullIsAnError() throws Exception {
    for (String[] line : new String[][] {{"phases"}, {"alive"}, {"generate-completion"}}) {
      File err = temp.resolve("err").toFile();
      Process process =
          Program.in(temp)
              .builder(line)
              .redirectOutput(new File("/dev/full"))
              .redirectError(err)
              .start();
      assertThat(Program.statusOf(process)).isEqualTo(1);
      assertThat(err).hasContent("uv: standard output cannot be written to");
    }
  }

  @Test
  void thereAreNoColoursInAPipe() throws Exception {
    for (String[] line : new String[][] {{"--help"}, {"phases"}, {"alive"}, {"hash", "file"}}) {
      Outcome outcome = Program.in(temp).with("TERM", "xterm-256color").run(line);
      assertThat(outcome.status()).isZero();
      assertThat(outcome.out()).isNotEmpty().noneMatch(text -> text.contains("\033"));
      assertThat(outcome.err()).isEmpty();
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere the program script is another one")
  void aTerminalHasColoursUnlessTheyAreNotWanted() throws Exception {
    assumeTrue(isThere("script"), "there is no program script to have a terminal of");
    assertThat(onTerminal("xterm", "", "phases")).contains("\033[1mtour", "\033[36mcheck");
    assertThat(onTerminal("xterm", "", "--help")).contains("\033[1muv");
    assertThat(onTerminal("xterm", "1", "phases")).contains("tour: ").doesNotContain("\033");
    assertThat(onTerminal("dumb", "", "phases")).contains("tour: ").doesNotContain("\033");
  }

  @Test
  void statsTellOfTimePoolAndLoop() throws Exception {
    Outcome outcome = Program.in(temp).run("cp", "--stats", "--threads", "3", "file", "copy");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).isEmpty();
    String time = "[0-9.]+ (ns|us|ms|s)";
    String times = "p50 " + time + ", p99 " + time + ", max " + time;
    assertThat(String.join("\n", outcome.err()))
        .matches(
            String.join(
                "\n",
                "uv: cp: copied 1 file, 7 B in .*",
                "stats: time        [0-9.]+ s, 7 B moved, .*/s",
                "stats: requests    [1-9][0-9]* done, [0-9,]+/s, on 3 threads",
                "stats: queue wait  " + times,
                "stats: run time    " + times,
                "stats: loop lag    " + times,
                "stats: loop        [1-9][0-9]* iterations, waiting [0-9]+ % of the time"));
  }

  @Test
  void statsAreToldAlsoOfWhatHasFailed() throws Exception {
    Outcome outcome = Program.in(temp).run("cp", "--stats", "missing", "copy");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().get(0))
        .isEqualTo("uv: cp: ENOENT: no such file or directory, lstat 'missing'");
    assertThat(outcome.err())
        .contains("stats: requests    none")
        .noneMatch(line -> line.contains("queue wait"));
  }

  @Test
  void aNumberOfThreadsThatMakesNoSenseIsRefused() throws Exception {
    assertRefused("0", "--threads takes a number from 1 to 1024, not 0");
    assertRefused("1025", "--threads takes a number from 1 to 1024, not 1025");
    assertRefused("x", "Invalid value for option '--threads': 'x' is not an int");
    assertRefused("", "Invalid value for option '--threads': '' is not an int");
    assertThat(temp.resolve("copy")).doesNotExist();
    Outcome most = Program.in(temp).run("cp", "--stats", "--threads=64", "file", "copy");
    assertThat(most.status()).isZero();
    assertThat(most.err()).anyMatch(line -> line.endsWith(", on 64 threads"));
  }

  @Test
  void withoutTheOptionTheEnvironmentTellsTheNumberOfThreads() throws Exception {
    Outcome outcome =
        Program.in(temp).with("UV_THREADPOOL_SIZE", "7").run("cp", "--stats", "file", "copy");
    assertThat(outcome.err()).anyMatch(line -> line.endsWith(", on 7 threads"));
  }

  private void assertRefused(String threads, String why) throws Exception {
    Outcome outcome = Program.in(temp).run("cp", "--threads=" + threads, "file", "copy");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).containsExactly("uv: " + why, "Try 'uv cp --help'");
  }

  /** What a person sees. */
  private String onTerminal(String term, String noColor, String... arguments) throws Exception {
    ProcessBuilder program =
        Program.in(temp).with("TERM", term).with("NO_COLOR", noColor).builder(arguments);
    String line =
        program.command().stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    Path seen = temp.resolve("seen");
    program
        .command("script", "-q", "-e", "-c", line, "/dev/null")
        .redirectInput(new File("/dev/null"))
        .redirectOutput(seen.toFile())
        .redirectErrorStream(true);
    assertThat(Program.statusOf(program.start())).isZero();
    return Files.readString(seen, UTF_8);
  }

  private static boolean isThere(String program) throws Exception {
    Process which = new ProcessBuilder("sh", "-c", "command -v " + program).start();
    return Program.statusOf(which) == 0;
  }
}
