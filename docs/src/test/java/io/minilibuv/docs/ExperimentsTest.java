// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.docs.Experiments.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  @TempDir private Path folder;

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

  private void layOutFor(Path page) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    boolean linux = Project.modulesBuilt().contains("uv-linux");
    String script =
        "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 %s -p '%s' -m %s \"$@\"\n"
            .formatted(
                java,
                linux ? "--enable-native-access=io.minilibuv.linux" : "",
                classPath(
                    "uv-(core|async|threadpool|fs|linux|examples)"
                        + "|slf4j|logback|picocli|progressbar|jline"),
                "io.minilibuv.examples/io.minilibuv.examples.Uv");
    Path uv = Files.writeString(folder.resolve("uv"), script);
    Files.setPosixFilePermissions(uv, PosixFilePermissions.fromString("rwxr-xr-x"));
    PROGRAM
        .matcher(Project.text(page))
        .results()
        .forEach(program -> write(program.group(2) + ".java", program.group(1)));
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
    environment.put("CLASSPATH", classPath("uv-(core|async|threadpool|fs)|slf4j"));
    environment.put(
        "PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + environment.get("PATH"));
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
