// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A file or a tree, copied by {@link Files}: directories first, then files on four threads. */
final class JavaCopy implements Workload {
  private final Path from;
  private final Path to;
  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  JavaCopy(Path from, Path to) {
    this.from = from;
    this.to = to;
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
    List<Future<Path>> copies = new ArrayList<>();
    long entries = 0;
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : (Iterable<Path>) all::iterator) {
        Path target = to.resolve(from.relativize(one).toString());
        entries++;
        if (Files.isDirectory(one)) {
          Files.createDirectory(target);
        } else {
          copies.add(pool.submit(() -> Files.copy(one, from.equals(one) ? to : target)));
        }
      }
    }
    for (Future<Path> copy : copies) {
      copy.get();
    }
    return entries;
  }

  @Override
  public void close() throws IOException {
    pool.shutdown();
    remove(to);
  }
}
