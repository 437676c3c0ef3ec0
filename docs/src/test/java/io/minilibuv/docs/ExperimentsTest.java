// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.docs.Experiments.Experiment;
import io.minilibuv.testing.QuickJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Does what the pages tell their readers to do, and sees what they say will be seen.
 *
 * <p>The experiments of a page are done one after the other in one empty folder, which holds the
 * page's programs and {@code ./uv}.
 */
class ExperimentsTest {
  private static final int PATIENCE_SECONDS = 120;
  private static final Pattern PROGRAM =
      Pattern.compile("```java\\n((?:(?!```).)*public final class (\\w+) .*?)```", Pattern.DOTALL);
  private static final Pattern CALL = Pattern.compile("(?m)^(?:\\$ )?\\./uv ((?:-\\w+ )*)([a-z]+)");

  /** A program as the pages have them, for what all of them need. */
  private static final String ANY =
      """
      public final class Any {
        public static void main(String[] args) {
          try (io.minilibuv.core.Loop loop = io.minilibuv.core.Loop.open()) {
            io.minilibuv.core.TimerHandle.init(loop).start(handle -> handle.close(), 0, 0);
            loop.run();
          }
        }
      }
      """;

  /** The class path of the pages' programs. */
  private static String programs;

  /** The commands that start {@code ./uv}, and {@code java}: with their classes loaded already. */
  private static final List<String> UV = new ArrayList<>();

  private static final List<String> JAVA = new ArrayList<>();

  @TempDir private Path folder;

  /** What is found before the JDK's own commands. */
  @TempDir private Path bin;

  @BeforeAll
  static void prepareStarts(@TempDir Path scratch) throws Exception {
    QuickJava forUv = new QuickJava();
    List<String> uv = new ArrayList<>();
    if (Project.modulesBuilt().contains("uv-linux")) {
      uv.add("--enable-native-access=io.minilibuv.linux");
    }
    uv.addAll(
        List.of(
            "-p",
            forUv.jars(
                classPath(
                    "uv-(core|async|threadpool|fs|linux|examples)"
                        + "|slf4j|logback|picocli|progressbar|jline")),
            "-m",
            "io.minilibuv.examples/io.minilibuv.examples.Uv"));
    Files.createFile(scratch.resolve("file"));
    List<String> copy = new ArrayList<>(uv);
    copy.addAll(List.of("cp", "file", "copy"));
    start(UV, forUv.archive(scratch, copy));
    UV.addAll(uv);

    QuickJava forPrograms = new QuickJava();
    programs = forPrograms.jars(classPath("uv-(core|async|threadpool|fs)|slf4j"));
    Files.writeString(scratch.resolve("Any.java"), ANY);
    start(JAVA, forPrograms.archive(scratch, List.of("-cp", programs, "Any.java")));
  }

  private static void start(List<String> command, List<String> archive) {
    command.clear();
    command.add(QuickJava.command());
    command.addAll(QuickJava.OPTIONS);
    command.addAll(archive);
  }

  static Stream<Path> pagesWithExperiments() {
    return Project.pages().stream()
        .filter(page -> !Experiments.of(page).isEmpty())
        .map(page -> Project.root().relativize(page));
  }

  @ParameterizedTest
  @MethodSource("pagesWithExperiments")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the experiments are for a POSIX shell")
  void showWhatThePageSays(Path page) throws Exception {
    Path file = Project.root().resolve(page);
    layOutFor(file);
    for (Experiment experiment : Experiments.of(file)) {
      List<String> printed = run(experiment.command());
      assertThat(experiment.matches(printed))
          .as(
              "%s%n$ %s%nis to print:%n%s%nand prints:%n%s",
              page,
              experiment.command(),
              String.join("\n", experiment.expected()),
              String.join("\n", printed))
          .isTrue();
    }
  }

  @Test
  void anEllipsisStandsForAnything() {
    Experiment experiment = new Experiment("", List.of("a … c", "…", "z"));
    assertThat(experiment.matches(List.of("a b c", "z"))).isTrue();
    assertThat(experiment.matches(List.of("a  c", "x", "y", "z"))).isTrue();
    assertThat(experiment.matches(List.of("a c", "z"))).isFalse();
    assertThat(experiment.matches(List.of("a b c", "z", "more"))).isFalse();
    assertThat(experiment.matches(List.of())).isFalse();
    assertThat(new Experiment("", List.of()).matches(List.of())).isTrue();
    assertThat(new Experiment("", List.of()).matches(List.of("more"))).isFalse();
  }

  /** Also where a page only mentions a command, in a fence that nobody runs. */
  @Test
  void everyCommandThatAPageNamesIsThere() throws Exception {
    layOutFor(Project.root().resolve("README.md"));
    List<String> commands =
        run("./uv --help").stream()
            .filter(line -> line.startsWith("  "))
            .map(line -> line.strip().split(" ", 2)[0])
            .toList();
    List<String> named =
        Project.pages().stream()
            .flatMap(page -> CALL.matcher(Project.text(page)).results())
            .map(found -> found.group(2))
            .distinct()
            .toList();
    assertThat(named).isNotEmpty();
    assertThat(commands).containsAll(named);
  }

  private void layOutFor(Path page) throws Exception {
    script(folder.resolve("uv"), UV);
    script(bin.resolve("java"), JAVA);
    PROGRAM
        .matcher(Project.text(page))
        .results()
        .forEach(program -> write(program.group(2) + ".java", program.group(1)));
  }

  private static void script(Path script, List<String> command) throws IOException {
    String quoted = String.join("' '", command);
    Files.writeString(script, "#!/bin/sh\nexec '" + quoted + "' \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> run(String command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("experiment", null);
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("UV_"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("CLASSPATH", programs);
    Path jdk = Path.of(QuickJava.command()).getParent();
    environment.put("PATH", bin + ":" + jdk + ":" + environment.get("PATH"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(command).isTrue();
      return Files.readAllLines(output, UTF_8);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** What of this process's class path has such a name, but for tests. */
  private static String classPath(String names) {
    Pattern wanted = Pattern.compile("(" + names + ")[^/]*(/target/classes/?)?$");
    return Pattern.compile(":")
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> !entry.matches(".*(-tests\\.jar|/test-classes/?)"))
        .filter(entry -> wanted.matcher(entry).find())
        .collect(Collectors.joining(":"));
  }
}
