// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.TimeLimit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Loops that run on threads of their own, and wait for as long as nobody wakes them. */
@ExtendWith(LeakCheck.class)
class AsyncEndToEndTest {

  @Test
  void aLoopOnAnotherThreadIsDrivenThroughItsExecutor() {
    CompletableFuture<LoopExecutor> opened = new CompletableFuture<>();
    List<String> seen = new CopyOnWriteArrayList<>();
    try (Crew crew = new Crew()) {
      Thread loopThread =
          crew.start(
              () -> {
                Loop loop = TimeLimit.on(Loop.open());
                opened.complete(LoopExecutor.init(loop));
                loop.run();
                loop.shutdown();
              });
      LoopExecutor executor = opened.join();
      Loop loop = executor.loop();
      executor.execute(() -> seen.add("task on " + Thread.currentThread().getName()));
      await().until(() -> seen.contains("task on " + loopThread.getName()));

      executor.execute(
          () -> {
            TimerHandle timer = TimerHandle.init(loop);
            timer.start(
                handle -> {
                  seen.add("timer");
                  handle.close();
                },
                1,
                0);
          });
      await().until(() -> seen.contains("timer"));

      CompletableFuture<Boolean> there =
          CompletableFuture.supplyAsync(loop::isLoopThread, executor)
              .thenApplyAsync(first -> first && loop.isLoopThread(), executor);
      assertThat(there.join()).isTrue();

      executor.execute(executor::close);
      await().until(() -> !loopThread.isAlive());
      assertThat(executor.undelivered()).isEmpty();
    }
  }

  /** What goes to and fro in plain fields: each side writes before it sends. */
  private static final class Ball {
    int toRight;
    int toLeft;
  }

  @Test
  void twoLoopsPingEachOtherThroughAsyncHandles() {
    int rounds = 10_000;
    Ball ball = new Ball();
    AtomicInteger returned = new AtomicInteger();
    CompletableFuture<AsyncHandle> left = new CompletableFuture<>();
    CompletableFuture<AsyncHandle> right = new CompletableFuture<>();
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            Loop loop = TimeLimit.on(Loop.open());
            try {
              AsyncHandle me =
                  AsyncHandle.init(
                      loop,
                      handle -> {
                        assertThat(ball.toLeft).isEqualTo(ball.toRight);
                        returned.getAndIncrement();
                        serve(ball, rounds, handle, right.join());
                      });
              left.complete(me);
              ball.toRight = 1;
              right.join().send();
              assertThat(loop.run()).isFalse();
            } finally {
              loop.shutdown();
            }
          });
      crew.start(
          () -> {
            Loop loop = TimeLimit.on(Loop.open());
            try {
              int[] expected = {0};
              AsyncHandle me =
                  AsyncHandle.init(
                      loop,
                      handle -> {
                        assertThat(ball.toRight).isEqualTo(++expected[0]);
                        ball.toLeft = ball.toRight;
                        left.join().send();
                        if (expected[0] == rounds) {
                          handle.close();
                        }
                      });
              right.complete(me);
              assertThat(loop.run()).isFalse();
              assertThat(expected[0]).isEqualTo(rounds);
            } finally {
              loop.shutdown();
            }
          });
      await().until(() -> returned.get() == rounds);
    }
  }

  private static void serve(Ball ball, int rounds, AsyncHandle from, AsyncHandle to) {
    if (ball.toLeft == rounds) {
      from.close();
      return;
    }
    ball.toRight = ball.toLeft + 1;
    to.send();
  }
}
