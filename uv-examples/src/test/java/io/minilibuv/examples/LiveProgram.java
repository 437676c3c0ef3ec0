// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** The program {@code uv} while it runs. What it writes goes to files, and is waited for. */
public final class LiveProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final Process process;
  private final Path out;
  private final Path err;

  private LiveProgram(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it in {@code directory}, with its output beside that. */
  public static LiveProgram start(Path directory, String... arguments) throws IOException {
    return start(Program.in(directory).builder(arguments), directory);
  }

  /** Starts it with its output beside {@code directory}. */
  public static LiveProgram start(ProcessBuilder builder, Path directory) throws IOException {
    Path out = Files.createFile(directory.resolveSibling("out"));
    return start(builder.redirectOutput(out.toFile()), out, directory.resolveSibling("err"));
  }

  /** Starts it with a pipe as its output, which the test reads, or does not. */
  public static LiveProgram startPiped(Path directory, String... arguments) throws IOException {
    Path nowhere = Path.of("/dev/null");
    ProcessBuilder builder = Program.in(directory).builder(arguments);
    return start(builder, nowhere, directory.resolveSibling("err"));
  }

  private static LiveProgram start(ProcessBuilder builder, Path out, Path err) throws IOException {
    Files.createFile(err);
    return new LiveProgram(builder.redirectError(err.toFile()).start(), out, err);
  }

  public Process process() {
    return process;
  }

  /** What it has written until now, a letter for each byte. */
  public String out() throws IOException {
    return Files.readString(out, ISO_8859_1);
  }

  /** What it has said until now. */
  public List<String> err() throws IOException {
    return Files.readAllLines(err);
  }

  /** Waits until it has written this, and nothing else. */
  public void awaitOut(String expected) {
    await(() -> assertThat(out()).isEqualTo(expected));
  }

  /** Waits until it has said this. */
  public void awaitErr(String line) {
    await(() -> assertThat(err()).contains(line));
  }

  /** Waits, as long as it runs. */
  public void await(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .failFast("it has ended", () -> !process.isAlive())
        .untilAsserted(assertion);
  }

  /** Does what blocks for ever if something is wrong, such as to open a pipe: then it fails. */
  public static <T> T patiently(Callable<T> blocking) throws Exception {
    FutureTask<T> task = new FutureTask<>(blocking);
    Thread thread = new Thread(task, "uv-patient-test");
    thread.setDaemon(true);
    thread.start();
    return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Sends it a signal. */
  public void signal(String name) throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /**
   * Has it do nothing until it gets the signal CONT. Each of its threads stops when it comes by; on
   * Linux, where that can be seen, this waits for the last one.
   */
  public void stop() throws IOException, InterruptedException {
    signal("STOP");
    Path threads = Path.of("/proc/" + process.pid() + "/task");
    if (Files.isDirectory(threads)) {
      await(
          () -> {
            try (Stream<Path> all = Files.list(threads)) {
              assertThat(all).allMatch(LiveProgram::hasStopped);
            }
          });
    }
  }

  private static boolean hasStopped(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"), ISO_8859_1);
      return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return true;
    }
  }

  /** Asks it to end, as Ctrl-C does. */
  public int interrupt() throws InterruptedException {
    // The handle's, since the process's closes the pipes too.
    process.toHandle().destroy();
    return end();
  }

  /** Waits until it has ended. */
  public int end() throws InterruptedException {
    return Program.statusOf(process);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
