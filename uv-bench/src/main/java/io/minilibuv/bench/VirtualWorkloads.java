// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A virtual thread for each operation, on JDK 21 and newer. */
final class VirtualWorkloads {
  private VirtualWorkloads() {}

  static Workload of(String row, Keys keys) throws ReflectiveOperationException {
    ExecutorService virtual = virtualThreads();
    ExecutorService home = Executors.newSingleThreadExecutor();
    Runnable work =
        switch (row) {
          case "work-queue" -> () -> {};
          case "stat-async" -> {
            Path path = Path.of(keys.text("path"));
            yield () -> stat(path);
          }
          default -> throw new IllegalArgumentException("virtual threads do not do " + row);
        };
    return new Flight(
        keys.number("n"),
        keys.number("flight"),
        home,
        done -> {
          CompletableFuture<Void> unused =
              CompletableFuture.runAsync(work, virtual)
                  .whenCompleteAsync((nothing, failure) -> done.accept(failure), home);
        },
        () -> {
          virtual.shutdown();
          home.shutdown();
        });
  }

  private static void stat(Path path) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By reflection, for this is compiled for Java 17. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }
}
