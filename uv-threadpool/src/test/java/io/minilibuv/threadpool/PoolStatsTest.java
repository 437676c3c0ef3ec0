// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.read.ListAppender;
import io.minilibuv.core.Loop;
import io.minilibuv.core.Uv;
import io.minilibuv.core.internal.BlockedThreadChecker;
import io.minilibuv.testing.Crew;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a pool tells of itself. */
class PoolStatsTest extends PoolFixture {
  private static final WorkKind[] KINDS = WorkKind.values();

  private static final long MILLISECOND = 1_000_000;

  private final Semaphore gate = new Semaphore(0);

  PoolStatsTest() {
    super(4);
  }

  private KindRequest submitWaiting(WorkKind kind) {
    return KindRequest.submit(loop, kind, gate::acquire, status -> {});
  }

  /** Everything that was submitted is in one place. */
  private static long submitted(PoolStats stats) {
    return stats.queued()
        + stats.slowQueued()
        + stats.running()
        + stats.completed()
        + stats.cancelled();
  }

  @Test
  void aPoolThatHasNotStartedHasASizeAndNothingElse() {
    PoolStats stats = pool.stats();
    assertThat(stats.size()).isEqualTo(4);
    assertThat(stats.workers()).isEmpty();
    assertThat(stats.idle()).isZero();
    assertThat(submitted(stats)).isZero();
    assertThat(stats.queueWait().count()).isZero();
    assertThat(stats.runTime().count()).isZero();
  }

  @Test
  void tellsWhatRunsAndWhatWaitsInEachLane() {
    for (int i = 0; i < 5; i++) {
      submitWaiting(WorkKind.SLOW_IO);
    }
    await(() -> pool.stats().running(WorkKind.SLOW_IO) == 2);
    submitWaiting(WorkKind.CPU);
    submitWaiting(WorkKind.FAST_IO);
    await(() -> pool.stats().running() == 4);
    submitWaiting(WorkKind.CPU);
    submitWaiting(WorkKind.FAST_IO);

    PoolStats stats = pool.stats();
    assertThat(stats.running(WorkKind.CPU)).isEqualTo(1);
    assertThat(stats.running(WorkKind.FAST_IO)).isEqualTo(1);
    assertThat(stats.running(WorkKind.SLOW_IO)).isEqualTo(2);
    assertThat(stats.idle()).isZero();
    assertThat(stats.queued()).isEqualTo(2);
    assertThat(stats.slowQueued()).isEqualTo(3);
    assertThat(stats.completed()).isZero();
    gate.release(9);
    loop.run();
    await(() -> pool.stats().completed() == 9);
    assertThat(pool.stats().idle()).isEqualTo(4);
  }

  @Test
  void countsWhatIsCompletedAndWhatIsCancelled() {
    saturate();
    KindRequest first = submitWaiting(WorkKind.CPU);
    KindRequest second = submitWaiting(WorkKind.SLOW_IO);
    first.cancel();
    second.cancel();
    second.cancel();
    KindRequest.submit(
        loop,
        WorkKind.CPU,
        () -> {
          throw new Exception("thrown work is over too");
        },
        status -> {});
    assertThat(pool.stats().cancelled()).isEqualTo(2);
    assertThat(submitted(pool.stats())).isEqualTo(7);
    unblock();
    loop.run();
    await(() -> pool.stats().running() == 0);
    PoolStats stats = pool.stats();
    assertThat(stats.completed()).isEqualTo(5);
    assertThat(stats.cancelled()).isEqualTo(2);
    assertThat(submitted(stats)).isEqualTo(7);
  }

