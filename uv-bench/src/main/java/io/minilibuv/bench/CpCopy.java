// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Path;

/** The system's own {@code cp -r}. What that computes is not in this process's time. */
final class CpCopy implements Workload {
  private final Path from;
  private final Path to;
  private final Census expected;

  CpCopy(Keys keys) throws IOException {
    from = Path.of(keys.text("path"));
    to = Path.of(keys.text("to"));
    expected = Census.of(from);
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
    return expected.entries();
  }

  @Override
  public void check(long work) throws IOException {
    expected.check(to, work);
  }

  @Override
  public void close() throws IOException {
    JavaCopy.remove(to);
  }
}
