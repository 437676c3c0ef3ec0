// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Virtual threads, on JDK 21 and newer: one for each operation. Where one operation comes after
 * another and blocks, all of a round are done by one.
 */
final class VirtualWorkloads {
  private VirtualWorkloads() {}

  static Workload of(String row, Keys keys) throws IOException, ReflectiveOperationException {
    ExecutorService virtual = virtualThreads();
    Workload blocking = JavaFiles.of(row, keys);
    if (blocking != null) {
      return new ExecutorRounds(virtual, blocking);
    }
    return switch (row) {
      case "ping-pong" -> new VirtualPingPong(keys.number("n"), virtual);
      case "copy-file", "copy-tree" -> ExecutorWorkloads.copy(virtual, keys);
      default -> ExecutorWorkloads.flight(virtual, row, keys);
    };
  }

  /** By reflection, for this is compiled for Java 17. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }
}
