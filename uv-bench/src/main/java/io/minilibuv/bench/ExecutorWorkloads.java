// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** What Java has without any library: a pool of four threads, and futures. */
final class ExecutorWorkloads {
  private ExecutorWorkloads() {}

  static Workload of(String row, Keys keys) throws IOException {
    Workload blocking = JavaFiles.of(row, keys);
    if (blocking != null) {
      return new ExecutorRounds(Executors.newFixedThreadPool(4), blocking);
    }
    return switch (row) {
      case "ping-pong" -> ExecutorPingPong.onThreads(keys.number("n"));
      case "pummel" -> pummel(keys.number("n"), keys.number("senders"));
      case "timers" -> timers(keys.number("n"), keys.number("times"));
      case "copy-file", "copy-tree" -> copy(Executors.newFixedThreadPool(4), keys);
      default -> flight(Executors.newFixedThreadPool(4), row, keys);
    };
  }

  private static Workload pummel(int n, int senders) {
    ExecutorService receiver = Executors.newSingleThreadExecutor();
    return new ExecutorPummel(n, senders, receiver, receiver::shutdown);
  }

  private static Workload timers(int n, int times) {
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    return TaskTimers.of(n, times, thread, thread::shutdown);
  }

  /** Each file by a task of its own. */
  static Workload copy(ExecutorService pool, Keys keys) throws IOException {
    return new JavaCopy(
        Path.of(keys.text("path")),
        Path.of(keys.text("to")),
        (from, to) -> pool.submit(() -> Files.copy(from, to)),
        pool::shutdown);
  }

  /** Each operation by a task of its own, so many of them at once. */
  static Workload flight(ExecutorService pool, String row, Keys keys) {
    Runnable work =
        switch (row) {
          case "work-queue" -> () -> {};
          case "stat-async" -> {
            Path path = Path.of(keys.text("path"));
            yield () -> JavaFiles.stat(path);
          }
          default -> throw new IllegalArgumentException("an executor does not do " + row);
        };
    ExecutorService home = Executors.newSingleThreadExecutor();
    return new Flight(
        keys.number("n"),
        keys.number("flight"),
        home,
        done -> {
          CompletableFuture<Void> unused =
              CompletableFuture.runAsync(work, pool)
                  .whenCompleteAsync((nothing, failure) -> done.accept(failure), home);
        },
        () -> {
          pool.shutdown();
          home.shutdown();
        });
  }
}
