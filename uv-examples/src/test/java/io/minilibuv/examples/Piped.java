// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the tests of cat and tee do with processes: pipes in both directions, and signals. */
public final class Piped {
  /**
   * What one has written to its pipe and to the file that is its standard error, and its status.
   */
  // Nobody compares two of them.
  @SuppressWarnings("ArrayRecordComponent")
  public record Outcome(int status, byte[] out, List<String> err) {}

  private Piped() {}

  /** Gives {@code input} to a process while it takes what that writes. */
  public static Outcome through(ProcessBuilder builder, byte[] input)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("uv-piped", ".err");
    try {
      Process process = builder.redirectError(err.toFile()).start();
      Thread feeder = feed(process, input);
      byte[] out = process.getInputStream().readAllBytes();
      int status = Program.statusOf(process);
      feeder.join();
      return new Outcome(status, out, Files.readAllLines(err));
    } finally {
      Files.delete(err);
    }
  }

  /** Gives {@code input} to a process, as far as that takes it, and then the end of it. */
  public static Thread feed(Process process, byte[] input) {
    Thread feeder =
        new Thread(
            () -> {
              try (OutputStream to = process.getOutputStream()) {
                to.write(input);
              } catch (IOException e) {
                // It has ended, and the test will look why.
              }
            },
            "feeder");
    feeder.start();
    return feeder;
  }

  /** What Ctrl-C does to a program on the JVM, and leaves the pipes as they are. */
  public static void interrupt(Process process) {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** How the program ends when it was told to. */
  public static final int INTERRUPTED = 128 + 15;

  /** Makes a pipe with a name. */
  public static Path fifo(Path path) throws IOException, InterruptedException {
    Process made = new ProcessBuilder("mkfifo", path.toString()).start();
    assertThat(Program.statusOf(made)).isZero();
    return path;
  }

  /** How far a process on Linux has read the file that is its standard input. */
  public static long readUntil(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/fdinfo/0")).stream()
        .filter(line -> line.startsWith("pos:"))
        .mapToLong(line -> Long.parseLong(line.substring("pos:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }
}
