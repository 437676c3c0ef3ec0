// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A file or a tree, copied by what contenders have for one file: the main thread goes through the
 * tree and makes the directories, and has each file copied as it comes to it.
 */
final class JavaCopy implements Workload {
  /** Copies one file. */
  @FunctionalInterface
  interface Copier {
    Future<?> begin(Path from, Path to) throws IOException;
  }

  private final Path from;
  private final Path to;
  private final Copier copier;
  private final AutoCloseable owned;
  private final Census expected;

  /**
   * Makes it.
   *
   * @param owned what is closed at the end
   */
  JavaCopy(Path from, Path to, Copier copier, AutoCloseable owned) throws IOException {
    this.from = from;
    this.to = to;
    this.copier = copier;
    this.owned = owned;
    expected = Census.of(from);
  }

  @Override
  public void prepare() throws IOException {
    remove(to);
  }

  static void remove(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }

  @Override
  public long round() throws Exception {
    Visitor visitor = new Visitor();
    Files.walkFileTree(from, visitor);
    for (Future<?> copy : visitor.copies) {
      copy.get();
    }
    return visitor.directories + visitor.copies.size();
  }

  @Override
  public void check(long work) throws IOException {
    expected.check(to, work);
  }

  @Override
  public void close() throws Exception {
    owned.close();
    remove(to);
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final List<Future<?>> copies = new ArrayList<>();
    private long directories;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectory(targetOf(directory));
      directories++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      copies.add(copier.begin(file, targetOf(file)));
      return FileVisitResult.CONTINUE;
    }

    private Path targetOf(Path one) {
      return one.equals(from) ? to : to.resolve(from.relativize(one));
    }
  }
}
