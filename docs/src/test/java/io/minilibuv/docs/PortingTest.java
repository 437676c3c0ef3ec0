// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the pairs of programs in docs/porting.md, and sees that both print what the page says. */
class PortingTest {
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern PAIR =
      Pattern.compile(
          "## \\d\\. ([^\\n"
              + "]*)\\n"
              + "(?:(?!## ).)*?```c\\n"
              + "(.*?)```\\n"
              + "\\n"
              + "```java\\n"
              + "(.*?)```\\n"
              + "\\n"
              + "```text\\n"
              + "(.*?)```",
          Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

  private record Pair(String title, String c, String java, String output) {
    @Override
    public String toString() {
      return title;
    }
  }

  @TempDir private Path folder;

  static Stream<Pair> pairs() {
    return PAIR.matcher(Project.text(Project.root().resolve("docs/porting.md")))
        .results()
        .map(found -> new Pair(found.group(1), found.group(2), found.group(3), found.group(4)));
  }

  @Test
  void thereAreSix() {
    assertThat(pairs()).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theJavaPrintsWhatThePageSays(Pair pair) throws Exception {
    String name = CLASS.matcher(pair.java).results().findFirst().orElseThrow().group(1);
    Files.writeString(folder.resolve(name + ".java"), pair.java);
    List<String> command = new ArrayList<>(UserBuild.java());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), name + ".java"));
    assertThat(run(command.toArray(String[]::new))).isEqualTo(pair.output);
  }

  /** Where there is libuv for C; elsewhere only the Java is known to be right. */
  @ParameterizedTest
  @MethodSource("pairs")
  void soDoesTheC(Pair pair) throws Exception {
    if (run("sh", "-c", "printf '#include <uv.h>\\n' | cc -E - >/dev/null && echo yes")
        .equals("yes\n")) {
      Files.writeString(folder.resolve("program.c"), pair.c);
      assertThat(run("cc", "-Wall", "-Wno-unused-parameter", "-o", "program", "program.c", "-luv"))
          .isEmpty();
      assertThat(run("./program")).isEqualTo(pair.output);
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return Files.readString(output, UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
