// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
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
    assertThat(run("SameNumber")).containsExactly("closed 3, opened 3", "8 bytes: new text");
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
        .containsExactlyInAnyOrder("Ticks", "Sum", "Tell", "OneWorker", "SameNumber");
  }

  private List<String> run(String program) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve(program + ".java"), sourceOf(program));
    compile(source);
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + System.getProperty("path.separator") + classPath(),
                program)
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(folder.resolve("errors"))).isZero();
    return Files.readAllLines(output);
  }

  private void compile(Path source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of(
                      "-d", folder.toString(), "-cp", usersClassPath(), "-Xlint:all", "-Werror"),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(complaints.toString()).isTrue();
    }
  }

  private static String sourceOf(String program) {
    return programs()
        .filter(found -> found.group(2).equals(program))
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no page has a program " + program));
  }

  private static Stream<MatchResult> programs() {
    return Project.pages().stream().flatMap(page -> PROGRAM.matcher(Project.text(page)).results());
  }

  /** What a user's build has: our jars and slf4j, and no annotations of our tools. */
  private static String usersClassPath() {
    return Pattern.compile(Pattern.quote(System.getProperty("path.separator")))
        .splitAsStream(classPath())
        .filter(entry -> entry.matches(".*(uv-(core|async|threadpool|fs)|slf4j-api).*"))
        .filter(entry -> !entry.contains("test"))
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
