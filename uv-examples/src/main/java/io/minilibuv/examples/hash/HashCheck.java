// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Failures;
import java.util.List;

/** {@code uv hash --check}: hashes the files that are listed with their checksums, and compares. */
final class HashCheck {
  private final CommandRun run;
  private final String listName;
  private final Failures failures = new Failures();
  private int different;
  private int unreadable;

  /**
   * @param listName the file that has the checksums
   */
  HashCheck(CommandRun run, String listName) {
    this.run = run;
    this.listName = listName;
  }

  /**
   * Does it.
   *
   * @throws UvException if the list cannot be read
   */
  void go(int jobs) {
    InputBytes input = new InputBytes(run.loop(), listName);
    input.start();
    run.untilDone();
    byte[] content = input.content();
    if (content == null) {
      run.say("interrupted: nothing checked");
      return;
    }
    List<ChecksumLine> list = CheckFile.parse(listName, content, failures);
    List<String> paths = list.stream().map(ChecksumLine::path).toList();
    HashPass pass = new HashPass(run, (index, hash) -> verdict(list.get(index), hash));
    pass.go(paths, jobs, "check", new ListSize(run.loop(), paths, pass::bytes));
    summarize(list.size(), pass.hashed());
  }

  private String verdict(ChecksumLine expected, FileHash found) {
    UvException failure = found.failure();
    if (failure != null) {
      failures.add(failure);
      unreadable++;
      return expected.verdict("FAILED open or read");
    }
    if (!expected.hex().equals(found.hex())) {
      different++;
      return expected.verdict("FAILED");
    }
    return expected.verdict("OK");
  }

  private void summarize(int listed, int hashed) {
    run.failAll(failures);
    if (listed == 0) {
      run.fail(listName + ": there is no checksum in it");
    }
    if (different > 0) {
      run.fail(Amounts.count(different, "file differs", "files differ") + " from " + listName);
    }
    if (unreadable > 0) {
      run.fail(Amounts.count(unreadable, "file", "files") + " could not be read");
    }
    if (run.isInterrupted()) {
      run.say(
          "interrupted: " + hashed + " of " + Amounts.count(listed, "file", "files") + " checked");
    }
  }
}
