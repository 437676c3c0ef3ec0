// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code uv generate-completion}: what a shell completes this program's command lines with. */
@Command(
    name = "generate-completion",
    description = "Prints a script with which bash and zsh complete the lines of this program.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "%nFor this shell:",
      "  source <(${sys:uv.program:-uv} generate-completion)",
      "For all of bash's, a file that bash-completion looks into:",
      "  ${sys:uv.program:-uv} generate-completion >~/.local/share/bash-completion/completions/uv"
    })
public final class CompletionCommand implements Runnable {
  /**
   * Keeps a shell from completing a word as a file's name, if the library knows nothing better.
   * Here most words are files, whose names are strings, since libuv takes them as they are.
   */
  private static final String NO_FILES = "compopt +o default";

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand() {}

  @Override
  public void run() {
    CommandLine program = spec.root().commandLine();
    String script = AutoComplete.bash(program.getCommandName(), program);
    System.out.print(script.replace(NO_FILES, "true"));
    System.out.flush();
  }
}
