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

  Repeated(int n, Operation operation) {
    this.n = n;
    this.operation = operation;
  }

  @Override
  public long round() throws Exception {
    long done = 0;
    for (; done < n; done++) {
      operation.run();
    }
    return done;
  }
}
