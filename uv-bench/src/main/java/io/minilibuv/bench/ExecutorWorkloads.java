// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What Java has without any library: a pool of four threads, and futures. */
final class ExecutorWorkloads {
  private ExecutorWorkloads() {}

  static Workload of(String row, Keys keys) throws IOException {
    int n = keys.values().containsKey("n") ? keys.number("n") : 1;
    return switch (row) {
      case "ping-pong" -> ExecutorPingPong.onThreads(n);
      case "work-queue" -> flight(n, keys.number("flight"), () -> {});
      case "stat-async" -> {
        Path path = Path.of(keys.text("path"));
        yield flight(n, keys.number("flight"), () -> stat(path));
      }
      case "stat-sync" -> {
        Path path = Path.of(keys.text("path"));
        yield new Repeated(n, () -> stat(path));
      }
      case "open-close" -> {
        Path path = Path.of(keys.text("path"));
        yield new Repeated(n, () -> FileChannel.open(path).close());
      }
      case "read-sync" -> read(n, keys.number("size"), Path.of(keys.text("path")));
      case "copy-file", "copy-tree" ->
          new JavaCopy(Path.of(keys.text("path")), Path.of(keys.text("to")));
      default -> throw new IllegalArgumentException("an executor does not do " + row);
    };
  }

  private static void stat(Path path) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Workload read(int n, int size, Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    return new Repeated(
        n,
        () -> {
          buffer.clear();
          if (channel.read(buffer, 0) != size) {
            throw new IllegalStateException("too short");
          }
        });
  }

  private static Workload flight(int n, int flight, Runnable work) {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    ExecutorService home = Executors.newSingleThreadExecutor();
    return new Flight(
        n,
        flight,
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
