// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tee;

import static java.util.stream.Collectors.joining;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.UvCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uv tee}: copies standard input to standard output and to files. */
@Command(
    name = "tee",
    description = "Copies standard input to standard output, and to each FILE.",
    footer =
        "%nIt teaches back-pressure with several sinks: a chunk of 64 KiB is written to all of them"
            + " at once, and the next is read when the last has taken it. So the slowest sets the"
            + " pace, and --stats says which that was. It begins when every FILE is open; a FIFO is"
            + " open when somebody reads it. A FIFO that is waited for takes up a thread of the"
            + " pool, and not the loop.%n%nA sink that fails is told once, and does not keep the"
            + " others from getting everything; the exit status is 1 then. When nobody reads"
            + " standard output any more, the files still get everything, and it ends quietly, with"
            + " 141; without a FILE, it ends then.%n%nOn Ctrl-C the chunk under way is in all files"
            + " or in none. To have it ignored, as by -i of other programs, start it from a shell"
            + " that does: (trap '' INT; uv tee FILE). A FILE of the name - is a file of that"
            + " name.")
public final class TeeCommand extends UvCommand {
  @Parameters(paramLabel = "FILE", arity = "0..*", description = "What to write to besides.")
  private List<String> files = List.of();

  @Option(
      names = {"-a", "--append"},
      description = "Append to the files, instead of overwriting them.")
  private boolean append;

  TeeCommand() {}

  /** Input may take as long as a person does, and so may readers. */
  @Override
  protected boolean waitsForOthers() {
    return true;
  }

  @Override
  protected void run(CommandRun run) {
    List<TeeSink> sinks = sinks(run.loop());
    Tee tee = new Tee(run.loop(), sinks, new Teller(run));
    tee.start();
    run.onInterrupt(() -> tee.interrupt(run::abandon));
    run.untilDone();
    if (run.isInterrupted()) {
      run.say("interrupted: " + sinks.stream().map(TeeCommand::summary).collect(joining("; ")));
    }
    sinks.forEach(sink -> run.addToStats("sink", sink.name() + ": " + sink.tally()));
  }

  private List<TeeSink> sinks(Loop loop) {
    List<TeeSink> sinks = new ArrayList<>();
    sinks.add(TeeSink.stdout(loop));
    for (String file : files) {
      sinks.add(TeeSink.file(loop, file, append));
    }
    return sinks;
  }

  /** What went there, in a few words. */
  private static String summary(TeeSink sink) {
    String taken = Amounts.count(sink.tally().bytes(), "byte", "bytes") + " to " + sink.name();
    if (sink.failure() != null) {
      return taken + ", which failed";
    }
    return sink.left() > 0
        ? taken + String.format(Locale.ROOT, " and up to %,d more", sink.left())
        : taken;
  }

  private record Teller(CommandRun run) implements Tee.Listener {
    @Override
    public void read(long bytes) {
      run.moved(bytes);
    }

    @Override
    public void inputFailed(UvException failure) {
      run.fail(failure);
    }

    @Override
    public void sinkFailed(TeeSink sink, UvException failure) {
      if (sink.isStdout()) {
        run.fail(failure);
      } else {
        // Said also if its reader has gone: whoever named it wants to know.
        run.fail(String.valueOf(failure.getMessage()));
      }
    }
  }
}
