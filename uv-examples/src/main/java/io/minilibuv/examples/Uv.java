// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.examples.alive.AliveCommand;
import io.minilibuv.examples.cat.CatCommand;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.CompletionCommand;
import io.minilibuv.examples.cli.Logging;
import io.minilibuv.examples.cli.Mistake;
import io.minilibuv.examples.cli.Names;
import io.minilibuv.examples.cli.Printable;
import io.minilibuv.examples.cli.StandardOutput;
import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.examples.cli.Version;
import io.minilibuv.examples.cp.CpCommand;
import io.minilibuv.examples.du.DuCommand;
import io.minilibuv.examples.fib.FibCommand;
import io.minilibuv.examples.hash.HashCommand;
import io.minilibuv.examples.phases.PhasesCommand;
import io.minilibuv.examples.progress.ProgressCommand;
import io.minilibuv.examples.starve.StarveCommand;
import io.minilibuv.examples.tail.TailCommand;
import io.minilibuv.examples.tee.TeeCommand;
import io.minilibuv.examples.watch.WatchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program {@code uv}: one small command for each lesson.
 *
 * <p>Exit status: 0 if all went well, 1 if something failed, 2 if the command line makes no sense.
 */
@Command(
    name = "uv",
    description = "Small programs on the event loop.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "%nuv help COMMAND tells more of one. To have bash or zsh complete all these lines:",
      "  source <(${sys:uv.program:-uv} generate-completion)"
    },
    subcommands = {
      CatCommand.class,
      TeeCommand.class,
      CpCommand.class,
      DuCommand.class,
      HashCommand.class,
      TailCommand.class,
      WatchCommand.class,
      FibCommand.class,
      ProgressCommand.class,
      StarveCommand.class,
      PhasesCommand.class,
      AliveCommand.class,
      CommandLine.HelpCommand.class,
      CompletionCommand.class
    })
public final class Uv implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  Uv() {}

  /** Runs the program, and ends the process. */
  public static void main(String[] args) {
    StandardOutput output = StandardOutput.install();
    Terminal terminal = Terminal.ofStdout();
    int status = run(terminal, Names.arguments(args));
    if (output.hasFailed()) {
      if (output.isBrokenPipe()) {
        status = Math.max(status, CommandRun.BROKEN_PIPE);
      } else {
        System.err.println("uv: standard output cannot be written to");
        status = Math.max(status, 1);
      }
    }
    System.exit(status);
  }

  private static int run(Terminal terminal, String[] args) {
    try {
      return commandLine(terminal).execute(args);
    } catch (RuntimeException | Error mistake) {
      return Mistake.tell("uv", mistake);
    }
  }

  /** The program, on {@code terminal}. */
  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new Uv())
        .setOverwrittenOptionsAllowed(true)
        // A name that begins with @ is a name.
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi()))
        .setParameterExceptionHandler((error, arguments) -> usageError(error))
        .setExecutionExceptionHandler(
            (error, where, arguments) ->
                Mistake.tell(where.getCommandSpec().qualifiedName(": "), error));
  }

  /** Tells what is wrong with the command line, and where to read on. */
  private static int usageError(ParameterException error) {
    CommandSpec where = error.getCommandLine().getCommandSpec();
    String what = String.valueOf(error.getMessage());
    if (error instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String first = "'" + unmatched.getUnmatched().get(0) + "'";
      what =
          where.parent() == null
              ? "Unknown command: " + first
              : first + " is one too many for " + where.name();
    }
    System.err.println("uv: " + Printable.line(what));
    System.err.println("Try '" + where.qualifiedName() + " --help'");
    return CommandLine.ExitCode.USAGE;
  }

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say what is going on, on standard error.")
  void setVerbose(boolean verbose) {
    if (verbose) {
      Logging.verbose();
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
