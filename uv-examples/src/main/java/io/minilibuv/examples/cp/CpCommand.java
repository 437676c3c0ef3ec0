// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import io.minilibuv.core.UvError;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Progress;
import io.minilibuv.examples.cli.ShellWord;
import io.minilibuv.examples.cli.UvCommand;
import io.minilibuv.fs.tree.TreeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uv cp}: copies files and trees, every step of it a request on the pool. */
@Command(
    name = "cp",
    description = "Copies a file, or a directory and all that is in it.",
    footer =
        "%nKeeps modes and times. A symbolic link is copied as a link, also if SRC is one. If DST"
            + " is a directory, SRC is copied into it; of several, which must go into one, each is"
            + " copied after the last, and the second of one name is refused. A file takes its"
            + " target's place when it is whole, and not before; a device or a FIFO is written to"
            + " as it is, and so is what is below /dev or /proc. A file that is open as /dev/stdout"
            + " or /dev/fd/N is not written to: use a shell's redirection, or the file's own name."
            + " What fails is listed at the end, and does not keep the rest from being copied; the"
            + " exit status is 1 then.%n%nNot kept: owner, hard links (each name becomes a file),"
            + " holes, extended attributes. A file that is there is replaced by a new one, so that"
            + " its owner and mode become the copy's.%n%nCtrl-C takes back what is half made and"
            + " leaves whole files, and the line is told that goes on from there. A request that"
            + " does not return, as to open a FIFO that nobody reads, is waited for two"
            + " seconds.%n%n"
            + UvCommand.PATHS
            + "%n%nA copy that is killed (-9) can leave .NAME.uv-PID-N.tmp behind.")
public final class CpCommand extends UvCommand {
  /** How long, after Ctrl-C, requests may take to return, such as a write to a slow disk. */
  private static final long PATIENCE_MILLIS = 2000;

  private static final int JOBS = 8;

  @Parameters(
      paramLabel = "SRC... DST",
      arity = "0..*",
      hideParamSyntax = true,
      description = "What to copy, and what to copy it to, or into.")
  private List<String> paths = List.of();

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Files in flight at once (default: ${DEFAULT-VALUE}).")
  private int jobs = JOBS;

  @Option(
      names = "--resume",
      description =
          "Go on with a copy that was interrupted: leave alone what is there already. That is a"
              + " file of the same size and the same time of modification, or a link of the same"
              + " text.")
  private boolean resume;

  @Option(names = "--no-progress", description = "Show no progress bar, also on a terminal.")
  private boolean noProgress;

  @Option(
      names = {"-r", "-R"},
      description = "Changes nothing: directories are copied anyway.")
  private boolean unusedRecursive;

  @Option(names = "-p", description = "Changes nothing: modes and times are kept anyway.")
  private boolean unusedPreserve;

  CpCommand() {}

  @Override
  protected void checkOptions() {
    checkRange("--jobs", jobs);
    if (paths.size() < 2) {
      throw refusal("Missing required parameter: '" + (paths.isEmpty() ? "SRC" : "DST") + "'");
    }
  }

  /** A target may be a pipe, and its reader take their time. */
  @Override
  protected boolean waitsForOthers() {
    return true;
  }

  @Override
  protected void run(CommandRun run) {
    CopyReport report = new CopyReport();
    List<CopyPlan> plans = plans(run, report);
    Progress progress = showProgress(run, plans, report);
    Copies copies =
        new Copies(run.loop(), plans, plan -> options(plan, report), report, progress::close);
    run.onInterrupt(() -> interrupt(run, copies));
    long begin = run.loop().now();
    copies.goOn();
    run.untilDone();
    if (!copies.isDone()) {
      progress.close();
    }
    run.moved(report.transferred());
    run.failAll(report.failures());
    if (run.isInterrupted()) {
      run.say("interrupted; to go on: " + lineToResume(plans));
    }
    if (!copies.isDone()) {
      run.say("a request does not return: what is half made stays so");
    }
    if (copies.haveBegun()) {
      // Not where the data may go: the target may be standard output.
      run.say(report.summary(run.loop().now() - begin));
    }
  }

  private List<CopyPlan> plans(CommandRun run, CopyReport report) {
    List<String> sources = paths.subList(0, paths.size() - 1);
    String destination = paths.get(paths.size() - 1);
    if (sources.size() > 1) {
      return CopyPlan.ofAll(sources, destination, report::failed);
    }
    CopyPlan plan = CopyPlan.of(sources.get(0), destination);
    if (resume && plan.isBeginningOf(destination)) {
      run.say(
          "if the copy is "
              + destination
              + " itself, SRC is "
              + CopyPlan.contentsOf(plan.source()));
      throw UvError.ENOENT.exception("resume", plan.target());
    }
    return List.of(plan);
  }

  private TreeOptions options(CopyPlan plan, CopyReport report) {
    // The report keeps the failures, and the result, which is not there if it is interrupted, none.
    return new TreeOptions()
        .concurrency(jobs)
        .keptErrors(0)
        .listener(report.listener(plan.target()))
        .resume(resume);
  }

  /** Takes back what can be: to open or to write to a FIFO that nobody reads never returns. */
  private static void interrupt(CommandRun run, Copies copies) {
    copies.stop();
    run.abandonAfter(PATIENCE_MILLIS);
  }

  /** The line that goes on with what was interrupted, done in the same way. */
  private String lineToResume(List<CopyPlan> plans) {
    List<String> words = new ArrayList<>(List.of("cp", "--resume"));
    if (jobs != JOBS) {
      words.addAll(List.of("-j", String.valueOf(jobs)));
    }
    words.addAll(threadsOption());
    List<String> arguments = paths.size() > 2 ? paths : plans.get(0).argumentsToResume();
    if (arguments.stream().anyMatch(path -> path.startsWith("-"))) {
      words.add("--");
    }
    words.addAll(arguments);
    return ShellWord.program()
        + words.stream().map(word -> ' ' + ShellWord.of(word)).collect(Collectors.joining());
  }

  private Progress showProgress(CommandRun run, List<CopyPlan> plans, CopyReport report) {
    List<String> sources = plans.stream().map(CopyPlan::source).toList();
    return noProgress
        ? Progress.NONE
        : run.showProgress("copy", new TreeSize(run.loop(), sources, report::covered));
  }
}
