// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.core.Loop;
import io.minilibuv.stress.Meeting;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * {@link AsyncQueue} once more, on a real handle, with a place for each mistake that a race has to
 * find.
 */
final class FlawedQueue implements Offerable {

  /** What is wrong. */
  enum Flaw {
    /** A batch that is full leaves the rest to nobody. */
    FORGETS_THE_REST,
    /** An offer sends first, and adds its item then. */
    SENDS_BEFORE_ADDING,
    /** An offer sends only if it has found the list empty, before it added its item. */
    SENDS_IF_EMPTY_BEFORE,
    /** Close takes what is in the list, and not what was accepted. */
    CLOSES_WITHOUT_WAITING,
    /** An offer looks whether the queue is closed, and is counted in another step. */
    LOOKS_WHETHER_CLOSED
  }

  private static final long CLOSED = 1;
  private static final long ITEM = 1 << 1;

  private final AtomicLong word = new AtomicLong();
  private final Queue<Integer> items = new ConcurrentLinkedQueue<>();
  private final List<Integer> undelivered = new ArrayList<>();
  private final Flaw flaw;
  private final Consumer<Integer> consumer;
  private final int batch;
  private final AsyncHandle handle;

  private FlawedQueue(Flaw flaw, Loop loop, Consumer<Integer> consumer, int batch) {
    this.flaw = flaw;
    this.consumer = consumer;
    this.batch = batch;
    handle = AsyncHandle.init(loop, h -> deliver());
  }

  /** Makes copies with that flaw. */
  static Maker with(Flaw flaw) {
    return (loop, consumer, batch) -> new FlawedQueue(flaw, loop, consumer, batch);
  }

  @Override
  public boolean offer(int item) {
    if (!count()) {
      return false;
    }
    boolean wasEmpty = items.isEmpty();
    if (flaw == Flaw.SENDS_BEFORE_ADDING) {
      handle.send();
      items.add(item);
      return true;
    }
    items.add(item);
    if (flaw != Flaw.SENDS_IF_EMPTY_BEFORE || wasEmpty) {
      handle.send();
    }
    return true;
  }

  /** Counts an item, unless closed. */
  private boolean count() {
    long seen = word.get();
    if (flaw == Flaw.LOOKS_WHETHER_CLOSED) {
      boolean open = (seen & CLOSED) == 0;
      Meeting.spin(2);
      if (open) {
        word.getAndAdd(ITEM);
      }
      return open;
    }
    while ((seen & CLOSED) == 0) {
      if (word.compareAndSet(seen, seen + ITEM)) {
        return true;
      }
      seen = word.get();
    }
    return false;
  }

  private void deliver() {
    Integer item;
    for (int left = batch; left > 0 && (item = items.poll()) != null; left--) {
      word.getAndAdd(-ITEM);
      consumer.accept(item);
    }
    if (flaw != Flaw.FORGETS_THE_REST && !items.isEmpty()) {
      handle.send();
    }
  }

  @Override
  public void close() {
    word.getAndUpdate(seen -> seen | CLOSED);
    handle.close();
    Integer item = items.poll();
    while (item != null || (flaw != Flaw.CLOSES_WITHOUT_WAITING && isOwed())) {
      if (item != null) {
        undelivered.add(item);
      }
      item = items.poll();
    }
  }

  private boolean isOwed() {
    return undelivered.size() < word.get() / ITEM;
  }

  @Override
  public List<Integer> undelivered() {
    return undelivered;
  }
}
