// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Names;
import io.minilibuv.examples.cli.UvCommand;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uv watch}: runs a command when files change, or tells which do. */
@Command(
    name = "watch",
    customSynopsis = "@|bold uv watch|@ [OPTION...] PATH... [-- COMMAND [ARG...]]%n",
    description = {
      "Runs a command whenever something changes under the paths, or prints what does.",
      "",
      "The command is run once when it has been quiet for a while, however much there was; changes"
          + " during a run lead to one more after it. Without a command there is a line for each:"
          + " change PATH, rename PATH (it came or went), or overflow PATH (more happened there"
          + " than the system could tell).",
      ""
    },
    footer =
        "%nTeaches events (uv_fs_event_t) and the debounce: a timer that each event starts anew."
            + "%n%nA file is watched by its name, so that editors may save it by renaming another"
            + " over it. The command has this program's input and output; that it has failed is"
            + " said, and with --max-runs its last status is this program's. Ctrl-C ends it"
            + " too, with all that it has started.%n%nNot done: a command that itself writes under"
            + " the paths is run again for that. As long as something changes more often than the"
            + " debounce, nothing is run. Links in a tree are not followed.")
public final class WatchCommand extends UvCommand {
  private static final int AN_HOUR = 3_600_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "A file or directory; after --, the command and what it is given.")
  private List<String> arguments = new ArrayList<>();

  @Option(names = "-r", description = "Watch the directories in directories too.")
  private boolean recursive;

  @Option(
      names = "--debounce",
      paramLabel = "MS",
      description = "How long it must be quiet (default: ${DEFAULT-VALUE}).")
  private int debounce = 100;

  @Option(names = "--run-at-start", description = "Run the command once before anything changes.")
  private boolean runAtStart;

  @Option(
      names = "--kill",
      description = "End a command that runs when something changes, and run it anew.")
  private boolean kill;

  @Option(
      names = "--max-runs",
      paramLabel = "N",
      description = "End after N runs; without a command, when it was quiet N times.")
  private int mostRuns;

  @Option(names = "-1", description = "The same as --max-runs 1.")
  private boolean once;

  private List<String> paths = List.of();
  private List<String> command = List.of();

  WatchCommand() {}

  @Override
  protected void checkOptions() {
    if (debounce < 0 || debounce > AN_HOUR) {
      throw refusal("--debounce takes a number from 0 to " + AN_HOUR + ", not " + debounce);
    }
    if (mostRuns != 0 || spec.commandLine().getParseResult().hasMatchedOption("--max-runs")) {
      checkRange("--max-runs", mostRuns);
    }
    // picocli takes the -- away. What is behind it in the command line is the command.
    List<String> line = spec.commandLine().getParseResult().originalArgs();
    int dashes = line.indexOf("--");
    int words = dashes < 0 ? 0 : line.size() - dashes - 1;
    List<String> before = arguments.subList(0, arguments.size() - words);
    // Without slashes at the end.
    paths = before.stream().map(path -> new File(path).getPath()).toList();
    command =
        arguments.subList(arguments.size() - words, arguments.size()).stream()
            .map(Names::forJava)
            .toList();
    if (paths.isEmpty() || (dashes >= 0 && command.isEmpty())) {
      throw refusal("Missing " + (paths.isEmpty() ? "PATH before --" : "COMMAND after --"));
    }
    if (command.isEmpty() && (kill || runAtStart)) {
      throw refusal((kill ? "--kill" : "--run-at-start") + " needs a COMMAND after --");
    }
  }

  /** Whoever reads the output takes their time. */
  @Override
  protected boolean waitsForOthers() {
    return true;
  }

  @Override
  protected void run(CommandRun run) {
    WatchRun.Options options =
        new WatchRun.Options(recursive, debounce, runAtStart, kill, once ? 1 : mostRuns);
    WatchRun watch = new WatchRun(run, options, command);
    watch.start(paths);
    run.onInterrupt(watch::interrupt);
    run.untilDone();
    watch.summarize();
  }
}
