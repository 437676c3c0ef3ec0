// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.PoolStats;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkKind;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is certain about starvation, whatever the machine does. The loop's clock jumps from timer to
 * timer; the slow jobs would take a minute of the real time, and are released before that.
 */
@ExtendWith(LeakCheck.class)
class StarvationTest {
  private static final int THREADS = 3;
  private static final int SLOW = 7;
  private static final int STATS = 9;

  private final ThreadPool pool = new ThreadPool(THREADS);
  private final Loop loop =
      Loop.open(new LoopOptions().clock(new ManualClock()).with(ThreadPool.OF_LOOP, pool));

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void inOnePoolNoStatIsAnsweredBeforeTheFirstSlowJobIsDone() {
    Starvation starvation = begin(SlowPlace.ONE_POOL, "/");
    once(
        () -> pool.stats().running() == THREADS && pool.stats().queued() == SLOW - THREADS + STATS,
        () -> {
          assertThat(starvation.answers()).isZero();
          starvation.release();
        });
    loop.run();
    Starvation.Outcome outcome = starvation.outcome();
    assertThat(outcome.meanwhile()).isZero();
    assertThat(outcome.slowNanos()).isPositive();
    assertThatAllAreDone(outcome);
  }

  @ParameterizedTest
  @EnumSource(names = {"OWN_POOL", "SLOW_LANE"})
  void elsewhereAllAreAnsweredBeforeThat(SlowPlace place) {
    Starvation starvation = begin(place, "/");
    once(() -> starvation.answers() == STATS, starvation::release);
    loop.run();
    assertThat(starvation.outcome().meanwhile()).isEqualTo(STATS);
    assertThatAllAreDone(starvation.outcome());
  }

  @Test
  void theSlowLaneTakesHalfOfTheThreadsRoundedUp() {
    Starvation starvation = begin(SlowPlace.SLOW_LANE, "/");
    once(
        () -> starvation.answers() == STATS,
        () -> {
          PoolStats stats = pool.stats();
          assertThat(stats.running(WorkKind.SLOW_IO)).isEqualTo(2);
          assertThat(stats.slowQueued()).isEqualTo(SLOW - 2);
          starvation.release();
        });
    loop.run();
    assertThatAllAreDone(starvation.outcome());
  }

  @ParameterizedTest
  @EnumSource
  void stoppedItCancelsWhatHasNotBegunAndEnds(SlowPlace place) {
    Starvation starvation = begin(place, "/");
    starvation.stop();
    loop.run();
    Starvation.Outcome outcome = starvation.outcome();
    assertThat(outcome.slowCancelled()).isBetween(SLOW - THREADS, SLOW);
    assertThat(outcome.latency().count()).isZero();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void stoppedLateItCancelsStatsToo() {
    Starvation starvation = begin(SlowPlace.ONE_POOL, "/");
    once(
        () -> pool.stats().running() == THREADS && pool.stats().queued() == SLOW - THREADS + STATS,
        starvation::stop);
    loop.run();
    Starvation.Outcome outcome = starvation.outcome();
    assertThat(outcome.slowCancelled()).isEqualTo(SLOW - THREADS);
    assertThat(outcome.statsCancelled()).isEqualTo(STATS);
    assertThat(outcome.latency().count()).isZero();
  }

  @Test
  void aStatThatFailsIsAnAnswerAndIsKept() {
    Starvation starvation = begin(SlowPlace.OWN_POOL, "/no/such/file");
    starvation.release();
    loop.run();
    assertThat(starvation.outcome().latency().count()).isEqualTo(STATS);
    assertThat(starvation.outcome().failure()).hasMessageStartingWith("ENOENT");
  }

  @Test
  void theStatsAreSpreadOverTheTimeThatAFullPoolIsBusy() {
    assertThat(new Starvation.Plan(".", 4, 4, 500, 100).intervalMillis()).isEqualTo(4);
    assertThat(new Starvation.Plan(".", 4, 5, 500, 100).intervalMillis()).isEqualTo(8);
    assertThat(new Starvation.Plan(".", 4, 4, 10, 1000).intervalMillis()).isEqualTo(1);
    assertThat(new Starvation.Plan(".", 1, 1024, 60_000, 1).intervalMillis()).isEqualTo(49_152_000);
  }

  private static void assertThatAllAreDone(Starvation.Outcome outcome) {
    assertThat(outcome.latency().count()).isEqualTo(STATS);
    assertThat(outcome.slowCancelled()).isZero();
    assertThat(outcome.statsCancelled()).isZero();
    assertThat(outcome.failure()).isNull();
  }

  private Starvation begin(SlowPlace place, String path) {
    Starvation.Plan plan = new Starvation.Plan(path, THREADS, SLOW, 60_000, STATS);
    Starvation starvation = new Starvation(loop, plan, place.open(loop, THREADS));
    starvation.start();
    return starvation;
  }

  /** Has {@code action} called on the loop's thread when {@code condition} holds. */
  private void once(BooleanSupplier condition, Runnable action) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          if (condition.getAsBoolean()) {
            timer.close();
            action.run();
          }
        },
        1,
        1);
  }
}
