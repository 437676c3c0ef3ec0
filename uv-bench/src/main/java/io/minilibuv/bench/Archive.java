// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of {@link Hello} as the JVM keeps them in memory (AppCDS), made by a run of it.
 *
 * <p>An archive of its own, and not a layer on the JDK's: that was made without the option that
 * uv-linux needs, and the JVM takes both or none.
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
  static void make(Path archive, List<String> java, List<String> words)
      throws IOException, InterruptedException {
    Files.createDirectories(archive.toAbsolutePath().getParent());
    Path classes = Path.of(archive + ".classes");
    Files.deleteIfExists(archive);
    run(java, List.of("-XX:DumpLoadedClassList=" + classes), words);
    String said =
        run(
            java,
            List.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + archive),
            words);
    if (!Files.exists(archive)) {
      throw new PlayerException("no AppCDS archive was made: " + said);
    }
  }

  private static String run(List<String> java, List<String> options, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java);
    command.addAll(options);
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new PlayerException("no AppCDS archive was made: " + said.strip());
    }
    return said.strip();
  }
}
