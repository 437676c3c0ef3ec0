// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of work, and slow IO that must not take all workers. */
@ExtendWith(LeakCheck.class)
class SlowIoTest {
  private final Semaphore mayEnd = new Semaphore(0);
  private final AtomicInteger running = new AtomicInteger();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private int done;

  private void submitSlow(Loop loop) {
    KindRequest.submit(
        loop,
        WorkKind.SLOW_IO,
        () -> {
          running.incrementAndGet();
          mayEnd.acquire();
          running.decrementAndGet();
        },
        status -> done++);
  }

  private void submitNamed(Loop loop, WorkKind kind, String name) {
    KindRequest.submit(loop, kind, () -> order.add(name), status -> done++);
  }

  /** Keeps the only worker busy until the latch is counted down, once it runs. */
  private static CountDownLatch block(Loop loop) {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    KindRequest.submit(
        loop,
        WorkKind.CPU,
        () -> {
          entered.countDown();
          gate.await();
        },
        status -> {});
    Crew.awaitLatch(entered);
    return gate;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "5, 3", "8, 4"})
  void halfOfTheWorkersRoundedUpDoSlowWork(int workers, int threshold) {
    try (ThreadPool pool = new ThreadPool(workers);
        Loop loop = PoolFixture.openLoop(pool)) {
      for (int i = 0; i < workers + 3; i++) {
        submitSlow(loop);
      }
      // The others sleep, although the message for slow work is in the queue.
      PoolState saturated =
          new PoolState(workers, workers - threshold, 0, workers + 3 - threshold, threshold);
      PoolFixture.await(() -> pool.state().equals(saturated) && running.get() == threshold);

      mayEnd.release(workers + 3);
      loop.run();
      assertThat(done).isEqualTo(workers + 3);
      PoolFixture.await(() -> pool.state().equals(new PoolState(workers, workers, 0, 0, 0)));
    }
  }

  @Test
  void otherWorkGoesOnWhileSlowWorkWaits() {
    try (ThreadPool pool = new ThreadPool(2);
        Loop loop = PoolFixture.openLoop(pool)) {
      for (int i = 0; i < 4; i++) {
        submitSlow(loop);
      }
      PoolFixture.await(() -> running.get() == 1 && pool.state().idle() == 1);
      submitNamed(loop, WorkKind.CPU, "cpu");
      submitNamed(loop, WorkKind.FAST_IO, "fast");
      PoolFixture.await(() -> order.size() == 2);
      assertThat(order).containsExactly("cpu", "fast");
      assertThat(running).hasValue(1);
      mayEnd.release(4);
      loop.run();
      assertThat(done).isEqualTo(6);
    }
  }

  @Test
  void cpuAndFastIoAreOneQueueInOrder() {
    try (ThreadPool pool = new ThreadPool(1);
        Loop loop = PoolFixture.openLoop(pool)) {
      CountDownLatch gate = block(loop);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        submitNamed(loop, i % 3 == 0 ? WorkKind.CPU : WorkKind.FAST_IO, "work " + i);
        expected.add("work " + i);
      }
      gate.countDown();
      loop.run();
      assertThat(order).isEqualTo(expected);
    }
  }

  @Test
  void slowWorkGetsOneTurnAndThenWaitsBehindAllOthers() {
    try (ThreadPool pool = new ThreadPool(1);
        Loop loop = PoolFixture.openLoop(pool)) {
      CountDownLatch gate = block(loop);
      submitNamed(loop, WorkKind.SLOW_IO, "slow 1");
      submitNamed(loop, WorkKind.SLOW_IO, "slow 2");
      submitNamed(loop, WorkKind.CPU, "cpu 1");
      submitNamed(loop, WorkKind.SLOW_IO, "slow 3");
      submitNamed(loop, WorkKind.FAST_IO, "fast 2");
      gate.countDown();
      loop.run();
      assertThat(order).containsExactly("slow 1", "cpu 1", "fast 2", "slow 2", "slow 3");
    }
  }

  @Test
  void aMessageForSlowWorkThatWasCancelledIsDropped() {
    try (ThreadPool pool = new ThreadPool(1);
        Loop loop = PoolFixture.openLoop(pool)) {
      CountDownLatch gate = block(loop);
      List<KindRequest> slow =
          IntStream.range(0, 3)
              .mapToObj(
                  i ->
                      KindRequest.submit(
                          loop, WorkKind.SLOW_IO, () -> order.add("never"), status -> done++))
              .toList();
      submitNamed(loop, WorkKind.CPU, "cpu");
      slow.forEach(KindRequest::cancel);
      gate.countDown();
      loop.run();
      assertThat(order).containsExactly("cpu");
      assertThat(done).isEqualTo(4);
      submitNamed(loop, WorkKind.SLOW_IO, "slow");
      loop.run();
      assertThat(order).containsExactly("cpu", "slow");
      PoolFixture.await(() -> pool.state().equals(new PoolState(1, 1, 0, 0, 0)));
    }
  }

  @Test
  void slowWorkCountsAsRunningUntilItsCompletionIsPosted() {
    List<PoolState> atFinish = new CopyOnWriteArrayList<>();
    try (ThreadPool pool = new ThreadPool(2);
        Loop loop = PoolFixture.openLoop(pool)) {
      loop.setObserver(
          new PoolObserver() {
            @Override
            public void workFinished(Loop of, PoolRequest request, Thread worker, int undelivered) {
              atFinish.add(pool.state());
            }
          });
      submitNamed(loop, WorkKind.SLOW_IO, "slow");
      loop.run();
      assertThat(atFinish).extracting(PoolState::slowRunning).containsExactly(1);
    }
  }
}
