// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.examples.cli.UvCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.UnmatchedArgumentException;

/** What all commands have in common, each asked within this process. */
class UvTest {
  private static final Terminal NOBODY = new Terminal(false, false, false, 80);

  static List<String> commands() {
    return Uv.commandLine(NOBODY).getSubcommands().entrySet().stream()
        .filter(entry -> entry.getValue().getCommand() instanceof UvCommand)
        .map(Map.Entry::getKey)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(String name) {
    String help = outputOf(name, "--help");
    assertThat(help).startsWith("Usage: uv " + name + " ");
    assertThat(help).contains("--threads=N", "--stats", "--help", "--version", "--verbose");
    assertThat(help.lines()).allMatch(line -> line.length() <= 80).doesNotContain("%n");
    assertThat(help).isEqualTo(outputOf("help", name));
    // For du, -h has always been something else.
    if (!name.equals("du")) {
      assertThat(help).isEqualTo(outputOf(name, "-h"));
    }
    CommandLine command = Uv.commandLine(NOBODY).getSubcommands().get(name);
    assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(command.getCommandSpec().usageMessage().footer()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandTellsTheVersion(String name) {
    assertThat(outputOf(name, "--version"))
        .isEqualTo(outputOf("--version"))
        .matches("uv \\S+ \\(libuv 1\\.52\\.1, Java .*\\)\\R");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noCommandTakesAnOptionThatItDoesNotKnow(String name) {
    assertThatThrownBy(() -> Uv.commandLine(NOBODY).parseArgs(name, "--frobnicate", "1", "2"))
        .isInstanceOf(UnmatchedArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theListOfAllHasEveryCommandWithADescription(String name) {
    String all = outputOf("--help");
    assertThat(all).isEqualTo(outputOf("help")).containsPattern("(?m)^  " + name + " +[A-Z]");
    assertThat(all.lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpIsColouredOnlyWhereColoursAreWanted(String name) {
    CommandLine command = Uv.commandLine(NOBODY).getSubcommands().get(name);
    assertThat(command.getUsageMessage()).doesNotContain("\033");
    assertThat(command.getUsageMessage(Ansi.ON)).contains("\033[1m");
    Terminal colourful = new Terminal(true, true, true, 80);
    assertThat(Uv.commandLine(colourful).getSubcommands().get(name).getUsageMessage())
        .contains("\033[1m");
  }

  private static String outputOf(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine uv = Uv.commandLine(NOBODY).setOut(new PrintWriter(out, true));
    assertThat(uv.execute(arguments)).isZero();
    return out.toString();
  }
}
