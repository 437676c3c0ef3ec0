// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The system's own {@code cp -r}. What that computes is not in this process's time. */
final class CpCopy implements Workload {
  private final Path from;
  private final Path to;
  private final long entries;

  CpCopy(Keys keys) throws IOException {
    from = Path.of(keys.text("path"));
    to = Path.of(keys.text("to"));
    try (Stream<Path> all = Files.walk(from)) {
      entries = all.count();
    }
  }

  @Override
  public void prepare() throws IOException {
    JavaCopy.remove(to);
  }

  @Override
  public long round() throws IOException, InterruptedException {
    Process cp = new ProcessBuilder("cp", "-r", from.toString(), to.toString()).inheritIO().start();
    if (cp.waitFor() != 0) {
      throw new IOException("cp has failed");
    }
    return entries;
  }

  @Override
  public void close() throws IOException {
    JavaCopy.remove(to);
  }
}
