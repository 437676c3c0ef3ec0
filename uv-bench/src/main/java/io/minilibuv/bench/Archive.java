// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The classes of {@link Hello} as the JVM keeps them in memory (AppCDS), made by a run of it. */
final class Archive {
  private Archive() {}

  /**
   * Makes it.
   *
   * @param java the program and the options before the class path
   * @param words the class path and the class
   * @throws PlayerException if none came of it: with what the JVM said
   */
  static void make(Path archive, List<String> java, List<String> words)
      throws IOException, InterruptedException {
    Files.createDirectories(archive.toAbsolutePath().getParent());
    Files.deleteIfExists(archive);
    List<String> command = new ArrayList<>(java);
    command.add("-XX:ArchiveClassesAtExit=" + archive);
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || !Files.exists(archive)) {
      throw new PlayerException("no AppCDS archive was made: " + said.strip());
    }
  }
}
