// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An async handle that loses no message: any thread offers items, and the loop's thread is given
 * each of them once. C has no such thing; its users keep a list and a lock beside their {@code
 * uv_async_t}.
 *
 * <p>{@link #offer} and what only tells something may be called from any thread, the rest from the
 * loop's. The items of one thread come in the order in which it offered them; those of several are
 * mixed in some order that keeps each one's own.
 *
 * <p>The items come in the poll phase, through the handle's callback, some at a time: {@link
 * #setBatch} says how many at most. The rest comes with the next poll, so that a queue which is
 * filled faster than it is emptied keeps neither timers nor other handles from their turn.
 *
 * <p>A consumer that throws loses the item that it was given and no other: the rest of the batch
 * comes with the next poll, whether the exception leaves {@link Loop#run} or goes to the loop's
 * exception handler.
 *
 * <p>When the handle is closed, by whomever, nothing is delivered any more, and what had been
 * accepted until then is handed back by {@link #undelivered}: each accepted item is either given to
 * the consumer or in that list.
 *
 * <p>It neither blocks anybody nor waits for room: a bounded queue that is full says so. It does
 * not delay or merge items.
 *
 * @param <T> what is handed over
 */
public sealed class AsyncQueue<T> extends AsyncHandle permits LoopExecutor {

  /** How many items a callback delivers at most, if {@link #setBatch} does not say otherwise. */
  public static final int DEFAULT_BATCH = 256;

  /** What became of an item that was offered. */
  public enum Offer {
    /** It will be delivered, or handed back when the handle is closed. */
    ACCEPTED,
    /** There was no room for it, and it was not taken. */
    FULL,
    /** The handle is closed or about to be, and it was not taken. */
    CLOSED
  }

  /*
   * The word. Bit 0 says that the queue is closed. The bits above count the items that were accepted
   * and that the consumer has not been given. Both being in one word, an offer is accepted or
   * refused in one step: there is no moment in which it has found the queue open and close does not
   * count it.
   *
   *   offer    adds one to the count, unless closed or full; adds the item to the list; sends.
   *   deliver  takes an item from the list; takes one from the count; gives it to the consumer.
   *   close    sets the closed bit; then waits for as many items as the count says, and keeps them.
   *
   * An item may be counted and not be in the list yet. That is the only gap, and its producer is in
   * the midst of an addition, which waits for nobody. Deliver, which finds the list empty then, just
   * returns: the producer's send comes after its addition, and so brings another callback. Close
   * waits for it, since there will be no other callback. An addition that fails, for want of memory,
   * takes its count back; so close looks at the count anew each time.
   *
   * Nothing is forgotten. What a producer had added before its send is seen by the callback that the
   * send brings, merged or not: that edge is AsyncHandle's. A callback that leaves items in the
   * list, for the batch is full or the consumer has thrown, sends for itself. One that leaves the
   * list empty leaves none that a producer has not still to send for. A send that comes too late for
   * the handle's close does nothing, and its item has been taken by close.
   *
   * Nothing comes twice or after close: only the loop's thread takes from the list, and each item
   * that it takes goes to one place. A consumer that closes its own queue leaves the list empty, and
   * no offer is accepted any more, so the batch that called it ends there by itself.
   *
   * What a producer wrote before its offer is visible to the consumer, by the list's own edge, and
   * what the consumer is given was counted before, so the count is never negative. Handing the list
   * of what is left to other threads is one volatile write, of a list that never changes again.
   */
  private static final long CLOSED = 1;

  private static final long ITEM = 1 << 1;

  /** The bound of a queue that has none: what the word can count. */
  static final long UNBOUNDED = Long.MAX_VALUE / ITEM;

  private final AtomicLong word = new AtomicLong();
  private final Queue<T> items;
  private final Consumer<? super T> consumer;
  private int batch = DEFAULT_BATCH;
  private volatile @Nullable List<T> undelivered;

  /** How many items may be accepted and not delivered. */
  final long capacity;

  AsyncQueue(Loop loop, long capacity, Consumer<? super T> consumer) {
    this(loop, capacity, consumer, new ConcurrentLinkedQueue<>());
  }

  /** Makes a queue on a list of the caller's, which tests have. */
  AsyncQueue(Loop loop, long capacity, Consumer<? super T> consumer, Queue<T> items) {
    super(loop, AsyncQueue::deliverBatch);
    this.capacity = capacity;
    this.consumer = consumer;
    this.items = items;
  }

  /**
   * Makes a queue that accepts items as long as there is memory for them. It is active, and keeps
   * its loop alive, until it is closed or {@link #unref unref'd}.
   *
   * @param consumer is given the items, on the loop's thread
   * @throws UvException EMFILE and the like: {@link AsyncHandle#init}
   */
  public static <T> AsyncQueue<T> unbounded(Loop loop, Consumer<? super T> consumer) {
    return new AsyncQueue<>(loop, UNBOUNDED, Objects.requireNonNull(consumer, "consumer"));
  }

  /**
   * Makes a queue that holds no more than {@code capacity} items at a time: {@link #unbounded}.
   *
   * @throws IllegalArgumentException if {@code capacity} is less than 1
   */
  public static <T> AsyncQueue<T> bounded(Loop loop, int capacity, Consumer<? super T> consumer) {
    return new AsyncQueue<>(
        loop, requirePositive(capacity, "capacity"), Objects.requireNonNull(consumer, "consumer"));
  }

  static int requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more: " + value);
    }
    return value;
  }

  /**
   * Hands {@code item} over to the loop's thread, if there is room for it.
   *
   * <p>Never blocks, and may be called in any state of the thread. From the loop's thread too: then
   * the item comes in a later callback, never within this call. If it is answered {@link
   * Offer#ACCEPTED}, what the caller has written before is visible to the consumer.
   *
   * <p>What an {@link AsyncObserver} throws leaves this method; the item was accepted then.
   */
  @AnyThread
  public final Offer offer(T item) {
    Objects.requireNonNull(item, "item");
    long seen;
    do {
      seen = word.get();
      if ((seen & CLOSED) != 0) {
        return Offer.CLOSED;
      }
      if (countOf(seen) >= capacity) {
        return Offer.FULL;
      }
    } while (!word.compareAndSet(seen, seen + ITEM));
    add(item);
    send();
    return Offer.ACCEPTED;
  }

  private void add(T item) {
    boolean added = false;
    try {
      items.add(item);
      added = true;
    } finally {
      if (!added) {
        word.getAndAdd(-ITEM);
      }
    }
  }

  /**
   * How many items were accepted and have not been given to the consumer; once closed, the number
   * of those that never will be. It may have changed when this returns.
   */
  @AnyThread
  public final int size() {
    return (int) Math.min(countOf(word.get()), Integer.MAX_VALUE);
  }

  /**
   * Says how many items a callback delivers before it leaves the rest to the next poll; {@link
   * #DEFAULT_BATCH} at first.
   *
   * @throws IllegalArgumentException if {@code items} is less than 1
   */
  public final void setBatch(int items) {
    checkThread();
    batch = requirePositive(items, "batch");
  }

  /**
   * The items that were accepted and not delivered, in their order, when this is closed: the same
   * list each time, which cannot be changed.
   *
   * <p>It is there as soon as {@link #close} returns, and stays when the loop is closed. Another
   * thread must know that from somewhere: the answer {@link Offer#CLOSED} may come before.
   *
   * @throws IllegalStateException if this is not closed
   */
  @AnyThread
  public final List<T> undelivered() {
    List<T> left = undelivered;
    if (left == null) {
      throw new IllegalStateException("not closed: " + this);
    }
    return left;
  }

  private static long countOf(long word) {
    return word / ITEM;
  }

  private static void deliverBatch(AsyncHandle handle) {
    ((AsyncQueue<?>) handle).deliverItems();
  }

  private void deliverItems() {
    try {
      T item;
      for (int left = batch; left > 0 && (item = items.poll()) != null; left--) {
        word.getAndAdd(-ITEM);
        consumer.accept(item);
      }
    } finally {
      if (!items.isEmpty()) {
        send();
      }
    }
  }

  /** Accepts nothing any more, and keeps what was accepted. */
  @Override
  protected final boolean onClose() {
    word.getAndUpdate(seen -> seen | CLOSED);
    boolean closed = super.onClose();
    undelivered = takeAll();
    return closed;
  }

  /** Waits for the producers that have begun, and takes as many items as were accepted. */
  private List<T> takeAll() {
    List<T> taken = new ArrayList<>(size());
    int spins = 0;
    while (taken.size() < countOf(word.get())) {
      T item = items.poll();
      if (item != null) {
        taken.add(item);
      } else {
        spinOnce(spins++);
      }
    }
    return Collections.unmodifiableList(taken);
  }
}
