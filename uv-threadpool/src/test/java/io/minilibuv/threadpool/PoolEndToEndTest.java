// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.minilibuv.async.LoopExecutor;
import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.TimeLimit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Pools and loops as programs use them: the loop runs on a thread of its own, and the test looks at
 * it from outside.
 */
@ExtendWith(LeakCheck.class)
class PoolEndToEndTest {
  private static final int WORKERS = 4;

  private final Semaphore gate = new Semaphore(0);
  private final AtomicInteger delivered = new AtomicInteger();

  /** A loop on a thread of its own, which ends when its executor is closed. */
  private static LoopExecutor runLoop(Crew crew, ThreadPool pool) {
    CompletableFuture<LoopExecutor> opened = new CompletableFuture<>();
    crew.start(
        () -> {
          Loop loop = TimeLimit.on(PoolFixture.openLoop(pool));
          opened.complete(LoopExecutor.init(loop));
          try {
            loop.run();
          } finally {
            loop.shutdown();
          }
        });
    return opened.join();
  }

  private void queueWaiting(Loop loop, WorkKind kind) {
    KindRequest.submit(loop, kind, gate::acquire, status -> delivered.getAndIncrement());
  }

  @Test
  void aSaturatedPoolHoldsUpWorkAndNotTheLoop() {
    AtomicInteger ticks = new AtomicInteger();
    try (ThreadPool pool = new ThreadPool(WORKERS);
        Crew crew = new Crew()) {
      LoopExecutor executor = runLoop(crew, pool);
      Loop loop = executor.loop();
      executor.execute(
          () -> {
            for (int i = 0; i < 2 * WORKERS; i++) {
              queueWaiting(loop, WorkKind.CPU);
            }
            TimerHandle timer = TimerHandle.init(loop);
            timer.start(handle -> ticks.getAndIncrement(), 1, 1);
          });
      await().until(() -> pool.stats().running() == WORKERS && pool.stats().queued() == WORKERS);
      int before = ticks.get();
      await().until(() -> ticks.get() > before + 10);
      assertThat(delivered).hasValue(0);
      assertThat(pool.stats().idle()).isZero();

      gate.release(2 * WORKERS);
      await().until(() -> delivered.get() == 2 * WORKERS);
      await().until(() -> pool.stats().idle() == WORKERS);
      assertThat(pool.stats().completed()).isEqualTo(2 * WORKERS);
      executor.execute(loop::stop);
    }
  }

  @Test
  void slowWorkLeavesWorkersToFastWork() {
    int slow = 100;
    int fast = 1000;
    AtomicInteger fastDelivered = new AtomicInteger();
    try (ThreadPool pool = new ThreadPool(WORKERS);
        Crew crew = new Crew()) {
      LoopExecutor executor = runLoop(crew, pool);
      Loop loop = executor.loop();
      executor.execute(
          () -> {
            for (int i = 0; i < slow; i++) {
              queueWaiting(loop, WorkKind.SLOW_IO);
            }
            for (int i = 0; i < fast; i++) {
              KindRequest.submit(
                  loop, WorkKind.FAST_IO, () -> {}, status -> fastDelivered.getAndIncrement());
            }
          });
      await().until(() -> fastDelivered.get() == fast);
      await().until(() -> pool.stats().idle() == WORKERS / 2);
      PoolStats stats = pool.stats();
      assertThat(stats.running(WorkKind.SLOW_IO)).isEqualTo(WORKERS / 2);
      assertThat(stats.slowQueued()).isEqualTo(slow - WORKERS / 2);
      assertThat(stats.queued()).isZero();
      assertThat(stats.completed()).isEqualTo(fast);
      assertThat(delivered).hasValue(0);

      gate.release(slow);
      await().until(() -> delivered.get() == slow);
      executor.execute(loop::stop);
    }
  }

  @Test
  void anotherThreadSubmitsThroughTheLoopsExecutor() {
    try (ThreadPool pool = new ThreadPool(1);
        Crew crew = new Crew()) {
      LoopExecutor executor = runLoop(crew, pool);
      Loop loop = executor.loop();
      assertThatIllegalStateException()
          .isThrownBy(() -> WorkRequest.queue(loop, request -> {}, null))
          .withMessageContaining(Thread.currentThread().getName())
          .withMessageContaining("crew-0")
          .withMessageContaining("LoopExecutor.execute");

      CompletableFuture<String> answer = new CompletableFuture<>();
      executor.execute(() -> askAWorker(loop, answer));
      assertThat(answer.join()).matches("libuv-pool-\\d+-worker-1, then crew-0");
      executor.execute(executor::close);
    }
  }

