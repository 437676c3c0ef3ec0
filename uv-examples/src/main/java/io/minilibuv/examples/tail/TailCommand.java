// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.UvCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uv tail}: the end of a file, and what comes after it. */
@Command(
    name = "tail",
    description = "Writes the last lines of files, and with -f or -F what is appended to them.",
    footer =
        "%nTeaches the two ways to hear of a change: by event (uv_fs_event_t) the system tells, by"
            + " poll (uv_fs_poll_t) the file is asked for again and again. Both only say: look"
            + " again. Events cost nothing while nothing happens, and come at once; but not from"
            + " file systems that other machines write to, and not if the directory that the file"
            + " is in is renamed. Polling works everywhere.%n%nTold on standard error: that a file"
            + " was cut (it is read from its new start), and with -F that it was replaced, has gone"
            + " or has come. A file whose name is taken away is read on with -f, once in every"
            + " --interval.%n%nNot done: a pipe is read to its end and not followed; a file that is"
            + " cut and grows beyond its old size between two looks is read on from there; when the"
            + " reader of the output has gone, as head does, that is noticed with the next bytes"
            + " and not before, since Java cannot ask a pipe.")
public final class TailCommand extends UvCommand {
  private static final int A_DAY = 86_400_000;

  /** What a shell may complete. */
  static final class Ways extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Ways() {
      super(List.of("event", "poll"));
    }
  }

  @Parameters(
      paramLabel = "FILE",
      description = "What to read; - for standard input, which is also read if there is no FILE.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "[+]N",
      description = "Write the last N lines (default: 10); with +N, all from line N on.")
  private @Nullable String lines;

  @Option(
      names = {"-c", "--bytes"},
      paramLabel = "[+]N",
      description = "Write the last N bytes; with +N, all from byte N on.")
  private @Nullable String bytes;

  @Option(names = "-f", description = "Go on with what is appended, whatever the file is called.")
  private boolean followDescriptor;

  @Option(
      names = "-F",
      description = "Go on with whatever file has the name; wait if there is none.")
  private boolean followName;

  @Option(
      names = "--by",
      paramLabel = "event|poll",
      completionCandidates = Ways.class,
      description = "How to hear of changes (default: ${DEFAULT-VALUE}).")
  private String by = "event";

  @Option(
      names = "--interval",
      paramLabel = "MS",
      description = "How often to ask, by poll (default: ${DEFAULT-VALUE}).")
  private int interval = 100;

  TailCommand() {}

  @Override
  protected void checkOptions() {
    if (lines != null && bytes != null) {
      throw refusal("-n and -c cannot be used together");
    }
    if (!new Ways().contains(by)) {
      throw refusal("--by takes event or poll, not '" + by + "'");
    }
    if (interval < 1 || interval > A_DAY) {
      throw refusal("--interval takes a number from 1 to " + A_DAY + ", not " + interval);
    }
    if (followName && files.contains("-")) {
      throw refusal("standard input has no name that -F could follow");
    }
    extent();
  }

  private TailExtent extent() {
    String number = bytes != null ? bytes : lines != null ? lines : "10";
    TailExtent extent = TailExtent.parse(bytes == null, number);
    if (extent == null) {
      throw refusal((bytes != null ? "-c" : "-n") + " takes N or +N, not '" + number + "'");
    }
    return extent;
  }

  private Tail.Follow follow() {
    if (followName) {
      return Tail.Follow.NAME;
    }
    return followDescriptor ? Tail.Follow.DESCRIPTOR : Tail.Follow.NOTHING;
  }

  /** Whoever writes to a pipe, or reads the output, takes their time. */
  @Override
  protected boolean waitsForOthers() {
    return true;
  }

  @Override
  protected void run(CommandRun run) {
    List<String> names = files.isEmpty() ? List.of("-") : files;
    Tail tail = new Tail(run, extent(), follow(), new Tail.By(by.equals("event"), interval), names);
    tail.start();
    run.onInterrupt(tail::interrupt);
    run.untilDone();
    run.moved(tail.output().bytes());
    if (run.isInterrupted()) {
      run.say("interrupted, " + Amounts.bytes(tail.output().bytes()) + " written");
    }
  }
}
