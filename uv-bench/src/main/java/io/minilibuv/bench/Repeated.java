// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

/** One operation after another, each of which blocks and throws if it fails. */
final class Repeated implements Workload {
  /** One of them. */
  @FunctionalInterface
  interface Operation {
    void run() throws Exception;
  }

  private final int n;
  private final Operation operation;
  private final AutoCloseable owned;

  Repeated(int n, Operation operation) {
    this(n, operation, () -> {});
  }

  /**
   * Makes it.
   *
   * @param owned what is closed at the end
   */
  Repeated(int n, Operation operation, AutoCloseable owned) {
    this.n = n;
    this.operation = operation;
    this.owned = owned;
  }

  @Override
  public long round() throws Exception {
    long done = 0;
    for (; done < n; done++) {
      operation.run();
    }
    return done;
  }

  @Override
  public void close() throws Exception {
    owned.close();
  }
}
