// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the programs that the pages show, without a warning, and runs them. */
class PageProgramsTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\\n((?:(?!```).)*public final class (\\w+) .*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theTimerProgramTicksThreeTimesAndEnds() throws Exception {
    List<Long> times =
        run("Ticks").stream().map(line -> Long.parseLong(line.replace("tick at ", ""))).toList();

    assertThat(times).hasSize(3);
    assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(100);
    assertThat(times.get(2) - times.get(1)).isGreaterThanOrEqualTo(100);
  }

  @Test
  void theWorkProgramAddsUpOnTheLoopsThread() throws Exception {
    assertThat(run("Sum")).containsExactly("status 0, sum 500000500000");
  }

  @Test
  void theWorkerOfTheAsyncPageTellsTheLoop() throws Exception {
    assertThat(run("Tell")).containsExactly("told: 42");
  }

  @Test
  void theCancelledWorkOfThePoolPageComesBackFirst() throws Exception {
    assertThat(run("OneWorker")).containsExactly("second: ECANCELED", "first: 0");
  }

  @Test
  void theReadOfTheFileSystemPageMeetsTheFileThatGotItsNumber() throws Exception {
    List<String> told = run("SameNumber");
    // The page's number is that of java.nio's own table.
    assertThat(told.get(0)).matches("closed ([0-9]+), opened \\1");
    assertThat(told).hasSize(2).endsWith("8 bytes: new text");
  }

  @Test
  void theProgramOfTheLinuxPageAsksThreeTimes() throws Exception {
    assertThat(run("RoundTrip")).containsExactly("true", "true", "true");
  }

  @Test
  void theSizeProgramOfTheCookbookTellsASizeOrWhatIsWrong() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "12345");
    assertThat(run("Size", file.toString())).containsExactly("5 bytes");

    Path missing = folder.resolve("missing");
    Process process = start("Size", missing.toString());
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output()).isEmpty();
    assertThat(errors())
        .containsExactly("ENOENT: no such file or directory, open '" + missing + "'");
  }

  @Test
  void theCopyProgramOfTheCookbookCopiesATree() throws Exception {
    Path source = Files.createDirectories(folder.resolve("source/below")).getParent();
    Files.writeString(source.resolve("below/file"), "text");
    Path target = folder.resolve("target");
    assertThat(run("CopyTree", source.toString(), target.toString()))
        .singleElement()
        .asString()
        .startsWith("TreeResult[files=1, directories=2,");
    assertThat(target.resolve("below/file")).hasContent("text");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it ends processes without a word to them")
  void theCopyProgramOfTheCookbookTakesBackWhatIsHalfMadeWhenItIsInterrupted() throws Exception {
    Path endless = folder.resolve("endless");
    try (RandomAccessFile file = new RandomAccessFile(endless.toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    Path target = Files.createDirectories(folder.resolve("target"));
    Files.writeString(target.resolve("endless"), "what was here before");
    Process process = start("CopyTree", endless.toString(), target.resolve("endless").toString());
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> target.toFile().list().length > 1);
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
    assertThat(errors()).isEmpty();
    assertThat(output()).containsExactly("cancelled");
    assertThat(target.toFile().list()).containsExactly("endless");
    assertThat(target.resolve("endless")).hasContent("what was here before");
  }

  /** What a page runs in an experiment is run there, and pairs of C and Java by PortingTest. */
  @Test
  void noProgramOfAPageIsLeftOut() {
    List<String> elsewhere =
        Stream.concat(
                Project.pages().stream()
                    .flatMap(page -> Experiments.of(page).stream())
                    .map(
                        experiment ->
                            experiment.command().replaceFirst("^java (\\w+)\\.java$", "$1")),
                PROGRAM
                    .matcher(Project.text(Project.root().resolve("docs/porting.md")))
                    .results()
                    .map(found -> found.group(2)))
            .toList();
    assertThat(programs().map(found -> found.group(2)).filter(name -> !elsewhere.contains(name)))
        .containsExactlyInAnyOrder(
            "Ticks", "Sum", "Tell", "OneWorker", "SameNumber", "RoundTrip", "Size", "CopyTree");
  }

  private List<String> run(String program, String... arguments) throws Exception {
    Process process = start(program, arguments);
    assertThat(process.waitFor()).as(String.join("\n", errors())).isZero();
    return output();
  }

  private Process start(String program, String... arguments) throws IOException {
    Path source = Files.writeString(folder.resolve(program + ".java"), sourceOf(program));
    assertThat(UserBuild.compile(folder, List.of("-cp", UserBuild.jars()), source)).isEmpty();
    List<String> command = new ArrayList<>(UserBuild.java());
    if (Project.modulesBuilt().contains("uv-linux")) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(folder + File.pathSeparator + System.getProperty("java.class.path"));
    command.add(program);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("output").toFile())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private List<String> output() throws IOException {
    return Files.readAllLines(folder.resolve("output"));
  }

  private List<String> errors() throws IOException {
    return Files.readAllLines(folder.resolve("errors"));
  }

  static String sourceOf(String program) {
    return programs()
        .filter(found -> found.group(2).equals(program))
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no page has a program " + program));
  }

  private static Stream<MatchResult> programs() {
    return Project.pages().stream().flatMap(page -> PROGRAM.matcher(Project.text(page)).results());
  }
}
