// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.threadpool.RequestFuture;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in threadpool.md. */
class ThreadPoolExercisesTest {
  private final ThreadPool pool = new ThreadPool(2);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
    pool.close();
  }

  /** Exercise 1: in the order in which they are done, which need not be that of the queueing. */
  @Test
  void callbacksComeInTheOrderInWhichWorkIsDone() {
    CountDownLatch secondIsDone = new CountDownLatch(1);
    WorkRequest.queue(loop, request -> secondIsDone.await(), (request, status) -> log.add("first"));
    WorkRequest.queue(
        loop,
        request -> {},
        (request, status) -> {
          log.add("second");
          secondIsDone.countDown();
        });
    loop.run();
    assertThat(log).containsExactly("second", "first");
  }

  /** With one thread the second never begins, and the first waits for ever: unless one lets go. */
  @Test
  void withOneThreadWorkCannotWaitForWhatIsBehindIt() throws InterruptedException {
    CountDownLatch firstHasBegun = new CountDownLatch(1);
    CountDownLatch secondIsDone = new CountDownLatch(1);
    try (ThreadPool single = new ThreadPool(1);
        Loop onIt = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, single))) {
      WorkRequest.queue(
          onIt,
          request -> {
            firstHasBegun.countDown();
            secondIsDone.await();
          },
          (request, status) -> log.add("first"));
      WorkRequest second =
          WorkRequest.queue(
              onIt,
              request -> log.add("never"),
              (request, status) -> {
                log.add("second " + UvError.errName(status));
                secondIsDone.countDown();
              });
      firstHasBegun.await();
      second.cancel();
      onIt.run();
    }
    assertThat(log).containsExactly("second ECANCELED", "first");
  }

  /** Exercise 2: the request is not active any more when it calls back. */
  @Test
  void inItsLastCallbackALoopIsNotAlive() {
    WorkRequest.queue(loop, request -> {}, (request, status) -> log.add("" + loop.isAlive()));
    loop.run();
    assertThat(log).containsExactly("false");
  }

  /** Exercise 3: no more than {@code most} pieces of work at once; each end begins the next. */
  private static <T> List<CompletableFuture<?>> forEach(
      Loop loop, List<? extends Callable<T>> work, int most, List<T> results) {
    List<CompletableFuture<?>> ends = new ArrayList<>();
    int[] next = {0};
    Runnable[] begin = new Runnable[1];
    begin[0] =
        () -> {
          if (next[0] < work.size()) {
            RequestFuture<T> future = RequestFuture.work(loop, work.get(next[0]++));
            ends.add(
                future.thenAccept(results::add).whenComplete((done, thrown) -> begin[0].run()));
          }
        };
    for (int i = 0; i < most; i++) {
      begin[0].run();
    }
    return ends;
  }

  @Test
  void aBoundLeavesRoomForOthers() {
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      work.add(() -> number);
    }
    List<Integer> results = new ArrayList<>();
    List<CompletableFuture<?>> ends = forEach(loop, work, 1, results);
    while (loop.run(RunMode.ONCE)) {
      assertThat(pool.stats().queued() + pool.stats().running()).isLessThanOrEqualTo(2);
    }
    assertThat(ends).hasSize(100).allMatch(CompletableFuture::isDone);
    assertThat(results).hasSize(100).startsWith(0, 1, 2);
  }
}