  private static void askAWorker(Loop loop, CompletableFuture<String> answer) {
    CompletableFuture<Boolean> last =
        RequestFuture.work(loop, () -> Thread.currentThread().getName())
            .thenApply(worker -> worker + ", then " + Thread.currentThread().getName())
            .thenApply(answer::complete);
    assertThat(last).isNotDone();
  }

  /** Two loops of one pool, each of which has the other work for it. */
  @Test
  void twoLoopsPingEachOtherThroughTheirPool() {
    int rounds = 2_000;
    AtomicInteger turns = new AtomicInteger();
    try (ThreadPool pool = new ThreadPool(2);
        Crew crew = new Crew()) {
      LoopExecutor left = runLoop(crew, pool);
      LoopExecutor right = runLoop(crew, pool);
      ping(left, right, 0, rounds, turns);
      await().until(() -> turns.get() == rounds);
      left.execute(left::close);
      right.execute(right::close);
    }
  }

  private static void ping(
      LoopExecutor here, LoopExecutor there, int turn, int rounds, AtomicInteger turns) {
    if (turn == rounds) {
      return;
    }
    here.execute(
        () ->
            WorkRequest.queue(
                here.loop(),
                request -> {},
                (request, status) -> {
                  assertThat(here.loop().isLoopThread()).isTrue();
                  turns.getAndIncrement();
                  ping(there, here, turn + 1, rounds, turns);
                }));
  }

  /** The loop shuts down while others submit to it, and its pool is full. */
  @Test
  void aShutdownUnderLoadLosesNothing() {
    AtomicInteger submitted = new AtomicInteger();
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger worked = new AtomicInteger();
    AtomicInteger cancelled = new AtomicInteger();
    try (ThreadPool pool = new ThreadPool(2);
        Crew crew = new Crew()) {
      LoopExecutor executor = runLoop(crew, pool);
      Loop loop = executor.loop();
      Runnable submit =
          () -> {
            submitted.getAndIncrement();
            WorkRequest.queue(
                loop,
                request -> worked.getAndIncrement(),
                (request, status) -> {
                  answered.getAndIncrement();
                  cancelled.addAndGet(status == 0 ? 0 : 1);
                });
          };
      for (int i = 0; i < 3; i++) {
        crew.start(
            () -> {
              while (executor.offer(submit) == LoopExecutor.Offer.ACCEPTED) {
                // As fast as it goes, until the loop is shut down.
              }
            });
      }
      await().until(() -> worked.get() > 1000);
      executor.execute(loop::stop);
      crew.join();
      assertThat(answered).hasValue(submitted.get());
      assertThat(worked.get() + cancelled.get()).isEqualTo(submitted.get());
      await().until(() -> pool.stats().running() == 0);
      PoolStats stats = pool.stats();
      assertThat(stats.queued()).isZero();
      assertThat(stats.completed()).isEqualTo(worked.get());
      assertThat(stats.cancelled()).isEqualTo(cancelled.get());
    }
  }

  /** A pool that is closed under load does what it has, and refuses the rest. */
  @Test
  void aPoolThatIsClosedUnderLoadGivesEverythingBack() {
    AtomicInteger submitted = new AtomicInteger();
    ThreadPool pool = new ThreadPool(2);
    try (Crew crew = new Crew()) {
      LoopExecutor executor = runLoop(crew, pool);
      Loop loop = executor.loop();
      CompletableFuture<String> refused = new CompletableFuture<>();
      Runnable submit =
          () -> {
            try {
              WorkRequest.queue(loop, work -> {}, (work, status) -> delivered.getAndIncrement());
              submitted.getAndIncrement();
            } catch (IllegalStateException e) {
              refused.complete(e.getMessage());
            }
          };
      crew.start(
          () -> {
            while (!refused.isDone()) {
              executor.execute(submit);
            }
          });
      await().until(() -> delivered.get() > 1000);
      pool.close();
      assertThat(refused.join()).contains("closed");
      await().until(() -> delivered.get() == submitted.get());
      executor.execute(loop::stop);
    }
  }
}
