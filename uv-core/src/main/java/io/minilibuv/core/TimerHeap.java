// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The started timers of one loop, the nearest on top (src/heap-inl.h, {@code timer_less_than} in
 * src/timer.c).
 *
 * <p>A 4-ary heap in two parallel arrays, where libuv has a binary tree of pointers: half as deep,
 * the deadlines that decide nearly every comparison side by side in memory, and nothing allocated
 * by a start. Each timer knows its index, so that it can leave from the middle in O(log n).
 *
 * <p>Deadlines are unsigned: one that overflowed is saturated to 2<sup>64</sup>-1.
 */
final class TimerHeap {
  private static final int ARITY_SHIFT = 2;
  private static final int ARITY = 1 << ARITY_SHIFT;
  private static final int INITIAL_CAPACITY = 16;

  private long[] deadlines = new long[INITIAL_CAPACITY];
  private @Nullable TimerHandle[] timers = new TimerHandle[INITIAL_CAPACITY];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** The timer that is due first, or null ({@code heap_min}). */
  @Nullable TimerHandle min() {
    return timers[0];
  }

  /** Adds a timer ({@code heap_insert}). */
  void insert(TimerHandle timer) {
    if (size == timers.length) {
      deadlines = Arrays.copyOf(deadlines, size * 2);
      timers = Arrays.copyOf(timers, size * 2);
    }
    siftUp(size++, timer);
  }

  /** Takes a timer out, wherever it is ({@code heap_remove}). */
  void remove(TimerHandle timer) {
    int hole = timer.place;
    int last = --size;
    TimerHandle moved = at(last);
    timers[last] = null;
    timer.place = TimerHandle.NOWHERE;
    if (hole == last) {
      return;
    }
    int parent = (hole - 1) >> ARITY_SHIFT;
    if (hole > 0 && isBefore(moved, at(parent))) {
      siftUp(hole, moved);
    } else {
      siftDown(hole, moved);
    }
  }

  private void siftUp(int hole, TimerHandle timer) {
    while (hole > 0) {
      int parent = (hole - 1) >> ARITY_SHIFT;
      TimerHandle above = at(parent);
      if (!isBefore(timer, above)) {
        break;
      }
      put(hole, above);
      hole = parent;
    }
    put(hole, timer);
  }

  private void siftDown(int hole, TimerHandle timer) {
    for (; ; ) {
      int first = (hole << ARITY_SHIFT) + 1;
      if (first >= size) {
        break;
      }
      int best = first;
      int end = Math.min(first + ARITY, size);
      for (int child = first + 1; child < end; child++) {
        if (isChildBefore(child, best)) {
          best = child;
        }
      }
      TimerHandle below = at(best);
      if (!isBefore(below, timer)) {
        break;
      }
      put(hole, below);
      hole = best;
    }
    put(hole, timer);
  }

  private void put(int index, TimerHandle timer) {
    deadlines[index] = timer.deadline;
    timers[index] = timer;
    timer.place = index;
  }

  /** Compares two elements; looks at the timers themselves only on a tie. */
  private boolean isChildBefore(int a, int b) {
    int order = Long.compareUnsigned(deadlines[a], deadlines[b]);
    return order != 0 ? order < 0 : at(a).startId < at(b).startId;
  }

  private static boolean isBefore(TimerHandle a, TimerHandle b) {
    int order = Long.compareUnsigned(a.deadline, b.deadline);
    return order != 0 ? order < 0 : a.startId < b.startId;
  }

  private TimerHandle at(int index) {
    TimerHandle timer = timers[index];
    if (timer == null) {
      throw new IllegalStateException("the heap has a hole at " + index);
    }
    return timer;
  }
}
