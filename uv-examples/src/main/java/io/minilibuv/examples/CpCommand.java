// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.fs.tree.TreeResult;
import io.minilibuv.threadpool.ThreadPool;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code uv cp}: copies a file or a tree, every step of it a request on the pool. */
@Command(
    name = "cp",
    description = "Copies a file, or a directory and all that is in it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer =
        "%nKeeps modes and times. A symbolic link is copied as a link, also if SRC is one. If DST"
            + " is a directory, SRC is copied into it. A file takes its target's place when it is"
            + " whole, and not before; a device or a FIFO is written to as it is, and so is what is"
            + " below /dev or /proc. A file that is open as /dev/stdout or /dev/fd/N is not written"
            + " to: use a shell's redirection, or the file's own name. What fails is"
            + " listed at the end, and does not keep the rest from being copied; the exit status is"
            + " 1 then.%n%nNot kept: owner, hard links (each name becomes a file), holes, extended"
            + " attributes. A file that is there is replaced by a new one, so that its owner and"
            + " mode become the copy's.%n%nA copy that is killed (-9) can leave .NAME.uv-PID-N.tmp"
            + " behind.")
final class CpCommand implements Callable<Integer> {
  private static final int MOST = 1024;

  @ParentCommand private @Nullable Uv uv;
  @Spec private CommandSpec spec = CommandSpec.create();

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
      names = {"-t", "--threads"},
      paramLabel = "N",
      description = "Use a pool of N threads, instead of the one that UV_THREADPOOL_SIZE sizes.")
  private @Nullable Integer threads;

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
  public Integer call() {
    checkRange("--jobs", jobs);
    checkRange("--threads", threads != null ? threads : 1);
    CopyReport report = new CopyReport();
    try {
      return copy(CopyPlan.of(source, destination), report);
    } catch (UvException e) {
      report.failure(e);
      report.printFailures(System.err);
      return 1;
    }
  }

  private int copy(CopyPlan plan, CopyReport report) {
    if (threads == null) {
      return copy(plan, report, new LoopOptions());
    }
    try (ThreadPool pool = new ThreadPool(threads)) {
      return copy(plan, report, new LoopOptions().with(ThreadPool.OF_LOOP, pool));
    }
  }

  private int copy(CopyPlan plan, CopyReport report, LoopOptions options) {
    Loop loop = Loop.open(options);
    try {
      Progress progress = showProgress(loop, report, plan);
      long begin = loop.now();
      FsTask<TreeResult> copy = start(loop, report, plan);
      CompletableFuture<TreeResult> shown = copy.whenComplete((r, e) -> progress.close());
      try (Interrupt interrupt = Interrupt.on(copy)) {
        loop.run();
        throwRefusal(shown);
        report.printFailures(System.err);
        if (interrupt.isInterrupted()) {
          System.err.println("uv: cp: interrupted");
        }
        System.out.println(report.summary(loop.now() - begin));
      }
    } finally {
      loop.shutdown();
    }
    return report.hasFailures() ? 1 : 0;
  }

  /**
   * The report keeps the failures, and the result, which is not there if it is interrupted, none.
   */
  private FsTask<TreeResult> start(Loop loop, CopyReport report, CopyPlan plan) {
    report.copyIsCalled(plan.target());
    TreeOptions options = new TreeOptions().concurrency(jobs).keptErrors(0).listener(report);
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

  private Progress showProgress(Loop loop, CopyReport report, CopyPlan plan) {
    if (noProgress || uv == null || uv.isVerbose()) {
      return Progress.NONE;
    }
    Terminal terminal = Terminal.ofStderr();
    return terminal.interactive()
        ? TerminalProgress.show(loop, terminal, System.err, report, plan.source())
        : Progress.NONE;
  }

  private void checkRange(String option, int value) {
    if (value < 1 || value > MOST) {
      throw new ParameterException(
          spec.commandLine(), option + " takes a number from 1 to " + MOST + ", not " + value);
    }
  }
}
