// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.UvException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command of the program: it gets a loop, and what it leaves behind is cleared away.
 *
 * <p>Exit status: 0 if all went well, 1 if something failed, also if that is a mistake of the
 * program's own.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
public abstract class UvCommand implements Callable<Integer> {
  private static final int MOST = 1024;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-t", "--threads"},
      order = 100,
      paramLabel = "N",
      description = "Use a pool of N threads, instead of the one that UV_THREADPOOL_SIZE sizes.")
  private int threads;

  @Option(
      names = "--stats",
      order = 101,
      description = "Say at the end what the loop and the pool did with their time.")
  private boolean stats;

  /** What the help of a command says of paths, if it is about names that it finds somewhere. */
  public static final String PATHS =
      "A path of more than 4,096 bytes is ENAMETOOLONG, as the system has it. On Linux, with JDK 22"
          + " or newer, a name may be any bytes. Elsewhere one that is not in the locale's"
          + " encoding, UTF-8 mostly, is told as a failure, EILSEQ or ENOENT.";

  /** Made by picocli. */
  protected UvCommand() {}

  /**
   * Does the work: starts what is to be done, runs the loop ({@link CommandRun#untilDone}), and
   * says what has come of it.
   *
   * @throws UvException what the command fails with; the caller says so
   */
  protected abstract void run(CommandRun run);

  /**
   * Looks at the options, and refuses what makes no sense: {@link #refusal}, {@link #checkRange}.
   */
  protected void checkOptions() {}

  /**
   * Whether it waits for others, such as the writer or the reader of a pipe: then nobody is warned
   * of a worker that is blocked.
   */
  protected boolean waitsForOthers() {
    return false;
  }

  /** Runs the command. Called by picocli. */
  @Override
  public final Integer call() {
    if (threads != 0 || spec.commandLine().getParseResult().hasMatchedOption("--threads")) {
      checkRange("--threads", threads);
    }
    checkOptions();
    try {
      return runAndTell();
    } catch (RuntimeException | Error mistake) {
      return Mistake.tell(spec.qualifiedName(": "), mistake);
    }
  }

  private int runAndTell() {
    try (CommandRun run = new CommandRun(spec.name(), threads)) {
      if (waitsForOthers()) {
        run.pool().setBlockedLimit(Duration.ZERO);
      }
      RunStats summary = stats ? RunStats.begin(run) : RunStats.NONE;
      try {
        run(run);
      } catch (UvException e) {
        run.fail(e);
      }
      System.out.flush();
      summary.print(System.err);
      return run.status();
    }
  }

  /** The option of the pool's size for another command line, if it was given in this one. */
  protected final List<String> threadsOption() {
    return threads == 0 ? List.of() : List.of("-t", String.valueOf(threads));
  }

  /** Refuses a number that is not from 1 to 1024. */
  protected final void checkRange(String option, int value) {
    checkRange(option, value, 1, MOST);
  }

  /** Refuses a number that is not from {@code least} to {@code most}. */
  protected final void checkRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw refusal(option + " takes a number from " + least + " to " + most + ", not " + value);
    }
  }

  /** What to throw if the command line makes no sense: the program ends with 2. */
  protected final ParameterException refusal(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
