// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.Allocations;
import io.minilibuv.testing.LeakCheck;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class AsyncAllocationTest {
  private static final int ROUNDS = 10_000;

  private int called;

  @Test
  void sendAllocatesNothing() {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Loop loop = Loop.open()) {
      AsyncHandle async = AsyncHandle.init(loop, handle -> called++);
      measure(threads, loop, async);
      long allocated = measure(threads, loop, async);
      assertThat(called).isEqualTo(2 * ROUNDS);
      // The measuring itself may cost a few bytes at first, but not in every round.
      assertThat(allocated).isLessThan(ROUNDS);
      async.close();
      loop.run();
    }
  }

  /** How many bytes the sends allocate that wake the loop, and those that are merged. */
  private static long measure(ThreadMXBean threads, Loop loop, AsyncHandle async) {
    long id = Thread.currentThread().getId();
    long allocated = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long before = threads.getThreadAllocatedBytes(id);
      async.send();
      async.send();
      allocated += threads.getThreadAllocatedBytes(id) - before;
      loop.run(RunMode.NOWAIT);
    }
    return allocated;
  }

  @Test
  void aPassOverManyHandlesAllocatesNothing() {
    try (Loop loop = Loop.open()) {
      AsyncHandle[] handles = new AsyncHandle[10_000];
      Arrays.setAll(handles, i -> AsyncHandle.init(loop, handle -> called++));
      int[] next = new int[1];
      int rounds =
          Allocations.awaitNone(
              () -> {
                // Three of them: in one word, and far apart.
                next[0] = (next[0] + 4_097) % 9_000;
                handles[next[0]].send();
                handles[next[0] + 1].send();
                handles[next[0] + 1_000 - 1].send();
                loop.run(RunMode.NOWAIT);
              });
      assertThat(called).isEqualTo(3 * rounds);
      for (AsyncHandle handle : handles) {
        handle.close();
      }
      loop.run();
    }
  }

  @Test
  void anOfferAllocatesWhatItsListDoesAndDeliveryNothing() {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Object item = new Object();
    Queue<Object> list = new ConcurrentLinkedQueue<>();
    try (Loop loop = Loop.open()) {
      AsyncQueue<Object> queue = AsyncQueue.unbounded(loop, given -> called++);
      allocatedBy(threads, () -> list.add(item));
      long byList = allocatedBy(threads, () -> list.add(item));
      allocatedBy(threads, () -> queue.offer(item));
      long byOffer = allocatedBy(threads, () -> queue.offer(item));
      assertThat(byList).isGreaterThan(8L * ROUNDS);
      assertThat(byOffer).isCloseTo(byList, within((long) ROUNDS));
      queue.setBatch(2);
      // Each delivers two, and sends for the rest.
      assertThat(allocatedBy(threads, queue::deliver)).isLessThan(ROUNDS);
      assertThat(called).isEqualTo(2 * ROUNDS);
      queue.close();
      loop.run();
    }
  }

  private static long allocatedBy(ThreadMXBean threads, Runnable action) {
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    for (int i = 0; i < ROUNDS; i++) {
      action.run();
    }
    return threads.getThreadAllocatedBytes(id) - before;
  }
}
