// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.Stress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Producers against queues that are closed under their hands, each followed by a new one: what was
 * accepted is delivered or handed back, once, and in each producer's order over all queues.
 */
@ExtendWith(LeakCheck.class)
class AsyncQueueStressTest {
  private static final int PRODUCERS = 8;
  private static final int ITEMS = Stress.size(20_000, 1_000_000);
  private static final int CAPACITY = 64;
  private static final int ITEMS_OF_A_QUEUE = 100;

  /** How many items of an unbounded queue make producers wait by themselves, to meet the loop. */
  private static final int LEAD = 200;

  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(Stress.size(30, 100));

  /** What is handed over. Plain fields: the queue must make them visible. */
  private static final class Item {
    int producer;
    int number;
  }

  private final Loop loop = Loop.open();
  private final int[] last = new int[PRODUCERS];
  private final long deadline = System.nanoTime() + GIVE_UP_NANOS;
  private volatile AsyncQueue<Item> current;
  private volatile boolean gaveUp;
  private int deliveredByCurrent;
  private long delivered;
  private long handedBack;
  private long queues;

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  private AsyncQueue<Item> unbounded(Consumer<Item> consumer) {
    return AsyncQueue.unbounded(loop, consumer);
  }

  private AsyncQueue<Item> bounded(Consumer<Item> consumer) {
    return AsyncQueue.bounded(
        loop,
        CAPACITY,
        item -> {
          assertThat(current.size()).isLessThanOrEqualTo(CAPACITY);
          consumer.accept(item);
        });
  }

  /** Makes a queue that gives its items to a consumer. */
  @FunctionalInterface
  private interface Maker {
    AsyncQueue<Item> make(Consumer<Item> consumer);
  }

  @Test
  void anUnboundedQueueLosesNothing() {
    exchange(this::unbounded);
  }

  @Test
  void aBoundedQueueLosesNothing() {
    exchange(this::bounded);
  }

  private void exchange(Maker maker) {
    TimerHandle tick = TimerHandle.init(loop);
    tick.start(handle -> {}, 1, 1);
    makeNext(maker);
    try (Crew crew = new Crew()) {
      for (int i = 0; i < PRODUCERS; i++) {
        int producer = i;
        crew.start(() -> produce(producer));
      }
      try {
        while (delivered + handedBack < (long) PRODUCERS * ITEMS) {
          assertThat(System.nanoTime()).as("an item was lost").isLessThan(deadline);
          loop.run(RunMode.ONCE);
          replaceNowAndThen(maker);
        }
      } finally {
        gaveUp = true;
      }
    }
    current.close();
    assertThat(current.undelivered()).isEmpty();
    assertThat(last).containsOnly(ITEMS);
    assertThat(delivered + handedBack).isEqualTo((long) PRODUCERS * ITEMS);
    assertThat(delivered).isPositive();
    assertThat(queues).isGreaterThan(100);
  }

  /** Every queue is closed by its consumer in the midst of a batch, or after a poll. */
  private void replaceNowAndThen(Maker maker) {
    AsyncQueue<Item> queue = current;
    if (!queue.isClosing() && deliveredByCurrent >= ITEMS_OF_A_QUEUE / 2 && queues % 2 == 0) {
      queue.close();
    }
    if (queue.isClosing()) {
      for (Item item : queue.undelivered()) {
        check(item);
        handedBack++;
      }
      makeNext(maker);
    }
  }

  private void makeNext(Maker maker) {
    queues++;
    deliveredByCurrent = 0;
    current = maker.make(this::deliver);
  }

  private void deliver(Item item) {
    assertThat(current.isClosing()).as("delivered after close").isFalse();
    check(item);
    delivered++;
    if (++deliveredByCurrent == ITEMS_OF_A_QUEUE) {
      current.close();
    }
  }

  private void check(Item item) {
    int before = last[item.producer]++;
    if (item.number != before + 1) {
      throw new AssertionError(item.producer + ": " + item.number + " came after " + before);
    }
  }

  private void produce(int producer) {
    for (int number = 1; number <= ITEMS; ) {
      AsyncQueue<Item> to = current;
      while (to == current && to.size() > LEAD) {
        giveWay();
      }
      Item item = new Item();
      item.producer = producer;
      item.number = number;
      switch (to.offer(item)) {
        case ACCEPTED -> number++;
        case FULL -> giveWay();
        case CLOSED -> awaitNext(to);
      }
    }
  }

  private void awaitNext(AsyncQueue<Item> closed) {
    while (current == closed) {
      giveWay();
    }
  }

  // The loop has something to do first.
  @SuppressWarnings("ThreadPriorityCheck")
  private void giveWay() {
    if (gaveUp) {
      throw new AssertionError("the loop has given up");
    }
    Thread.yield();
  }
}
