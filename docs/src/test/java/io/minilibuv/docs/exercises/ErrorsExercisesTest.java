// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.RequestFuture;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in errors.md. */
class ErrorsExercisesTest {
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void shutDown() {
    mayEnd.countDown();
    loop.shutdown();
    pool.close();
  }

  /**
   * Exercise 1: the first runs; the others come back in the order of the cancelling, and before it.
   */
  @Test
  void onlyWhatWaitsIsTakenBack() throws InterruptedException {
    List<WorkRequest> requests = new ArrayList<>();
    for (String name : List.of("first", "second", "third")) {
      requests.add(
          WorkRequest.queue(
              loop,
              request -> {
                begun.countDown();
                mayEnd.await();
              },
              (request, status) ->
                  log.add(name + " " + (status == 0 ? "done" : UvError.errName(status)))));
    }
    begun.await();
    assertThatThrownBy(requests.get(0)::cancel)
        .isInstanceOfSatisfying(
            UvException.class, e -> assertThat(e.error()).isEqualTo(UvError.EBUSY));
    requests.get(1).cancel();
    requests.get(2).cancel();
    mayEnd.countDown();
    loop.run();
    assertThat(log).containsExactly("second ECANCELED", "third ECANCELED", "first done");
  }

  /**
   * Exercise 2: its siblings in the phase do, since what was not called comes first the next time;
   * and all phases before it. Those behind it do not: each run begins a new iteration. An exception
   * handler mends that.
   */
  @Test
  void whoThrowsAlwaysStarvesThePhasesBehind() {
    IdleHandle.init(loop).start(handle -> log.add("sibling"));
    IdleHandle.init(loop)
        .start(
            handle -> {
              throw new IllegalStateException("always");
            });
    CheckHandle.init(loop).start(handle -> log.add("check"));
    for (int i = 0; i < 4; i++) {
      try {
        loop.run(RunMode.NOWAIT);
      } catch (IllegalStateException e) {
        log.add("thrown");
      }
    }
    assertThat(log).contains("sibling", "thrown").doesNotContain("check");
    loop.setExceptionHandler((source, thrown) -> log.add("handled"));
    loop.run(RunMode.NOWAIT);
    assertThat(log).contains("handled", "check");
  }

  /** Exercise 3: then it runs, or is done, and will bring its value all the same. */
  private static <T> CompletableFuture<T> withTimeout(
      RequestFuture<T> future, Loop loop, long millis) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          handle.close();
          future.cancel(false);
        },
        millis,
        0);
    return future.whenComplete(
        (value, thrown) -> {
          if (!timer.isClosing()) {
            timer.close();
          }
        });
  }

  @Test
  void aTimeoutReachesWhatStillWaits() throws InterruptedException {
    RequestFuture<String> running =
        RequestFuture.work(
            loop,
            () -> {
              begun.countDown();
              mayEnd.await();
              return "late";
            });
    RequestFuture<String> waiting = RequestFuture.work(loop, () -> "never");
    begun.await();
    CompletableFuture<String> runs = withTimeout(running, loop, 5);
    CompletableFuture<String> waits = withTimeout(waiting, loop, 5);
    while (!waiting.isDone()) {
      loop.run(RunMode.ONCE);
    }
    assertThat(waiting).isCancelled();
    assertThat(waits).isCompletedExceptionally();
    assertThat(running).isNotDone();
    mayEnd.countDown();
    loop.run();
    assertThat(runs).isCompletedWithValue("late");
  }
}
