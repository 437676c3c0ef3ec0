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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in node.md. */
class NodeExercisesTest {
  private final ManualClock clock = new ManualClock();
  private final Loop loop = Loop.open(new LoopOptions().clock(clock));
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
   *
   * <p>No time is 1 ms, as in Node: what a callback starts is never due in the same pass, which so
   * comes to an end. The list whose first is due first has the first turn, and keeps it for all of
   * its timers that are due. Node finds that list by a heap of lists, here all are looked at.
   */
  private static final class Timeouts {
    private record Timeout(long due, Runnable action) {}

    private final Loop loop;
    private final TimerHandle timer;
    private final Map<Long, Queue<Timeout>> lists = new LinkedHashMap<>();

    Timeouts(Loop loop) {
      this.loop = loop;
      this.timer = TimerHandle.init(loop);
    }

    void setTimeout(Runnable action, long millis) {
      long duration = Math.max(1, millis);
      lists
          .computeIfAbsent(duration, none -> new ArrayDeque<>())
          .add(new Timeout(loop.now() + duration, action));
      arm();
    }

    private void arm() {
      first()
          .ifPresentOrElse(
              list -> {
                long wait = list.element().due - loop.now();
                timer.start(handle -> run(), Math.max(0, wait), 0);
              },
              timer::stop);
    }

    private void run() {
      long now = loop.now();
      Optional<Queue<Timeout>> list = first();
      while (list.isPresent() && isDue(list.get(), now)) {
        while (isDue(list.get(), now)) {
          list.get().remove().action.run();
        }
        list = first();
      }
      arm();
    }

    private static boolean isDue(Queue<Timeout> list, long now) {
      return !list.isEmpty() && list.element().due <= now;
    }

    private Optional<Queue<Timeout>> first() {
      return lists.values().stream()
          .filter(list -> !list.isEmpty())
          .min(Comparator.comparingLong(list -> list.element().due));
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

  @Test
  void aTimeoutOfNoTimeThatStartsItselfLetsTheLoopGoOn() {
    Timeouts timeouts = new Timeouts(loop);
    long begin = loop.now();
    startAgain(timeouts, begin, 3);
    loop.run();
    assertThat(log).containsExactly("at 1", "at 2", "at 3");
  }

  private void startAgain(Timeouts timeouts, long begin, int times) {
    Runnable action =
        () -> {
          log.add("at " + (loop.now() - begin));
          startAgain(timeouts, begin, times - 1);
        };
    if (times > 0) {
      timeouts.setTimeout(action, 0);
    }
  }

  /** In a loop that is late; their durations are in none of the orders that a hash would give. */
  @Test
  void theListThatIsDueFirstComesFirst() {
    Timeouts timeouts = new Timeouts(loop);
    for (long millis : new long[] {17, 2, 33, 17, 1}) {
      timeouts.setTimeout(() -> log.add(millis + " ms"), millis);
    }
    clock.advance(50);
    loop.run();
    assertThat(log).containsExactly("1 ms", "2 ms", "17 ms", "17 ms", "33 ms");
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
