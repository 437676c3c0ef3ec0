// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import org.jspecify.annotations.Nullable;

/**
 * What one question to the poll backend brought: watchers, and what they are ready for.
 *
 * <p>The backend fills it, the loop goes through it. A watcher that a callback stops or closes
 * meanwhile is blanked out, so that it is not called although it was ready ({@code
 * uv__platform_invalidate_fd}, src/unix/linux.c).
 */
public final class ReadyEvents {

  /** How many watchers one batch holds; the number is libuv's. */
  public static final int CAPACITY = 1024;

  static final int NOT_IN_BATCH = -1;

  private final @Nullable IoWatcher[] watchers = new IoWatcher[CAPACITY];
  private final int[] events = new int[CAPACITY];
  private int size;

  ReadyEvents() {}

  /**
   * Adds a watcher that is ready. If it is in the batch already, the events are added up.
   *
   * @param ready the events, as {@link IoWatcher} numbers them
   * @return false if the batch is full: the watcher is not in it, and is to be reported again
   */
  public boolean add(IoWatcher watcher, int ready) {
    if (watcher.batchIndex != NOT_IN_BATCH) {
      events[watcher.batchIndex] |= ready;
      return true;
    }
    if (isFull()) {
      return false;
    }
    watcher.batchIndex = size;
    watchers[size] = watcher;
    events[size++] = ready;
    return true;
  }

  /** How many watchers were added. */
  public int size() {
    return size;
  }

  /** Whether no more can be added. */
  public boolean isFull() {
    return size == CAPACITY;
  }

  /** The watcher at {@code index}, which leaves the batch; null if it was blanked out. */
  @Nullable IoWatcher take(int index) {
    IoWatcher watcher = watchers[index];
    if (watcher != null) {
      watcher.batchIndex = NOT_IN_BATCH;
      watchers[index] = null;
    }
    return watcher;
  }

  int events(int index) {
    return events[index];
  }

  void blank(IoWatcher watcher) {
    if (watcher.batchIndex != NOT_IN_BATCH) {
      watchers[watcher.batchIndex] = null;
      watcher.batchIndex = NOT_IN_BATCH;
    }
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      take(i);
    }
    size = 0;
  }
}
