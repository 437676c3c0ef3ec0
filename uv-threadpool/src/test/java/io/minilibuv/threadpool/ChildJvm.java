// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a process of its own, for what a process can do only once. */
final class ChildJvm {
  private ChildJvm() {}

  /** How the process ended, and all that it has printed. */
  record Outcome(int exitCode, String output) {}

  static Outcome run(Class<?> main, List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    File output = File.createTempFile("child", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove(ThreadPoolSize.NAME);
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(output).start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("still running: " + command + "\n" + read(output));
      }
      return new Outcome(process.exitValue(), read(output));
    } finally {
      if (!output.delete()) {
        output.deleteOnExit();
      }
    }
  }

  private static String read(File file) throws IOException {
    return Files.readString(file.toPath(), StandardCharsets.UTF_8);
  }
}
