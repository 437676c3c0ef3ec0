// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Stdio;
import io.minilibuv.examples.cli.UvCommand;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsStat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uv cat}: writes files to standard output, in one of three forms. */
@Command(
    name = "cat",
    description = "Writes files to standard output, one after the other.",
    footer =
        "%nIt teaches the way open, read, write, close, each a request on the pool: by callbacks,"
            + " by futures, and beside them on a thread that may block. One buffer serves: the next"
            + " read begins when its bytes are written, so whoever reads the output slowly slows"
            + " the reading down.%n%nBytes are written as they come. A file that fails is told, and"
            + " does not keep the rest from being written; the exit status is 1 then. A file that"
            + " is standard output itself is refused. When nobody reads the output any more, it"
            + " ends quietly, with 141.%n%nIt does not number lines or show what cannot be seen.")
public final class CatCommand extends UvCommand {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "What to write; - and no FILE are standard input.")
  private List<String> files = List.of(Cat.DASH);

  @Option(
      names = "--form",
      paramLabel = "FORM",
      converter = CatForm.Reader.class,
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private CatForm form = CatForm.CALLBACKS;

  @Option(names = "-u", description = "Changes nothing: bytes are written as they come anyway.")
  private boolean unusedUnbuffered;

  CatCommand() {}

  /** Input may take as long as a person does, and so may readers. */
  @Override
  protected boolean waitsForOthers() {
    return true;
  }

  @Override
  protected void run(CommandRun run) {
    Counter counter = new Counter(run);
    form.make(run.loop(), statOfOutput(), counter).start(files);
    // On Ctrl-C all is left as it is: a read from a terminal may never come back.
    run.onInterrupt(run::abandon);
    run.untilDone();
    if (run.isInterrupted()) {
      run.say("interrupted, " + Amounts.count(counter.written, "byte", "bytes") + " written");
    }
    run.addToStats("form", describeForm());
  }

  private String describeForm() {
    if (form != CatForm.THREADS) {
      return form.toString();
    }
    return form + ", " + (BlockingThread.isVirtual() ? "a virtual one" : "an ordinary one");
  }

  private static FsStat statOfOutput() {
    try {
      return Fs.fstat(Stdio.STDOUT);
    } catch (UvException e) {
      // It is no file that could be read.
      return FsStat.ZERO;
    }
  }

  /** Counts what is written, and tells what fails. */
  private static final class Counter implements Cat.Listener {
    private final CommandRun run;
    private long written;

    Counter(CommandRun run) {
      this.run = run;
    }

    @Override
    public void written(long bytes) {
      written += bytes;
      run.moved(bytes);
    }

    @Override
    public void failed(UvException failure) {
      run.fail(failure);
    }
  }
}
