// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.Request;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loop with a pool of its own, which ends with the test. */
@ExtendWith(LeakCheck.class)
abstract class PoolFixture {
  static final int ECANCELED = UvError.ECANCELED.code();

  final ThreadPool pool;
  final Loop loop;

  /** What happened, on the loop's thread. */
  final List<String> seen = new ArrayList<>();

  private final Semaphore pause = new Semaphore(0);
  private int paused;

  PoolFixture(int workers) {
    this(workers, new LoopOptions());
  }

  PoolFixture(int workers, LoopOptions options) {
    pool = new ThreadPool(workers);
    loop = Loop.open(options.with(ThreadPool.OF_LOOP, pool));
  }

  static Loop openLoop(ThreadPool pool) {
    return Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  }

  @AfterEach
  void shutDown() {
    unblock();
    loop.shutdown();
    pool.close();
  }

  /** Gives every worker something to wait at ({@code saturate_threadpool}). */
  void saturate() {
    CountDownLatch running = new CountDownLatch(pool.size());
    for (int i = 0; i < pool.size(); i++) {
      paused++;
      WorkRequest.queue(
          loop,
          request -> {
            running.countDown();
            pause.acquireUninterruptibly();
          },
          null);
    }
    Crew.awaitLatch(running);
  }

  /** Lets the workers go on ({@code unblock_threadpool}). */
  void unblock() {
    pause.release(paused);
    paused = 0;
  }

  /** Waits until all that was queued is done and given to the loop. */
  void awaitIdle() {
    // A worker that was signalled counts as idle until it runs; its request is queued until then.
    PoolState idle = new PoolState(pool.size(), pool.size(), 0, 0, 0);
    await(() -> pool.state().equals(idle));
  }

  /** Queues work that does nothing, and whose end is seen by name. */
  WorkRequest queue(String name) {
    return WorkRequest.queue(loop, request -> {}, (request, status) -> see(name, status));
  }

  /** The same, done before this returns, but not called back. */
  WorkRequest queueAndFinish(String name) {
    WorkRequest request = queue(name);
    awaitIdle();
    return request;
  }

  void see(String name, int status) {
    seen.add(status == 0 ? name : name + " " + UvError.errName(status));
  }

  /** Waits for what another thread is about to do. */
  static void await(Callable<Boolean> condition) {
    Awaitility.with()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .await()
        .atMost(Duration.ofSeconds(60))
        .until(condition);
  }

  static void assertBusy(Request request) {
    assertThatThrownBy(request::cancel)
        .isInstanceOfSatisfying(
            UvException.class,
            e -> {
              if (e.error() != UvError.EBUSY) {
                throw new AssertionError(e);
              }
            });
  }
}
