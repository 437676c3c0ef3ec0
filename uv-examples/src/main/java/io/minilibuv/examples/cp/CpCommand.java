// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Progress;
import io.minilibuv.examples.cli.UvCommand;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.fs.tree.TreeResult;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uv cp}: copies a file or a tree, every step of it a request on the pool. */
@Command(
    name = "cp",
    description = "Copies a file, or a directory and all that is in it.",
    footer =
        "%nKeeps modes and times. A symbolic link is copied as a link, also if SRC is one. If DST"
            + " is a directory, SRC is copied into it. A file takes its target's place when it is"
            + " whole, and not before; a device or a FIFO is written to as it is, and so is what is"
            + " below /dev or /proc. A file that is open as /dev/stdout or /dev/fd/N is not written"
            + " to: use a shell's redirection, or the file's own name. What fails is listed at the"
            + " end, and does not keep the rest from being copied; the exit status is 1"
            + " then.%n%nNot kept: owner, hard links (each name becomes a file), holes, extended"
            + " attributes. A file that is there is replaced by a new one, so that its owner and"
            + " mode become the copy's.%n%nCtrl-C takes back what is half made and leaves whole"
            + " files, and the line is told that goes on from there.%n%nA copy that is killed (-9)"
            + " can leave .NAME.uv-PID-N.tmp behind.")
public final class CpCommand extends UvCommand {
  @Parameters(index = "0", paramLabel = "SRC", description = "What to copy.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "DST", description = "What to copy it to, or into.")
  private String destination = "";

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Files in flight at once (default: ${DEFAULT-VALUE}).")
  private int jobs = 8;

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
  }

  @Override
  protected void run(CommandRun run) {
    CopyPlan plan = CopyPlan.of(source, destination);
    if (resume && plan.isBeginningOf(destination)) {
      run.say("if the copy is " + destination + " itself, SRC is " + CopyPlan.contentsOf(source));
      throw UvError.ENOENT.exception("resume", plan.target());
    }
    CopyReport report = new CopyReport();
    Loop loop = run.loop();
    Progress progress = showProgress(run, plan, report);
    long begin = loop.now();
    FsTask<TreeResult> copy = start(loop, report, plan);
    CompletableFuture<TreeResult> shown = copy.whenComplete((r, e) -> progress.close());
    run.onInterrupt(() -> copy.cancel(true));
    run.untilDone();
    throwRefusal(shown);
    run.moved(report.transferred());
    run.failAll(report.failures());
    if (run.isInterrupted()) {
      run.say("interrupted; to go on: uv cp --resume " + plan.argumentsToResume());
    }
    System.out.println(report.summary(loop.now() - begin));
  }

  /**
   * The report keeps the failures, and the result, which is not there if it is interrupted, none.
   */
  private FsTask<TreeResult> start(Loop loop, CopyReport report, CopyPlan plan) {
    report.copyIsCalled(plan.target());
    TreeOptions options =
        new TreeOptions().concurrency(jobs).keptErrors(0).listener(report).resume(resume);
    return FsTrees.copyTree(loop, plan.source(), plan.target(), options);
  }

  /** A copy that was refused has not begun: there is nothing to sum up. */
  private static void throwRefusal(CompletableFuture<?> copy) {
    try {
      copy.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UvException refusal) {
        throw refusal;
      }
      if (!(e.getCause() instanceof CancellationException)) {
        throw e;
      }
    }
  }

  private Progress showProgress(CommandRun run, CopyPlan plan, CopyReport report) {
    return noProgress
        ? Progress.NONE
        : run.showProgress("copy", new TreeSize(run.loop(), plan.source(), report::covered));
  }
}
