// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Failures;
import io.minilibuv.examples.cli.Progress;
import io.minilibuv.examples.cli.UvCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uv hash}: the SHA-256 of files and trees, read and digested at the same time. */
@Command(
    name = "hash",
    description = {
      "Prints the SHA-256 of files, and of all regular files in directories.",
      "Teaches IO and work for the processor on one pool: while a chunk of a file is digested, the"
          + " next is read, and several files are under way."
    },
    footer =
        "%nThe output is that of sha256sum, which can check it. Files come in the order in which"
            + " they are named, those of a directory in the order of their paths' bytes. In"
            + " directories symbolic links are not followed, and devices, FIFOs and sockets are"
            + " passed over; a PATH is opened whatever it is. What fails is listed at the end, and"
            + " does not keep the rest from being hashed; the exit status is 1 then.%n%n--check"
            + " takes what this or sha256sum has printed, and prints for each file OK, FAILED, or"
            + " FAILED open or read. If one is not OK, or a line is no checksum, the exit status is"
            + " 1.%n%n--measure hashes everything once to warm up, and then with 1, 4 and 16"
            + " threads. The files come from the system's page cache then, if they fit in there:"
            + " what is measured is not the disk. One file keeps two threads busy at most.%n%n"
            + UvCommand.PATHS)
public final class HashCommand extends UvCommand {
  @Parameters(paramLabel = "PATH", description = "What to hash; - or none is standard input.")
  private List<String> paths = List.of();

  @Option(
      names = {"-c", "--check"},
      paramLabel = "FILE",
      description = "Read checksums from FILE, or standard input if it is -, and check them.")
  private @Nullable String check;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Files under way at once (default: ${DEFAULT-VALUE}).")
  private int jobs = 8;

  @Option(names = "--measure", description = "Tell the speed with 1, 4 and 16 threads instead.")
  private boolean measure;

  HashCommand() {}

  @Override
  protected void checkOptions() {
    checkRange("--jobs", jobs);
    if (check != null && (measure || !paths.isEmpty())) {
      throw refusal("--check takes what to hash from FILE, and goes with no PATH or --measure");
    }
    if (measure && (paths.isEmpty() || paths.contains(FileHash.STDIN))) {
      throw refusal("--measure reads several times, and standard input can be read once");
    }
  }

  /** A PATH may be a pipe, or what a person types. */
  @Override
  protected boolean waitsForOthers() {
    return true;
  }

  @Override
  protected void run(CommandRun run) {
    if (check != null) {
      new HashCheck(run, check).go(jobs);
      return;
    }
    Failures failures = new Failures();
    HashList list = list(run, failures);
    if (run.isInterrupted()) {
      run.say("interrupted: nothing hashed");
    } else if (measure) {
      new HashMeasure(run, list, jobs, failures).go();
    } else {
      hash(run, list, failures);
    }
    if (list.others() > 0) {
      run.say(
          "passed over "
              + Amounts.count(
                  list.others(), "device, FIFO or socket", "devices, FIFOs or sockets"));
    }
    run.failAll(failures);
  }

  /** Finds out what the paths mean: only a directory must be gone through before. */
  private HashList list(CommandRun run, Failures failures) {
    HashList list = new HashList(run.loop(), failures);
    run.onInterrupt(list::stop);
    try (Progress progress =
        run.showLine(() -> "hash: " + Amounts.count(list.found(), "file", "files"))) {
      for (String path : paths.isEmpty() ? List.of(FileHash.STDIN) : paths) {
        if (!run.isInterrupted()) {
          list.add(path);
          run.untilDone();
          list.settle();
        }
      }
      progress.makeRoom();
    }
    return list;
  }

  private void hash(CommandRun run, HashList list, Failures failures) {
    HashPass pass = new HashPass(run, (index, hash) -> lineOf(hash, failures));
    pass.go(list.paths(), jobs, "hash", list.progress(pass::bytes));
    if (run.isInterrupted()) {
      run.say("interrupted: " + pass.hashed() + " of " + filesOf(list) + " hashed");
    }
  }

  private static String lineOf(FileHash hash, Failures failures) {
    UvException failure = hash.failure();
    if (failure != null) {
      failures.add(failure);
    }
    String hex = hash.hex();
    return hex != null ? new ChecksumLine(hex, hash.path()).toString() : HashPass.Line.NONE;
  }

  private static String filesOf(HashList list) {
    return Amounts.count(list.paths().size(), "file", "files");
  }
}
