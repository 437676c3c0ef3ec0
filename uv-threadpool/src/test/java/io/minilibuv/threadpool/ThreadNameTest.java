// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.testing.LeakCheck;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The thread pool's part of {@code test/test-thread-name.c}. */
@ExtendWith(LeakCheck.class)
class ThreadNameTest {
  private int done;

  @Test
  void threadNameThreadpool() {
    int workers = ThreadPool.shared().size();
    Set<String> names = new ConcurrentSkipListSet<>();
    // Each waits for all the others: so each is on a worker of its own.
    CountDownLatch allRun = new CountDownLatch(workers);
    try (Loop loop = Loop.open()) {
      for (int i = 0; i < workers; i++) {
        WorkRequest.queue(
            loop,
            request -> {
              names.add(Thread.currentThread().getName());
              allRun.countDown();
              allRun.await();
            },
            (request, status) -> {
              assertThat(status).isZero();
              done++;
            });
      }
      loop.run();
    }
    Set<String> expected = new TreeSet<>();
    for (int i = 1; i <= workers; i++) {
      expected.add("libuv-worker-" + i);
    }
    assertThat(done).isEqualTo(workers);
    assertThat(names).isEqualTo(expected);
  }
}
