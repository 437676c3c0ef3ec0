// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.Handle;
import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.threadpool.WorkRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in handles.md. */
class HandlesExercisesTest {
  private final Loop loop = Loop.open(new LoopOptions().clock(new ManualClock()));
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  /** Exercise 1: both; or only the second, since the loop ends with it. */
  @Test
  void aTimerThatIsNotRefdFiresIfSomethingElseKeepsTheLoopUntilThen() {
    timer("unref'd", 10).unref();
    timer("ref'd", 20);
    loop.run();
    assertThat(log).containsExactly("unref'd", "ref'd");
    log.clear();
    timer("unref'd", 20).unref();
    timer("ref'd", 10);
    loop.run();
    assertThat(log).containsExactly("ref'd");
  }

  /** Exercise 2: not the requests, which are no handles, and not the watchers that were fed. */
  private static List<Handle> keepingAlive(Loop loop) {
    List<Handle> found = new ArrayList<>();
    loop.walk(
        handle -> {
          if (handle.isClosing() || (handle.isActive() && handle.hasRef())) {
            found.add(handle);
          }
        });
    return found;
  }

  @Test
  void aWalkFindsTheHandlesThatKeepTheLoopAlive() {
    TimerHandle started = timer("started", 1000);
    timer("not ref'd", 1000).unref();
    TimerHandle.init(loop);
    IdleHandle closing = IdleHandle.init(loop);
    closing.close();
    assertThat(keepingAlive(loop)).containsExactlyInAnyOrder(started, closing);
    started.stop();
    loop.run();
    assertThat(keepingAlive(loop)).isEmpty();
    WorkRequest.queue(loop, request -> {}, null);
    assertThat(keepingAlive(loop)).isEmpty();
    assertThat(loop.isAlive()).isTrue();
  }

  /** Exercise 3: last in, first out; what a close callback closes comes one iteration later. */
  @Test
  void closeCallbacksAreAStackAndTakenAsAWhole() {
    TimerHandle first = TimerHandle.init(loop);
    TimerHandle second = TimerHandle.init(loop);
    TimerHandle third = TimerHandle.init(loop);
    CheckHandle check = CheckHandle.init(loop);
    check.start(
        handle -> {
          first.close(
              closed -> {
                log.add("first");
                third.close(last -> log.add("third"));
              });
          second.close(closed -> log.add("second"));
          check.stop();
        });
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("second", "first");
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("second", "first", "third");
  }

  private TimerHandle timer(String name, long millis) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> log.add(name), millis, 0);
    return timer;
  }
}
