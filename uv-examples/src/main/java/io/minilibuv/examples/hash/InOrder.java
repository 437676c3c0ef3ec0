// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import java.util.TreeMap;
import java.util.function.Consumer;

/** Hands on in order what comes in any order. */
final class InOrder<T> {
  private final Consumer<? super T> sink;
  private final TreeMap<Integer, T> early = new TreeMap<>();
  private int next;

  InOrder(Consumer<? super T> sink) {
    this.sink = sink;
  }

  /**
   * Hands {@code item} on, and those that have waited for it; or has it wait.
   *
   * @param index its place, from 0 on
   */
  void put(int index, T item) {
    early.put(index, item);
    for (T ready = early.remove(next); ready != null; ready = early.remove(next)) {
      next++;
      sink.accept(ready);
    }
  }

  /** Hands on what waits for something that will not come. */
  void flush() {
    early.values().forEach(sink);
    early.clear();
  }
}
