// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The few that take most of all that are offered. */
final class Biggest {
  /**
   * Something that takes space.
   *
   * @param complete whether all in it is counted
   */
  record Taker(String path, long bytes, boolean complete) {
    /** The biggest first, and by name what is as big. */
    static final Comparator<Taker> ORDER =
        Comparator.comparingLong(Taker::bytes).reversed().thenComparing(Taker::path);
  }

  private final int most;

  /** The smallest of the biggest is the first to go. */
  private final PriorityQueue<Taker> heap = new PriorityQueue<>(Taker.ORDER.reversed());

  /**
   * @param most how many are kept
   */
  Biggest(int most) {
    this.most = most;
  }

  void offer(DiskEntry entry) {
    heap.add(new Taker(entry.path(), entry.bytes(), entry.isComplete()));
    if (heap.size() > most) {
      heap.remove();
    }
  }

  /** The biggest first. */
  List<Taker> sorted() {
    return heap.stream().sorted(Taker.ORDER).toList();
  }
}
