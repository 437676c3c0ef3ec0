// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.minilibuv.core.internal.BlockedThreadChecker.Watched;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The checker: look by look at given times, and with its thread. */
@ExtendWith(LeakCheck.class)
class BlockedThreadCheckerTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(BlockedThreadChecker.LOGGER_NAME);
  private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
  private final Worker worker = new Worker();
  private long now = Long.MAX_VALUE - 50; // overflows underway
  private final BlockedThreadChecker checker = new BlockedThreadChecker(() -> now);

  /** Something to be watched, whose state a test sets. */
  private static class Worker implements Watched {
    volatile @Nullable Thread thread = Thread.currentThread();
    volatile long task;
    volatile long limit = 100;

    @Override
    public @Nullable Thread thread() {
      return thread;
    }

    @Override
    public long task() {
      return task;
    }

    @Override
    public long limitNanos() {
      return limit;
    }

    @Override
    public String describe() {
      return "worker at " + task;
    }
  }

  @BeforeEach
  void listen() {
    logger.setAdditive(false);
    warnings.list = new CopyOnWriteArrayList<>();
    warnings.start();
    logger.addAppender(warnings);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(warnings);
    logger.setAdditive(true);
  }

  private void lookAfter(long nanos) {
    now += nanos;
    checker.round();
  }

  @Test
  void aTaskThatReachesItsLimitIsToldOnce() {
    worker.task = 7;
    checker.add(worker);
    lookAfter(1000);
    lookAfter(99);
    assertThat(warnings.list).isEmpty();
    lookAfter(1);
    lookAfter(1000);
    assertThat(warnings.list)
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.getLevel()).isEqualTo(Level.WARN);
              assertThat(warning.getFormattedMessage())
                  .isEqualTo("worker at 7 has been blocked for 0 ms, the limit is 0 ms");
              assertThat(warning.getThrowableProxy().getMessage())
                  .contains(Thread.currentThread().getName());
              assertThat(warning.getThrowableProxy().getStackTraceElementProxyArray())
                  .anySatisfy(
                      line ->
                          assertThat(line.getStackTraceElement().getMethodName())
                              .isEqualTo("aTaskThatReachesItsLimitIsToldOnce"));
            });
  }

  @Test
  void itIsToldHowLong() {
    worker.task = 7;
    worker.limit = TimeUnit.MILLISECONDS.toNanos(20);
    checker.add(worker);
    lookAfter(0);
    lookAfter(TimeUnit.MILLISECONDS.toNanos(25));
    assertThat(warnings.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("worker at 7 has been blocked for 25 ms, the limit is 20 ms");
  }

  @Test
  void whoWaitsIsNotBlocked() {
    checker.add(worker);
    lookAfter(1000);
    lookAfter(1000);
    assertThat(warnings.list).isEmpty();
  }

  @Test
  void whoDoesManyShortTasksIsNotBlocked() {
    checker.add(worker);
    for (int task = 1; task < 10; task++) {
      worker.task = task;
      lookAfter(99);
    }
    assertThat(warnings.list).isEmpty();
  }

  @Test
  void aTaskAfterAWaitBeginsAnew() {
    checker.add(worker);
    worker.task = 7;
    lookAfter(0);
    worker.task = 0;
    lookAfter(60);
    worker.task = 7;
    lookAfter(60);
    assertThat(warnings.list).isEmpty();
  }

  @Test
  void theNextBlockedTaskIsToldToo() {
    checker.add(worker);
    for (int task = 1; task <= 2; task++) {
      worker.task = task;
      lookAfter(0);
      lookAfter(100);
      lookAfter(100);
    }
    assertThat(warnings.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("worker at 1 "),
            second -> assertThat(second).startsWith("worker at 2 "));
  }

  @Test
  void aTaskThatEndsWhileItsStackIsReadIsNotTold() {
    Worker quick =
        new Worker() {
          @Override
          public @Nullable Thread thread() {
            task = 8;
            return super.thread();
          }
        };
    quick.task = 7;
    checker.add(quick);
    lookAfter(0);
    lookAfter(1000);
    assertThat(quick.task).isEqualTo(8);
    assertThat(warnings.list).isEmpty();
  }

  /** The checker's own thread may be held up between its look at the clock and that at the task. */
  @Test
  void aTaskIsNotTakenForOlderThanItIs() {
    Worker late =
        new Worker() {
          @Override
          public long task() {
            now += 500;
            return super.task();
          }
        };
    late.task = 7;
    checker.add(late);
    lookAfter(0);
    lookAfter(99);
    assertThat(warnings.list).isEmpty();
    lookAfter(0);
    assertThat(warnings.list).hasSize(1);
  }

  @Test
  void withoutALimitNothingIsTold() {
    worker.task = 7;
    worker.limit = 0;
    checker.add(worker);
    lookAfter(0);
    lookAfter(1000);
    worker.limit = 100;
    lookAfter(99);
    lookAfter(99);
    assertThat(warnings.list).as("the age counts from when there was a limit").isEmpty();
    lookAfter(1);
    assertThat(warnings.list).hasSize(1);
  }

  @Test
  void withoutAThreadNothingIsTold() {
    worker.task = 7;
    worker.thread = null;
    checker.add(worker);
    lookAfter(0);
    lookAfter(1000);
    assertThat(warnings.list).isEmpty();
  }

  @Test
  void whoIsNotWatchedAnyMoreIsNotTold() {
    worker.task = 7;
    checker.add(worker);
    lookAfter(0);
    checker.remove(worker);
    lookAfter(1000);
    assertThat(warnings.list).isEmpty();
  }

  @Test
  void watchingTwiceTellsOnce() {
    worker.task = 7;
    checker.add(worker);
    checker.add(worker);
    lookAfter(0);
    lookAfter(1000);
    assertThat(warnings.list).hasSize(1);
  }

  @Test
  void oneThatFailsIsToldOnceAndKeepsNobodyElseFromIt() {
    Worker broken =
        new Worker() {
          @Override
          public long task() {
            throw new AssertionError("broken");
          }
        };
    worker.task = 7;
    checker.add(broken);
    checker.add(worker);
    lookAfter(0);
    lookAfter(1000);
    assertThat(warnings.list)
        .extracting(warning -> warning.getThrowableProxy().getMessage())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("broken"),
            second -> assertThat(second).startsWith("thread "));
  }

  @Test
  void theSmallestLimitSaysHowOftenToLook() {
    assertThat(checker.round()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    checker.add(worker);
    worker.limit = TimeUnit.MILLISECONDS.toNanos(2000);
    assertThat(checker.round()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
    Worker second = new Worker();
    second.limit = TimeUnit.MILLISECONDS.toNanos(100);
    checker.add(second);
    assertThat(checker.round()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(25));
    second.limit = 1;
    assertThat(checker.round()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
    second.limit = 0;
    worker.limit = TimeUnit.HOURS.toNanos(1);
    assertThat(checker.round()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "' 5 ', 5", "0, 0", "-1, 77", "x, 77", "'', 77", "5.0, 77", ", 77"})
  void aLimitMayBeASystemProperty(String setting, long millis) {
    String name = "minilibuv.test.blockedMillis";
    if (setting != null) {
      System.setProperty(name, setting);
    }
    try {
      assertThat(BlockedThreadChecker.limitFromProperty(name, 77))
          .isEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
    } finally {
      System.clearProperty(name);
    }
    assertThat(warnings.list).hasSize(millis == 77 && setting != null ? 1 : 0);
  }

  private static List<Thread> checkerThreads() {
    List<Thread> found = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(BlockedThreadChecker.THREAD_NAME)) {
        found.add(thread);
      }
    }
    return found;
  }

  @Test
  void itsThreadTellsAndEndsWhenNothingIsLeftToWatch() {
    CountDownLatch latch = new CountDownLatch(1);
    Worker second = new Worker();
    try (Crew crew = new Crew()) {
      worker.thread = crew.start(() -> waitForALatch(latch));
      worker.limit = TimeUnit.MILLISECONDS.toNanos(5);
      worker.task = 7;
      BlockedThreadChecker.watch(worker);
      BlockedThreadChecker.watch(second);
      try {
        assertThat(checkerThreads()).singleElement().matches(Thread::isDaemon);
        await().until(() -> !warnings.list.isEmpty());
      } finally {
        latch.countDown();
        BlockedThreadChecker.unwatch(worker);
        BlockedThreadChecker.unwatch(second);
      }
    }
    assertThat(warnings.list.get(0).getThrowableProxy().getStackTraceElementProxyArray())
        .extracting(line -> line.getStackTraceElement().getMethodName())
        .contains("waitForALatch");
    await().until(() -> checkerThreads().isEmpty());
  }

  private static void waitForALatch(CountDownLatch latch) throws InterruptedException {
    latch.await();
  }

  @Test
  void itsThreadComesBack() {
    for (int i = 0; i < 100; i++) {
      BlockedThreadChecker.watch(worker);
      assertThat(checkerThreads()).as("while there is something to watch").isNotEmpty();
      BlockedThreadChecker.unwatch(worker);
    }
    await().until(() -> checkerThreads().isEmpty());
  }

  @Test
  void aLimitThatComesLaterIsHeardOfAtOnce() {
    worker.limit = 0;
    worker.task = 7;
    BlockedThreadChecker.watch(worker);
    worker.limit = TimeUnit.MILLISECONDS.toNanos(1);
    BlockedThreadChecker.watch(worker);
    await().until(() -> !warnings.list.isEmpty());
    BlockedThreadChecker.unwatch(worker);
  }

  @Test
  void itKeepsNobodyAlive() {
    Worker forgotten = new Worker();
    WeakReference<Worker> trace = new WeakReference<>(forgotten);
    BlockedThreadChecker.watch(forgotten);
    forgotten = null;
    await()
        .until(
            () -> {
              System.gc();
              return trace.get() == null;
            });
    await().until(() -> checkerThreads().isEmpty());
  }
}
