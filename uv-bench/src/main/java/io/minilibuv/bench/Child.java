// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A program that the harness has started. It is killed, with all that it has started itself, if it
 * takes too long to answer, when it is closed, and when the harness ends.
 *
 * <p>On the harness's main thread. What is thrown does not tell whose program it is.
 */
final class Child implements AutoCloseable {
  /** How long one that was killed may take to be gone. */
  private static final long GONE_SECONDS = 10;

  /** What a user may have set that would make a contender another one. */
  private static final Set<String> SETTINGS =
      Set.of(
          "UV_THREADPOOL_SIZE",
          "UV_USE_IO_URING",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS");

  private static final Set<Child> ALL = ConcurrentHashMap.newKeySet();
  private static final ScheduledThreadPoolExecutor WATCH = watch();
  private static volatile boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Child::killAll, "kills children"));
  }

  /** What is waited for. */
  @FunctionalInterface
  private interface Answer<T extends @Nullable Object> {
    T get() throws IOException, InterruptedException;
  }

  private final Process process;
  private final BufferedReader answers;
  private final Duration limit;
  private volatile boolean late;

  private Child(ProcessBuilder builder, Duration limit) throws PlayerException {
    this.limit = limit;
    builder.environment().keySet().removeAll(SETTINGS);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new PlayerException("it cannot be started: " + e.getMessage());
    }
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    ALL.add(this);
    if (ending) {
      kill();
    }
  }

  /** Starts one whose errors go where the harness's do. */
  static Child start(List<String> command, Duration limit) throws PlayerException {
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT), limit);
  }

  /** Starts one whose errors are read with what it says. */
  static Child startWithErrors(List<String> command, Duration limit) throws PlayerException {
    return new Child(new ProcessBuilder(command).redirectErrorStream(true), limit);
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "watches children");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  private static void killAll() {
    ending = true;
    ALL.forEach(Child::kill);
  }

  /** Tells it something. */
  void writeLine(String line) throws PlayerException, InterruptedException {
    try {
      process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new PlayerException(ended());
    }
  }

  /** Tells it that nothing more will come. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Then it has ended, which who reads from it is told.
    }
  }

  /** The next line that it says. */
  String readLine() throws PlayerException, InterruptedException {
    String line = watched(answers::readLine);
    if (line == null) {
      throw new PlayerException(ended());
    }
    return line;
  }

  /** All that it says until it ends. */
  String readAll() throws PlayerException, InterruptedException {
    return watched(() -> answers.lines().collect(Collectors.joining("\n")));
  }

  /** Its status, when it has ended. */
  int waitFor() throws PlayerException, InterruptedException {
    return watched(process::waitFor);
  }

  private String ended() throws InterruptedException {
    if (ending) {
      throw new InterruptedException("the bench is ended");
    }
    return process.waitFor(1, TimeUnit.SECONDS)
        ? "it has ended with " + process.exitValue()
        : "it says no more";
  }

  private <T extends @Nullable Object> T watched(Answer<T> answer)
      throws PlayerException, InterruptedException {
    Future<?> tooLate = WATCH.schedule(this::tooLate, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      T said = answer.get();
      if (late) {
        throw new PlayerException(noAnswer());
      }
      return said;
    } catch (PlayerException e) {
      throw e;
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new PlayerException(late ? noAnswer() : String.valueOf(e.getMessage()));
    } finally {
      tooLate.cancel(false);
    }
  }

  private void tooLate() {
    late = true;
    kill();
  }

  private String noAnswer() {
    return "it was killed, since it had not answered for " + limit.toSeconds() + " s";
  }

  /** Also what it has started: that would hold its output open. */
  private List<ProcessHandle> kill() {
    List<ProcessHandle> killed = new ArrayList<>(process.descendants().toList());
    killed.add(process.toHandle());
    killed.forEach(ProcessHandle::destroyForcibly);
    return killed;
  }

  /** Kills it if it still runs, and waits until all are gone: they are not to disturb the next. */
  @Override
  public void close() {
    try {
      for (ProcessHandle killed : kill()) {
        killed.onExit().get(GONE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It cannot be waited for any longer.
    }
    ALL.remove(this);
  }
}
