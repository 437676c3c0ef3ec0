// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.async.AsyncQueue.Offer;
import io.minilibuv.core.Loop;
import java.util.List;
import java.util.function.Consumer;

/** What a race does to an async queue: the real one, or a copy with a flaw. */
interface Offerable {

  /** Makes what is raced against; {@code batch} says how many items it delivers at a time. */
  @FunctionalInterface
  interface Maker {
    Offerable make(Loop loop, Consumer<Integer> consumer, int batch);
  }

  /** Whether the item was accepted. */
  boolean offer(int item);

  void close();

  List<Integer> undelivered();

  /** The real thing. */
  static Offerable real(Loop loop, Consumer<Integer> consumer, int batch) {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, consumer);
    queue.setBatch(batch);
    return new Offerable() {
      @Override
      public boolean offer(int item) {
        return queue.offer(item) == Offer.ACCEPTED;
      }

      @Override
      public void close() {
        queue.close();
      }

      @Override
      public List<Integer> undelivered() {
        return queue.undelivered();
      }
    };
  }
}
