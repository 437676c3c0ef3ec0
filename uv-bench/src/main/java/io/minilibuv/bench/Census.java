// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * How much there is in a tree, or of a file.
 *
 * @param entries files and directories, the root included
 * @param bytes of all files together
 */
record Census(long entries, long bytes) {
  /** Counts. */
  static Census of(Path root) throws IOException {
    Counter counter = new Counter();
    Files.walkFileTree(root, counter);
    return new Census(counter.entries, counter.bytes);
  }

  /**
   * Insists that all of it is in the copy.
   *
   * @param work how many entries the copier has counted
   */
  void check(Path copy, long work) throws IOException {
    Census there = of(copy);
    Workload.exactly(entries, work);
    Workload.exactly(entries, there.entries);
    Workload.exactly(bytes, there.bytes);
  }

  private static final class Counter extends SimpleFileVisitor<Path> {
    private long entries;
    private long bytes;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      entries++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      entries++;
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return FileVisitResult.CONTINUE;
    }
  }
}
