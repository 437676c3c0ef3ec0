// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in timers.md. */
class TimersExercisesTest {
  private final ManualClock clock = new ManualClock(0);
  private final Loop loop = Loop.open(new LoopOptions().clock(clock));
  private final List<Long> firedAt = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  /**
   * Exercise 1: every 35 ms, and not every 25. The timer is armed before the callback, for 10 ms
   * after the loop's now, which stands still meanwhile. So the loop, that has not looked at the
   * clock since, sleeps for 10 ms after the callback; {@code updateTime} at its end would save
   * them.
   */
  @Test
  void beatsThatTheCallbackSleepsThroughAreLost() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          firedAt.add(loop.now());
          clock.advance(25);
          if (firedAt.size() == 4) {
            handle.stop();
          }
        },
        10,
        10);
    loop.run();
    assertThat(firedAt).containsExactly(10L, 45L, 80L, 115L);
  }

  /**
   * Exercise 2. {@code start} needs the callback each time; {@code again} is the watchdog's, but it
   * makes a timer that repeats, which must be stopped when it has fired.
   */
  private static Runnable debounce(Loop loop, long millis, Runnable action) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.unref();
    return () -> {
      timer.ref();
      timer.start(
          handle -> {
            handle.unref();
            action.run();
          },
          millis,
          0);
    };
  }

  @Test
  void aBurstIsOneCallAfterTheLast() {
    Runnable changed = debounce(loop, 100, () -> firedAt.add(loop.now()));
    for (long at : new long[] {0, 50, 90, 500}) {
      TimerHandle.init(loop).start(timer -> changed.run(), at, 0);
    }
    loop.run();
    assertThat(firedAt).containsExactly(190L, 600L);
  }

  /** Exercise 3: each deadline is computed from the last deadline, and not from now. */
  private static TimerHandle every(Loop loop, long millis, Runnable action) {
    TimerHandle timer = TimerHandle.init(loop);
    beat(loop, timer, loop.now() + millis, millis, action);
    return timer;
  }

  private static void beat(
      Loop loop, TimerHandle timer, long deadline, long millis, Runnable action) {
    timer.start(
        handle -> {
          action.run();
          loop.updateTime();
          if (!handle.isClosing()) {
            // Beats that were slept through are skipped, as fs_poll does, so that there is no
            // burst.
            long beats = (loop.now() - deadline) / millis + 1;
            beat(loop, timer, deadline + beats * millis, millis, action);
          }
        },
        Math.max(0, deadline - loop.now()),
        0);
  }

  @Test
  void beatsKeepTheirPlaces() {
    TimerHandle[] timer = new TimerHandle[1];
    timer[0] =
        every(
            loop,
            10,
            () -> {
              firedAt.add(loop.now());
              clock.advance(firedAt.size() == 2 ? 24 : 3);
              if (firedAt.size() == 5) {
                timer[0].close();
              }
            });
    loop.run();
    // Two beats were slept through; the others are in their places.
    assertThat(firedAt).containsExactly(10L, 20L, 50L, 60L, 70L);
  }

  /**
   * Exercise 4: at 180, at 100 and at 100. DEFAULT looks at the clock when it begins. ONCE takes
   * the time that the loop looked last, which is 0: so it sleeps for 100 ms after the 80 that have
   * gone by. {@code updateTime} before it lets it see them.
   */
  @Test
  void onceSleepsAsIfNoTimeHadGoneBySinceTheLoopLastLooked() {
    assertThat(firesAt(() -> loop.run(RunMode.ONCE))).isEqualTo(180);
    assertThat(firesAt(loop::run)).isEqualTo(100);
    assertThat(
            firesAt(
                () -> {
                  loop.updateTime();
                  loop.run(RunMode.ONCE);
                }))
        .isEqualTo(100);
  }

  /** When a timer of 100 ms fires, if it takes 80 ms from its start to {@code run}. */
  private long firesAt(Runnable run) {
    firedAt.clear();
    loop.updateTime();
    long begin = loop.now();
    TimerHandle.init(loop).start(timer -> firedAt.add(loop.now() - begin), 100, 0);
    clock.advance(80);
    run.run();
    return firedAt.get(0);
  }
}
