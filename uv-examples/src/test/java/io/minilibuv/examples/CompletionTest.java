// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.examples.Program.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code uv generate-completion} prints, used as bash uses it. */
class CompletionTest {
  /** The first word is the script's name; the rest is the line, whose last word is completed. */
  private static final String COMPLETE =
      """
      . "$0" || exit
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      COMP_LINE="$*"
      _complete_uv
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir private Path temp;
  private Path script;

  @BeforeEach
  void makeScript() throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bash"))),
        "there is no bash");
    Outcome outcome = Program.in(temp).run("generate-completion");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    script = Files.write(temp.resolve("script"), outcome.out());
  }

  @Test
  void completesCommands() throws Exception {
    assertThat(complete("uv", "")).containsAll(UvTest.commands()).contains("help");
    List<String> withC = UvTest.commands().stream().filter(name -> name.startsWith("c")).toList();
    assertThat(complete("uv", "c")).contains("cp").containsExactlyInAnyOrderElementsOf(withC);
    assertThat(complete("uv", "help", "ph")).containsExactly("phases");
    assertThat(complete("/some/where/uv", "ph")).containsExactly("phases");
    assertThat(complete("uv", "x")).isEmpty();
  }

  @Test
  void completesOptionsAndTheirValues() throws Exception {
    assertThat(complete("uv", "cp", "--")).contains("--jobs", "--resume", "--threads", "--stats");
    assertThat(complete("uv", "cp", "--re")).containsExactly("--resume");
    assertThat(complete("uv", "phases", "-s", "t")).containsExactly("tour", "timer-zero");
    assertThat(complete("uv", "alive", "--scenario", "un")).containsExactly("unref-timer");
    assertThat(complete("uv", "--ver")).containsExactly("--verbose", "--version");
  }

  /** Where it has nothing to say, bash's usual completion of names may go on. */
  @Test
  void leavesNamesOfFilesToTheShell() throws Exception {
    assertThat(complete("uv", "cp", "fi")).isEmpty();
    assertThat(complete("uv", "cp", "--jobs", "2", "fi")).isEmpty();
    assertThat(bash(". \"$0\"; complete -p uv"))
        .containsExactly("complete -o default -F _complete_uv uv");
    assertThat(script).content().doesNotContain("+o default");
  }

  /** A shell that warns of the script would do so at each start. */
  @Test
  void isTakenWithoutAWord() throws Exception {
    assertThat(bash(". \"$0\"")).isEmpty();
  }

  private List<String> complete(String... words) throws Exception {
    return bash(COMPLETE, words).stream().filter(line -> !line.isEmpty()).toList();
  }

  private List<String> bash(String program, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", program, script.toString()));
    command.addAll(List.of(words));
    Path out = temp.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(Program.statusOf(process)).isZero();
    return Files.readAllLines(out);
  }
}
