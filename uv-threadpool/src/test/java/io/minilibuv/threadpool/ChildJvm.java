// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.testing.QuickJava;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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

  /** What has the child's loops wait as this process's do, and in silence. */
  private static List<String> onTheSameBackend() {
    List<String> options = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--enable-native-access"))
        .forEach(options::add);
    String backend = System.getProperty("minilibuv.backend");
    if (backend != null) {
      options.add("-Dminilibuv.backend=" + backend);
    }
    return options;
  }

  static Outcome run(Class<?> main, List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(QuickJava.command());
    command.addAll(QuickJava.OPTIONS);
    command.addAll(onTheSameBackend());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove(ThreadPoolSize.NAME);
    builder.environment().putAll(environment);
    Path output = Files.createTempFile("child", ".log");
    try {
      Process process = builder.redirectOutput(output.toFile()).start();
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          throw new AssertionError("still running: " + command + "\n" + Files.readString(output));
        }
        return new Outcome(process.exitValue(), Files.readString(output));
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(output);
    }
  }
}
