// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Failures;
import java.util.Locale;

/**
 * {@code uv hash --measure}: hashes the same files with pools of several sizes, each with a loop of
 * its own.
 */
final class HashMeasure {
  private static final int[] POOL_SIZES = {1, 4, 16};
  private static final double NANOS_PER_SECOND = 1e9;

  private final CommandRun run;
  private final HashList list;
  private final int jobs;
  private final Failures failures;

  /**
   * @param jobs how many files at once
   * @param failures gets what fails in the first pass
   */
  HashMeasure(CommandRun run, HashList list, int jobs, Failures failures) {
    this.run = run;
    this.list = list;
    this.jobs = jobs;
    this.failures = failures;
  }

  void go() {
    // Compiles the code, and has the system keep the files in memory.
    HashPass first = new HashPass(run, (index, hash) -> keepFailure(hash));
    pass(first, "warm up");
    if (run.isInterrupted()) {
      run.say("interrupted: nothing measured");
      return;
    }
    tell("threads         speed");
    for (int threads : POOL_SIZES) {
      if (!measure(threads)) {
        run.say("interrupted");
        return;
      }
    }
    System.out.println(
        Amounts.count(first.hashed(), "file", "files")
            + " of "
            + Amounts.bytes(first.bytes())
            + " in all, from the page cache, "
            + jobs
            + " at once, on "
            + Amounts.count(Runtime.getRuntime().availableProcessors(), "processor", "processors"));
  }

  private String keepFailure(FileHash hash) {
    UvException failure = hash.failure();
    if (failure != null) {
      failures.add(failure);
    }
    return HashPass.Line.NONE;
  }

  /** Whether there was time for it. */
  private boolean measure(int threads) {
    try (CommandRun own = run.within(threads)) {
      HashPass pass = new HashPass(own, (index, hash) -> HashPass.Line.NONE);
      pass(pass, Amounts.count(threads, "thread", "threads"));
      if (own.isInterrupted()) {
        return false;
      }
      double perSecond = pass.bytes() * NANOS_PER_SECOND / Math.max(1, pass.nanos());
      tell(
          String.format(Locale.ROOT, "%7d  %12s", threads, Amounts.bytes((long) perSecond) + "/s"));
      return true;
    }
  }

  /** Prints a line that is to be seen before the next measurement, on another loop, is done. */
  private static void tell(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private void pass(HashPass pass, String task) {
    pass.go(list.paths(), jobs, task, list.progress(pass::bytes));
  }
}
