// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of {@link Hello} as the JVM keeps them in memory, loaded and linked, made by a run of
 * it: what AppCDS has become with JDK 24, the AOT cache.
 */
final class Archive {
  private Archive() {}

  /**
   * Makes it.
   *
   * @param java the program
   * @param words the other options, the class path and the class
   * @throws PlayerException if none came of it: with what the JVM said
   */
  static void make(Path archive, List<String> java, List<String> words, Duration limit)
      throws IOException, InterruptedException {
    Files.createDirectories(archive.toAbsolutePath().getParent());
    Files.deleteIfExists(archive);
    String said = run(java, List.of("-XX:AOTCacheOutput=" + archive), words, limit);
    if (!Files.exists(archive)) {
      throw new PlayerException("no AOT cache was made: " + said);
    }
  }

  private static String run(
      List<String> java, List<String> options, List<String> words, Duration limit)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java);
    command.addAll(options);
    command.addAll(words);
    try (Child child = Child.startWithErrors(command, limit)) {
      String said = child.readAll().strip();
      if (child.waitFor() != 0) {
        throw new PlayerException("no AOT cache was made: " + said);
      }
      return said;
    }
  }
}
