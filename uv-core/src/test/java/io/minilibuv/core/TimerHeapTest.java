// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** The heap against a sorted map that is told the same. */
class TimerHeapTest extends LoopFixture {
  private record Key(long deadline, long startId) {}

  private static final Comparator<Key> FIRST_DUE =
      Comparator.<Key>comparingLong(key -> key.deadline() + Long.MIN_VALUE)
          .thenComparingLong(Key::startId);

  private final TimerHeap heap = new TimerHeap();
  private final TreeMap<Key, TimerHandle> model = new TreeMap<>(FIRST_DUE);
  private long nextId;

  private TimerHandle insert(long deadline) {
    TimerHandle timer = TimerHandle.init(loop);
    insert(timer, deadline);
    return timer;
  }

  private void insert(TimerHandle timer, long deadline) {
    timer.deadline = deadline;
    timer.startId = nextId++;
    heap.insert(timer);
    model.put(keyOf(timer), timer);
  }

  private void remove(TimerHandle timer) {
    heap.remove(timer);
    model.remove(keyOf(timer));
    assertThat(timer.place).isEqualTo(TimerHandle.NOWHERE);
  }

  private static Key keyOf(TimerHandle timer) {
    return new Key(timer.deadline, timer.startId);
  }

  private void assertSameMin() {
    assertThat(heap.isEmpty()).isEqualTo(model.isEmpty());
    assertThat(heap.min()).isSameAs(model.isEmpty() ? null : model.firstEntry().getValue());
  }

  private void popAll() {
    while (!model.isEmpty()) {
      assertSameMin();
      remove(heap.min());
    }
    assertSameMin();
  }

  @Test
  void anEmptyHeapHasNoMinimum() {
    assertThat(heap.isEmpty()).isTrue();
    assertThat(heap.min()).isNull();
  }

  @Test
  void deadlinesAreUnsigned() {
    TimerHandle never = insert(-1);
    TimerHandle beyond = insert(Long.MIN_VALUE);
    TimerHandle last = insert(Long.MAX_VALUE);
    TimerHandle first = insert(0);
    List<TimerHandle> order = new ArrayList<>();
    while (!heap.isEmpty()) {
      order.add(heap.min());
      remove(heap.min());
    }
    assertThat(order).containsExactly(first, last, beyond, never);
  }

  @Test
  void equalDeadlinesLeaveInTheOrderOfTheirStart() {
    for (int i = 0; i < 200; i++) {
      insert(i % 2 == 0 ? -1 : 5);
    }
    popAll();
  }

  @Test
  void aTimerLeavesFromEveryPlace() {
    for (int size = 1; size <= 40; size++) {
      for (int victim = 0; victim < size; victim++) {
        List<TimerHandle> timers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          timers.add(insert((i * 7L) % 11));
        }
        remove(timers.get(victim));
        popAll();
      }
    }
  }

  @Test
  void itDoesAsTheModelDoes() {
    for (long seed = 0; seed < 300; seed++) {
      try {
        play(new Random(seed), deadlines(new Random(~seed), (int) (seed % 4)));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** Many different deadlines, few, ones at both ends of the unsigned range, or mixed. */
  private static LongSupplier deadlines(Random random, int kind) {
    return switch (kind) {
      case 0 -> random::nextLong;
      case 1 -> () -> random.nextInt(4);
      case 2 -> () -> random.nextInt(5) - 2;
      default ->
          () -> random.nextBoolean() ? Long.MIN_VALUE + random.nextInt(3) - 1 : random.nextInt(9);
    };
  }

  private void play(Random random, LongSupplier deadlines) {
    List<TimerHandle> in = new ArrayList<>();
    List<TimerHandle> out = new ArrayList<>();
    int steps = 200 + random.nextInt(400);
    int growth = 4 + random.nextInt(4);
    for (int step = 0; step < steps; step++) {
      int dice = random.nextInt(10);
      if (dice < growth || in.isEmpty()) {
        TimerHandle timer = out.isEmpty() ? TimerHandle.init(loop) : out.remove(out.size() - 1);
        insert(timer, deadlines.getAsLong());
        in.add(timer);
      } else if (dice < 8) {
        TimerHandle timer = in.remove(random.nextInt(in.size()));
        remove(timer);
        out.add(timer);
      } else {
        TimerHandle timer = heap.min();
        assertSameMin();
        in.remove(timer);
        remove(timer);
        out.add(timer);
      }
      assertSameMin();
    }
    popAll();
  }
}
