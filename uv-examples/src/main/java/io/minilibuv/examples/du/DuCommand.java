// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Failures;
import io.minilibuv.examples.cli.Names;
import io.minilibuv.examples.cli.Progress;
import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.examples.cli.UvCommand;
import io.minilibuv.fs.FsStat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uv du}: sums up what trees take, with a request for everything in them. */
@Command(
    name = "du",
    description = {
      "Tells how much space files take, and directories with all that is in them.",
      "Teaches fan-out and fan-in: one scandir becomes many lstats, and a counter in each"
          + " directory says when all of them are in."
    },
    footer =
        "%nA directory comes before what is in it, and the biggest first. The numbers are units of"
            + " 1024 bytes, rounded up. On a terminal a picture of the biggest follows: files, and"
            + " directories of which no single entry takes more than half.%n%nA file with several"
            + " names counts once, for the name that sorts first. Symbolic links are not followed,"
            + " unless PATH is one and ends in a slash. What cannot be looked at is listed at the"
            + " end, and all else counted; the exit status is 1 then. After Ctrl-C, a + behind a"
            + " number says that it is not all.%n%nNot told: holes and compression. Java does not"
            + " tell the blocks of a file, so its size is taken, in whole blocks. With"
            + " --apparent-size a directory counts with its own size, as in GNU du up to 9.1.%n%n"
            + UvCommand.PATHS)
public final class DuCommand extends UvCommand {
  private static final int PICTURED = 10;
  private static final int KIB = 1024;

  @Parameters(paramLabel = "PATH", description = "What to look at (default: .).")
  private List<String> paths = List.of(".");

  @Option(
      names = {"-s", "--summarize"},
      description = "Tell only the sum of each PATH.")
  private boolean sumsOnly;

  @Option(
      names = {"-a", "--all"},
      description = "Tell files too, not only directories.")
  private boolean files;

  @Option(
      names = {"-h", "--human-readable"},
      description = "Tell amounts in units that suit them.")
  private boolean forPeople;

  @Option(
      names = "--apparent-size",
      description = "Go by the sizes of the files, not by the blocks that they take.")
  private boolean bySize;

  @Option(
      names = {"-b", "--bytes"},
      description = "--apparent-size, in bytes.")
  private boolean inBytes;

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "Show only the N biggest in all PATHs, as a picture. A directory of which one entry takes"
              + " more than half is not in it.")
  private @Nullable Integer top;

  // Elsewhere this is -h too, which du has always had another use for.
  @Option(names = "--help", usageHelp = true, description = "Show this help message and exit.")
  private boolean unusedHelp;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print version information and exit.")
  private boolean unusedVersion;

  private final Terminal terminal = Terminal.ofStdout();
  private Biggest biggest = new Biggest(0);

  DuCommand() {}

  @Override
  protected void checkOptions() {
    if (top != null) {
      checkRange("--top", top);
    }
    if (sumsOnly && files) {
      throw refusal("-s tells only sums, and -a everything: not both");
    }
  }

  @Override
  protected void run(CommandRun run) {
    boolean pictured = top != null || (terminal.interactive() && !sumsOnly);
    biggest = new Biggest(!pictured ? 0 : top != null ? top : PICTURED);
    Failures failures = new Failures();
    DiskTally tally =
        new DiskTally(
            bySize || inBytes ? FsStat::size : DiskUsage::of, paths.size() > 1, this::counted);
    try (Progress progress = run.showLine(() -> "du: " + soFar(tally))) {
      for (String path : paths) {
        if (!run.isInterrupted() && !System.out.checkError()) {
          DiskEntry root = walk(run, new DiskWalk(run.loop(), tally, failures), path);
          tally.settle();
          progress.makeRoom();
          tell(root);
        }
      }
    }
    showBiggest(tally);
    run.failAll(failures);
    if (run.isInterrupted()) {
      run.say("interrupted: " + soFar(tally) + "; a number with a + is not all");
    }
  }

  private static @Nullable DiskEntry walk(CommandRun run, DiskWalk walk, String path) {
    run.onInterrupt(walk::stop);
    walk.start(path);
    run.untilDone();
    return walk.root();
  }

  private static String soFar(DiskTally tally) {
    return Amounts.count(tally.entries(), "entry", "entries") + ", " + Amounts.bytes(tally.bytes());
  }

  /** Keeps what is to be told, and nothing else: a tree may be larger than memory. */
  private void counted(DiskEntry entry) {
    DiskEntry parent = entry.parent();
    if (parent != null && (entry.isDirectory() ? !sumsOnly || top != null : files)) {
      parent.keep(entry);
    }
    if (!entry.isDirectory()) {
      offer(entry);
    }
  }

  /** A sole PATH is everything, and nobody wants to see that it is the biggest. */
  private void offer(DiskEntry entry) {
    if (entry.parent() != null || paths.size() > 1) {
      biggest.offer(entry);
    }
  }

  /** Tells a tree, whose sums are all final now. */
  private void tell(@Nullable DiskEntry root) {
    Deque<DiskEntry> next = new ArrayDeque<>();
    if (root != null) {
      next.push(root);
    }
    for (DiskEntry entry = next.poll(); entry != null; entry = next.poll()) {
      if (entry.isDirectory() && !entry.isMostlyOneEntry()) {
        offer(entry);
      }
      if (top == null && (entry == root || !sumsOnly)) {
        Names.println(line(entry));
      }
      List<DiskEntry> children = entry.children();
      for (int i = children.size() - 1; i >= 0; i--) {
        next.push(children.get(i));
      }
    }
  }

  private String line(DiskEntry entry) {
    return amount(entry.bytes())
        + (entry.isComplete() ? "" : "+")
        + '\t'
        + Names.inLine(entry.path());
  }

  private String amount(long bytes) {
    if (forPeople) {
      return String.format(Locale.ROOT, "%10s", Amounts.bytes(bytes));
    }
    return Long.toString(inBytes ? bytes : (bytes + KIB - 1) / KIB);
  }

  private void showBiggest(DiskTally tally) {
    List<Biggest.Taker> takers = biggest.sorted();
    if (takers.isEmpty()) {
      return;
    }
    if (top == null) {
      System.out.println();
    }
    System.out.println("The biggest of " + soFar(tally) + ":");
    new BarChart(terminal, tally.bytes()).lines(takers).forEach(Names::println);
  }
}
