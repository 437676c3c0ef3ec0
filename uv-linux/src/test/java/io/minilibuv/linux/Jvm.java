// SPDX-License-Identifier: MIT
package io.minilibuv.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.testing.QuickJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a class's {@code main} in a JVM of its own, with this one's class path. */
public final class Jvm {
  private static final int MOST_SECONDS = 600;

  private final Path output;
  private final List<String> before = new ArrayList<>();
  private final List<String> options = new ArrayList<>();

  /**
   * @param output a file for what the program prints
   */
  public Jvm(Path output) {
    this.output = output;
    options.add("--enable-native-access=ALL-UNNAMED");
  }

  /** Has another program start it. */
  public Jvm startedBy(List<String> command) {
    before.addAll(command);
    return this;
  }

  /** Gives it more options. */
  public Jvm with(List<String> more) {
    options.addAll(more);
    return this;
  }

  /** Gives the lines that the program printed, whichever way. */
  public List<String> run(Class<?> program, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.add(QuickJava.command());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }
}
