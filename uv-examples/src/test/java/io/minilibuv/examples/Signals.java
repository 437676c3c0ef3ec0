// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Ctrl-C, for a process that has no terminal: SIGTERM, which the JVM treats as it does SIGINT. What
 * a shell runs in the background ignores the latter, and has its children do so.
 */
public final class Signals {
  /** The thread that the program has for it; Linux shows its name. */
  private static final String THREAD = "uv-interrupt";

  /** What the program ends with then: 128, and SIGTERM's number. */
  public static final int STATUS = 128 + 15;

  private Signals() {}

  /** Interrupts a process. {@link Process#destroy} would close its pipes, too. */
  public static void interrupt(Process process) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start();
    if (Program.statusOf(kill) != 0) {
      throw new AssertionError("the process has ended before");
    }
  }

  /** Whether the process is doing something about it, where that can be seen; else true. */
  public static boolean isInterrupted(Process process) throws IOException {
    Path threads = Path.of("/proc/" + process.pid() + "/task");
    if (!Files.isDirectory(threads)) {
      return true;
    }
    try (Stream<Path> all = Files.list(threads)) {
      return all.anyMatch(Signals::isInterrupter);
    }
  }

  private static boolean isInterrupter(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip().equals(THREAD);
    } catch (IOException e) {
      // It has ended meanwhile.
      return false;
    }
  }
}
