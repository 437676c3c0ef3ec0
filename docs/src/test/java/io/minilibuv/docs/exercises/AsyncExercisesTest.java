// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.async.AsyncQueue;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in async.md. */
class AsyncExercisesTest {
  private final Loop loop = Loop.open();
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  /**
   * Exercise 1: once, since the bit is set until the callback; then once more, since it is cleared
   * before.
   */
  @Test
  void sendsAreMergedUntilTheCallbackBegins() {
    AsyncHandle async =
        AsyncHandle.init(
            loop,
            handle -> {
              log.add("called");
              if (log.size() == 1) {
                handle.send();
                handle.send();
              }
            });
    for (int i = 0; i < 5; i++) {
      async.send();
    }
    loop.run(RunMode.NOWAIT);
    assertThat(log).hasSize(1);
    loop.run(RunMode.NOWAIT);
    loop.run(RunMode.NOWAIT);
    assertThat(log).hasSize(2);
  }

  /** Exercise 2: in the order of their making, whoever was sent to first. */
  @Test
  void handlesAreCalledInTheOrderOfTheirMaking() {
    List<AsyncHandle> handles = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      handles.add(AsyncHandle.init(loop, handle -> log.add(name)));
    }
    handles.get(2).send();
    handles.get(0).send();
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("a", "c");
  }

  /**
   * Exercise 3: at least one, as here, where all were offered before the loop looked; at most one
   * for each item, if the loop is always through with it before the next is offered. The items come
   * in the order in which they were offered, each in a call of its own.
   */
  @Test
  void aQueueLosesNothing() throws InterruptedException {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, item -> log.add("item " + item));
    Thread sender =
        new Thread(
            () -> {
              for (int i = 0; i < 1000; i++) {
                queue.offer(i);
              }
            });
    sender.start();
    sender.join();
    while (log.size() < 1000) {
      loop.run(RunMode.ONCE);
    }
    assertThat(log).hasSize(1000).startsWith("item 0", "item 1").endsWith("item 999");
  }
}