  @Test
  void aCallbackFindsItsRequestCompletedHoweverManyThereAre() {
    int count = 5 * Tally.SIZE;
    List<Long> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      KindRequest.submit(
          loop, WorkKind.CPU, () -> {}, status -> found.add(pool.stats().completed()));
    }
    loop.run();
    assertThat(found).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(found.get(i)).isBetween(i + 1L, (long) count);
    }
    assertThat(pool.stats().queueWait().count()).isEqualTo(count);
    assertThat(pool.stats().runTime().count()).isEqualTo(count);
  }

  @Test
  void asManyIdleWorkersComeAsThereAreRequests() {
    // All at once, and one by one while those before are at work; time and again, so that a signal
    // too few would be missed.
    for (int round = 0; round < 200; round++) {
      CountDownLatch together = new CountDownLatch(4);
      for (int i = 0; i < 4; i++) {
        KindRequest.submit(
            loop,
            WorkKind.CPU,
            () -> {
              together.countDown();
              together.await();
            },
            status -> {});
      }
      loop.run();
    }
    for (int i = 1; i <= 4; i++) {
      int running = i;
      submitWaiting(WorkKind.CPU);
      await(() -> pool.stats().running() == running);
    }
    gate.release(4);
    loop.run();
  }

  /** For how long the only worker that does something has done so. */
  private long nanosAtWork() {
    PoolStats stats = pool.stats();
    return stats.running() == 1
        ? stats.workers().stream().mapToLong(PoolStats.WorkerStats::nanos).sum()
        : 0;
  }

  @Test
  void tellsHowLongRequestsHaveWaitedAndRun() {
    saturate();
    long began = Uv.hrtime();
    KindRequest.submit(loop, WorkKind.CPU, () -> gate.acquire(), status -> {});
    long submitted = Uv.hrtime();
    await(() -> Uv.hrtime() > submitted + MILLISECOND);
    long unblocked = Uv.hrtime();
    unblock();
    await(() -> nanosAtWork() > MILLISECOND);
    gate.release();
    loop.run();
    await(() -> pool.stats().completed() == 5);
    long over = Uv.hrtime();

    PoolStats stats = pool.stats();
    assertThat(stats.queueWait().count()).isEqualTo(5);
    assertThat(stats.runTime().count()).isEqualTo(5);
    assertThat(stats.queueWait().max()).isBetween(unblocked - submitted, over - began);
    assertThat(stats.runTime().max()).isGreaterThan(MILLISECOND);
  }

  @Test
  void tellsWhatEachWorkerIsDoingAndForHowLong() {
    CountDownLatch running = new CountDownLatch(1);
    KindRequest request =
        KindRequest.submit(
            loop,
            WorkKind.FAST_IO,
            () -> {
              running.countDown();
              gate.acquire();
            },
            status -> {});
    Crew.awaitLatch(running);
    await(() -> nanosAtWork() > MILLISECOND);
    PoolStats stats = pool.stats();

    assertThat(stats.workers()).hasSize(4).doesNotHaveDuplicates();
    assertThat(stats.workers())
        .filteredOn(worker -> worker.request() != null)
        .singleElement()
        .satisfies(
            worker -> {
              assertThat(worker.request()).isSameAs(request);
              assertThat(worker.kind()).isEqualTo(WorkKind.FAST_IO);
              assertThat(worker.nanos()).isGreaterThan(MILLISECOND);
              assertThat(worker.thread().getName()).contains("worker");
            });
    assertThat(stats.workers())
        .filteredOn(worker -> worker.request() == null)
        .hasSize(3)
        .allSatisfy(
            worker -> {
              assertThat(worker.kind()).isNull();
              assertThat(worker.nanos()).isZero();
            });
    gate.release();
    loop.run();
  }

  @Test
  void everyLookAgreesWithItself() {
    int count = 30_000;
    AtomicBoolean over = new AtomicBoolean();
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            long before = 0;
            while (!over.get()) {
              PoolStats stats = pool.stats();
              assertThat(stats.queueWait().count()).isEqualTo(stats.completed());
              assertThat(stats.runTime().count()).isEqualTo(stats.completed());
              assertThat(submitted(stats)).isBetween(before, (long) count);
              before = submitted(stats);
              assertThat(stats.running(WorkKind.SLOW_IO)).isLessThanOrEqualTo(2);
              assertThat(stats.idle() + stats.running()).isEqualTo(stats.workers().size());
            }
          });
      Random random = new Random(count);
      for (int i = 0; i < count; i++) {
        WorkKind kind = KINDS[random.nextInt(KINDS.length)];
        KindRequest request = KindRequest.submit(loop, kind, () -> {}, status -> {});
        if (random.nextInt(4) == 0) {
          request.tryCancelIt();
        }
      }
      loop.run();
      await(() -> pool.stats().running() == 0);
      over.set(true);
    }
    assertThat(submitted(pool.stats())).isEqualTo(count);
    assertThat(pool.stats().cancelled()).isPositive();
  }

  /** Everything that is logged about blocked threads, while it is open. */
  private static final class Warnings implements AutoCloseable {
    private final Logger logger =
        (Logger) LoggerFactory.getLogger(BlockedThreadChecker.LOGGER_NAME);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final boolean additive = logger.isAdditive();

    Warnings() {
      appender.list = new CopyOnWriteArrayList<>();
      logger.setAdditive(false);
      logger.addAppender(appender);
      appender.start();
    }

    List<ILoggingEvent> of(KindRequest request) {
      return appender.list.stream()
          .filter(event -> event.getFormattedMessage().contains(request.toString()))
          .toList();
    }

    @Override
    public void close() {
      logger.detachAppender(appender);
      logger.setAdditive(additive);
    }
  }

  private void holdUpOnPurpose() throws InterruptedException {
    gate.acquire();
  }

  private KindRequest submitStuck() {
    return KindRequest.submit(loop, WorkKind.CPU, this::holdUpOnPurpose, status -> {});
  }

  @Test
  void aWorkerThatIsStuckIsToldOnceWithItsStack() {
    pool.setBlockedLimit(Duration.ofMillis(20));
    try (Warnings warnings = new Warnings()) {
      KindRequest stuck = submitStuck();
      await(() -> !warnings.of(stuck).isEmpty());
      // By the time that another one is told, the checker has looked at the first several times.
      KindRequest another = submitStuck();
      await(() -> !warnings.of(another).isEmpty());
      assertThat(warnings.of(stuck)).hasSize(1);
      ILoggingEvent warning = warnings.of(stuck).get(0);
      assertThat(warning.getLevel()).isEqualTo(Level.WARN);
      assertThat(warning.getFormattedMessage())
          .contains("libuv-pool-")
          .contains("worker-")
          .contains("limit is 20 ms");
      assertThat(Arrays.stream(warning.getThrowableProxy().getStackTraceElementProxyArray()))
          .extracting(StackTraceElementProxy::getSTEAsString)
          .anyMatch(frame -> frame.contains("holdUpOnPurpose"));
      gate.release(2);
      loop.run();
    }
  }

  @Test
  void theLimitCanBeTakenAwayAndSetLater() {
    pool.setBlockedLimit(Duration.ofMillis(1));
    pool.setBlockedLimit(Duration.ZERO);
    try (Warnings warnings = new Warnings();
        ThreadPool other = new ThreadPool(1);
        Loop otherLoop = openLoop(other)) {
      KindRequest stuck = submitStuck();
      await(() -> pool.stats().running() == 1);
      other.setBlockedLimit(Duration.ofMillis(20));
      KindRequest told =
          KindRequest.submit(otherLoop, WorkKind.CPU, this::holdUpOnPurpose, status -> {});
      await(() -> !warnings.of(told).isEmpty());
      assertThat(warnings.of(stuck)).isEmpty();

      pool.setBlockedLimit(Duration.ofMillis(1));
      await(() -> !warnings.of(stuck).isEmpty());
      gate.release(2);
      loop.run();
      otherLoop.run();
    }
  }

  @Test
  void aLimitIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pool.setBlockedLimit(Duration.ofMillis(-1)));
  }
}
