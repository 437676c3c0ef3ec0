// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.LoopExecutor;
import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in node.md. */
class NodeExercisesTest {
  private final Loop loop = Loop.open(new LoopOptions().clock(new ManualClock()));
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  /**
   * Exercise 1. The check handle is always started, and would keep the loop for ever. The idle
   * handle is started only while there is something to do: it keeps the loop alive, and from
   * sleeping.
   */
  private static final class Immediates {
    private final IdleHandle idle;
    private List<Runnable> waiting = new ArrayList<>();

    Immediates(Loop loop) {
      idle = IdleHandle.init(loop);
      CheckHandle check = CheckHandle.init(loop);
      check.start(handle -> run());
      check.unref();
    }

    void setImmediate(Runnable action) {
      waiting.add(action);
      idle.start(handle -> {});
    }

    /** What an immediate asks for comes in the next iteration. */
    private void run() {
      List<Runnable> now = waiting;
      waiting = new ArrayList<>();
      now.forEach(Runnable::run);
      if (waiting.isEmpty()) {
        idle.stop();
      }
    }
  }

  @Test
  void immediatesComeOnceAnIterationAndKeepTheLoopOnlyWhileThereAreSome() {
    Immediates immediates = new Immediates(loop);
    immediates.setImmediate(
        () -> {
          log.add("one, iteration " + loop.metrics().loopCount());
          immediates.setImmediate(() -> log.add("two, iteration " + loop.metrics().loopCount()));
        });
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("one, iteration 1", "two, iteration 2");
  }

  /**
   * Exercise 2. All timers of one duration are due in the order of their start, so that a list is
   * enough for them; to start and to stop one is O(1). It is better than a heap while there are few
   * durations, as in a server with one timeout for all its connections.
   */
  private static final class Timeouts {
    private record Timeout(long due, Runnable action) {}

    private final Loop loop;
    private final TimerHandle timer;
    private final Map<Long, Queue<Timeout>> lists = new HashMap<>();

    Timeouts(Loop loop) {
      this.loop = loop;
      this.timer = TimerHandle.init(loop);
    }

    void setTimeout(Runnable action, long millis) {
      lists
          .computeIfAbsent(millis, duration -> new ArrayDeque<>())
          .add(new Timeout(loop.now() + millis, action));
      arm();
    }

    private void arm() {
      lists.values().stream()
          .filter(list -> !list.isEmpty())
          .mapToLong(list -> list.element().due)
          .min()
          .ifPresentOrElse(
              due -> timer.start(handle -> run(), Math.max(0, due - loop.now()), 0), timer::stop);
    }

    private void run() {
      for (Queue<Timeout> list : List.copyOf(lists.values())) {
        while (!list.isEmpty() && list.element().due <= loop.now()) {
          list.remove().action.run();
        }
      }
      arm();
    }
  }

  @Test
  void oneHandleServesAllTimeouts() {
    Timeouts timeouts = new Timeouts(loop);
    long begin = loop.now();
    for (long millis : new long[] {100, 50, 100, 1}) {
      timeouts.setTimeout(() -> log.add(millis + " at " + (loop.now() - begin)), millis);
    }
    loop.run();
    assertThat(log).containsExactly("1 at 1", "50 at 50", "100 at 100", "100 at 100");
  }

  /**
   * Exercise 3. Stages without Async run within the callback that has completed the future: nobody
   * else has a turn before the chain is done. Each thenRunAsync on the loop's executor is a task of
   * its own; and if the executor runs only one in a batch, the others wait for later polls.
   */
  @Test
  void aChainStarvesTimersUnlessItGoesThroughTheLoop() {
    LoopExecutor executor = LoopExecutor.init(loop);
    executor.setBatch(1);
    for (boolean async : new boolean[] {false, true}) {
      TimerHandle timer = TimerHandle.init(loop);
      timer.start(
          handle -> {
            log.add("timer");
            handle.close();
          },
          0,
          0);
      CompletableFuture<Void> chain = new CompletableFuture<>();
      CompletableFuture<Void> last = chain;
      for (int i = 1; i <= 3; i++) {
        String name = "stage " + i;
        Runnable stage = () -> log.add(name);
        last = async ? last.thenRunAsync(stage, executor) : last.thenRun(stage);
      }
      executor.execute(() -> chain.complete(null));
      CompletableFuture<Void> end = last;
      while (!end.isDone() || timer.isActive()) {
        loop.run(RunMode.ONCE);
      }
      log.add("/");
    }
    executor.close();
    assertThat(log.subList(0, 5)).containsExactly("stage 1", "stage 2", "stage 3", "timer", "/");
    assertThat(log.subList(5, 10)).containsExactly("timer", "stage 1", "stage 2", "stage 3", "/");
  }
}
