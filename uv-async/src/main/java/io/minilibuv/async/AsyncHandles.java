// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The async handles of one loop in their order, and which of them were sent to ({@code
 * loop->async_handles}).
 *
 * <p>Each has a place in an array. {@link #sent} is for any thread, the rest for the loop's.
 */
final class AsyncHandles {
  /*
   * C has a list, and a wake-up goes through all of it to find those that are pending: its cost grows
   * with the handles that a loop has, and not with those that were sent to. Here the places that
   * were sent to are a set of bits, and a pass goes from one to the next, in the same order.
   *
   * A bit says where to look. Whether a handle is pending is in its own word, and nowhere else; a
   * bit too many is taken out when it is come by. So only one too few is to be excluded. Who makes a
   * handle pending sets its bit after that, and wakes the loop up after that again. A pass takes the
   * bit out before the handle's pending, and so takes none away whose sender has still to be
   * served. It begins after the wake-up was drained: a bit that is set behind its back is followed
   * by another wake-up.
   *
   * A handle gets another place when one is put in before it, or when too many places are empty.
   * A sender may have read the old one. It has made the handle pending before it read the place,
   * and the loop gives the new place before it looks whether the handle is pending; so if the sender
   * was too early to see the new place, the loop sees that it is pending, and sets the bit itself.
   */
  private static final int SMALLEST = 16;

  private volatile SentBits[] sets = {new SentBits()};
  private @Nullable AsyncHandle[] handles = new AsyncHandle[SMALLEST];

  /** Places that are given away or were: those from here on are free. */
  private int size;

  private int count;

  /** Handles that are to come before the one that is at a place now, the earlier ones first. */
  private final List<Waiting> waiting = new ArrayList<>();

  private record Waiting(AsyncHandle handle, int before) {}

  /** Adds {@code handle} as the last. */
  void add(AsyncHandle handle) {
    if (size == handles.length) {
      makeRoom();
    }
    count++;
    place(handle, size++);
  }

  private void makeRoom() {
    handles = Arrays.copyOf(handles, 2 * size);
    makeSets();
  }

  /** Has a bit for each place, before anybody is given one. */
  private void makeSets() {
    int needed = Math.max(1, handles.length / SentBits.SIZE);
    if (needed <= sets.length) {
      return;
    }
    SentBits[] more = Arrays.copyOf(sets, needed);
    for (int i = sets.length; i < needed; i++) {
      more[i] = new SentBits();
    }
    sets = more;
  }

  private void place(AsyncHandle handle, int place) {
    handles[place] = handle;
    handle.place = place;
    if (handle.isPending()) {
      sent(handle);
    }
  }

  /**
   * Has {@code handle}, the last one, come before what is at {@code before}, by {@link #tidy}, and
   * behind those that are to come there already.
   */
  void moveLater(AsyncHandle handle, int before) {
    waiting.add(new Waiting(handle, before));
  }

  /** Has {@code handle}, the last one, come before all others, by {@link #tidy}. */
  void moveToFrontLater(AsyncHandle handle) {
    waiting.removeIf(moved -> moved.handle() == handle);
    waiting.add(0, new Waiting(handle, 0));
  }

  /** Moves those that are to be moved, and fills gaps if there are many. Not during a pass. */
  void tidy() {
    boolean sparse = size > SMALLEST && count <= size / 2;
    if (sparse || !waiting.isEmpty()) {
      placeAnew();
    }
  }

  private void placeAnew() {
    waiting.removeIf(moved -> !holds(moved.handle()));
    waiting.forEach(moved -> handles[moved.handle().place] = null);
    waiting.sort(Comparator.comparingInt(Waiting::before));
    @Nullable AsyncHandle[] old = handles;
    int end = size;
    handles = new AsyncHandle[Math.max(SMALLEST, Integer.highestOneBit(count) * 2)];
    makeSets();
    size = 0;
    int next = 0;
    for (int place = 0; place < end; place++) {
      for (; next < waiting.size() && waiting.get(next).before() == place; next++) {
        place(waiting.get(next).handle(), size++);
      }
      AsyncHandle handle = old[place];
      if (handle != null) {
        place(handle, size++);
      }
    }
    waiting.clear();
  }

  /** Whether {@code handle} has its place, and was not removed. */
  boolean holds(AsyncHandle handle) {
    int place = handle.place;
    return place < size && handles[place] == handle;
  }

  void remove(AsyncHandle handle) {
    if (holds(handle)) {
      handles[handle.place] = null;
      count--;
    }
  }

  /** The place behind the last handle. */
  int end() {
    return size;
  }

  /** {@code handle} has become pending. From any thread. */
  // @start region="sent"
  void sent(AsyncHandle handle) {
    int place = handle.place;
    sets[place / SentBits.SIZE].add(place % SentBits.SIZE);
  }

  // @end region="sent"

  /**
   * The first handle that is pending, of those from place {@code from} up to {@code end}, or null.
   * Its bit is taken out: the caller sees to it that it is called.
   */
  // @start region="take_sent"
  @Nullable AsyncHandle takeSent(int from, int end) {
    SentBits[] all = sets;
    int place = from;
    while (place < end) {
      int set = place / SentBits.SIZE;
      int found = all[set].looksEmpty() ? -1 : all[set].next(place % SentBits.SIZE);
      if (found < 0) {
        place = (set + 1) * SentBits.SIZE;
        continue;
      }
      place = set * SentBits.SIZE + found;
      if (place >= end) {
        return null;
      }
      all[set].remove(found);
      AsyncHandle handle = handles[place];
      if (handle != null && handle.isPending()) {
        return handle;
      }
      place++;
    }
    return null;
  }

  // @end region="take_sent"

  /** Whether any handle is pending. */
  boolean hasSent() {
    AsyncHandle first = takeSent(0, size);
    if (first != null) {
      sent(first);
    }
    return first != null;
  }

  void forEach(Consumer<AsyncHandle> visitor) {
    for (int place = 0; place < size; place++) {
      AsyncHandle handle = handles[place];
      if (handle != null) {
        visitor.accept(handle);
      }
    }
  }
}
