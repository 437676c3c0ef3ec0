// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.Histogram.Bucket;
import io.minilibuv.core.LoopStats.Activity;
import io.minilibuv.core.LoopStats.PhaseStats;
import io.minilibuv.core.internal.Shortcuts;
import io.minilibuv.testing.Crew;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Loop#stats()} tells, exact to the nanosecond by the manual clock. */
class LoopStatsTest extends LoopFixture {
  private static final int MILLI = 1_000_000;

  private static long ofPhases(LoopStats stats) {
    return stats.phases().values().stream().mapToLong(PhaseStats::nanos).sum();
  }

  /** What takes as many milliseconds. */
  private Runnable takes(long millis) {
    return () -> clock.advance(millis);
  }

  private PhaseStats phase(LoopPhase phase) {
    return loop.stats().phases().get(phase);
  }

  @Test
  void aFreshLoopHasDoneNothing() {
    clock.advance(7);
    Map<LoopPhase, PhaseStats> phases = new EnumMap<>(LoopPhase.class);
    for (LoopPhase phase : LoopPhase.values()) {
      phases.put(phase, new PhaseStats(0, 0));
    }
    LoopStats stats = loop.stats();
    assertThat(stats.lag().count()).isZero();
    assertThat(stats)
        .isEqualTo(new LoopStats(0, stats.lag(), 0, phases, Activity.NOT_RUN, 7 * MILLI));
  }

  @Test
  void theTimeOfAnIdleCallbackIsOfItsPhaseAndLag() {
    idle(takes(5));
    loop.run(RunMode.NOWAIT);
    loop.run(RunMode.NOWAIT);
    LoopStats stats = loop.stats();
    assertThat(stats.iterations()).isEqualTo(2);
    assertThat(stats.phases()).containsEntry(LoopPhase.IDLE, new PhaseStats(2, 10 * MILLI));
    assertThat(stats.lag().count()).isEqualTo(2);
    assertThat(stats.lag().min()).isEqualTo(5 * MILLI);
    assertThat(stats.lag().max()).isEqualTo(5 * MILLI);
    assertThat(stats.waitNanos()).isZero();
  }

  @ParameterizedTest
  @EnumSource(LoopPhase.class)
  void theTimeOfACallbackIsOfItsPhase(LoopPhase phase) {
    // The poller is told of a new watcher in the first iteration, which is something to do too.
    if (phase == LoopPhase.POLL) {
      readyPoll(poll -> clock.advance(poll.isActive() && loop.stats().iterations() > 1 ? 3 : 0));
      loop.run(RunMode.NOWAIT);
    } else {
      haveCalledIn(phase, takes(3));
    }
    LoopStats before = loop.stats();
    loop.run(RunMode.NOWAIT);
    LoopStats stats = loop.stats();
    for (LoopPhase each : LoopPhase.values()) {
      PhaseStats used = stats.phases().get(each);
      assertThat(used.nanos()).as("%s", each).isEqualTo(each == phase ? 3 * MILLI : 0);
      assertThat(used.count() - before.phases().get(each).count())
          .as("%s", each)
          .isEqualTo(each == phase ? 1 : 0);
    }
  }

  private void haveCalledIn(LoopPhase phase, Runnable body) {
    switch (phase) {
      case PENDING -> watcher(body).feed();
      case IDLE -> idle(body);
      case PREPARE -> prepare(body);
      case CHECK -> check(body);
      case CLOSING -> TimerHandle.init(loop).close(handle -> body.run());
      default -> timer(0, body);
    }
  }

  @Test
  void aWaitIsNoLagAndNoPhase() {
    timer(50, () -> {});
    loop.run(RunMode.ONCE);
    LoopStats stats = loop.stats();
    assertThat(stats.waitNanos()).isEqualTo(50 * MILLI);
    assertThat(ofPhases(stats)).isZero();
    assertThat(stats.lag().buckets()).containsExactly(new Bucket(0, 0, 1));
    assertThat(stats.phases().get(LoopPhase.TIMERS).count()).isEqualTo(1);
  }

  @Test
  void lagGoesFromPollToPoll() {
    prepare(takes(1));
    check(takes(2));
    int[] calls = new int[1];
    timer(
        10,
        10,
        () -> {
          clock.advance(4);
          if (++calls[0] == 2) {
            loop.stop();
          }
        });
    loop.run();
    LoopStats stats = loop.stats();
    assertThat(stats.iterations()).isEqualTo(2);
    assertThat(stats.lag().count()).isEqualTo(2);
    assertThat(stats.lag().min()).as("before the first poll").isEqualTo(MILLI);
    assertThat(stats.lag().max()).as("check, timer, prepare").isEqualTo(7 * MILLI);
    assertThat(ofPhases(stats)).as("with check and timer behind the last").isEqualTo(14 * MILLI);
    assertThat(stats.waitNanos()).isEqualTo(20 * MILLI);
  }

  @Test
  void timeBetweenRunsIsNoLagAndWhatARunLeftIs() {
    prepare(takes(1));
    check(takes(2));
    loop.run(RunMode.NOWAIT);
    clock.advance(1000);
    loop.run(RunMode.NOWAIT);
    clock.advance(1000);
    LoopStats stats = loop.stats();
    assertThat(stats.lag().count()).isEqualTo(2);
    assertThat(stats.lag().min()).isEqualTo(MILLI);
    assertThat(stats.lag().max()).isEqualTo(3 * MILLI);
    assertThat(ofPhases(stats)).isEqualTo(6 * MILLI);
    assertThat(stats.waitNanos()).isZero();
    assertThat(stats.activityNanos()).isEqualTo(1000L * MILLI);
  }

  @Test
  void aRunThatIsRefusedIsNone() {
    check(takes(2));
    loop.run(RunMode.NOWAIT);
    idle(() -> assertThatIllegalStateException().isThrownBy(() -> loop.run()));
    loop.run(RunMode.NOWAIT);
    LoopStats stats = loop.stats();
    assertThat(stats.iterations()).isEqualTo(2);
    assertThat(stats.lag().count()).isEqualTo(2);
    assertThat(stats.lag().total()).isEqualTo(2 * MILLI);
    assertThat(ofPhases(stats)).isEqualTo(4 * MILLI);
    assertThat(stats.activity()).isEqualTo(Activity.NOT_RUN);
  }

  @Test
  void aRunOfALoopThatIsWalkedIsNone() {
    check(takes(2));
    loop.run(RunMode.NOWAIT);
    loop.walk(handle -> assertThatIllegalStateException().isThrownBy(() -> loop.run()));
    loop.walk(handle -> assertThatIllegalStateException().isThrownBy(() -> loop.run()));
    loop.run(RunMode.NOWAIT);
    assertThat(loop.stats().lag().total()).isEqualTo(2 * MILLI);
  }

  @Test
  void whatACallbackTookThatThrewCounts() {
    boolean[] thrown = new boolean[1];
    idle(
        () -> {
          clock.advance(5);
          if (!thrown[0]) {
            thrown[0] = true;
            throw new IllegalStateException("thrown");
          }
        });
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("thrown");
    LoopStats stats = loop.stats();
    assertThat(stats.activity()).isEqualTo(Activity.NOT_RUN);
    assertThat(stats.iterations()).isZero();
    assertThat(stats.lag().count()).isZero();
    assertThat(stats.phases()).containsEntry(LoopPhase.IDLE, new PhaseStats(1, 5 * MILLI));
    clock.advance(1000);
    loop.run(RunMode.NOWAIT);
    assertThat(loop.stats().lag().buckets()).hasSize(1);
    assertThat(loop.stats().lag().total()).isEqualTo(10 * MILLI);
    assertThat(loop.stats().iterations()).isEqualTo(1);
  }

  @Test
  void aPollCallbackThatThrowsCounts() {
    readyPoll(
        poll -> {
          clock.advance(5);
          poll.close();
          throw new IllegalStateException("thrown");
        });
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("thrown");
    assertThat(phase(LoopPhase.POLL).nanos()).isEqualTo(5 * MILLI);
    loop.run(RunMode.NOWAIT);
    assertThat(loop.stats().lag().max()).isEqualTo(5 * MILLI);
  }

  @Test
  void aPollerThatThrowsLeavesTheNumbersWhole() {
    FakePollBackend backend = new FakePollBackend();
    try (Loop broken = Loop.open(new LoopOptions().clock(clock).pollBackend(backend))) {
      TestHandle active = new TestHandle(broken).start();
      backend.answer(
          (timeout, batch) -> {
            clock.advance(5);
            throw new IllegalStateException("thrown");
          });
      assertThatThrownBy(() -> broken.run(RunMode.NOWAIT)).hasMessage("thrown");
      assertThat(broken.stats().activity()).isEqualTo(Activity.NOT_RUN);
      assertThat(broken.stats().waitNanos()).isEqualTo(5 * MILLI);
      CheckHandle check = CheckHandle.init(broken);
      check.start(handle -> clock.advance(2));
      broken.run(RunMode.NOWAIT);
      broken.run(RunMode.NOWAIT);
      LoopStats stats = broken.stats();
      assertThat(stats.iterations()).isEqualTo(3);
      assertThat(stats.lag().count()).isEqualTo(3);
      assertThat(stats.lag().total()).isEqualTo(2 * MILLI);
      active.close();
      check.close();
      broken.run();
    }
  }

  @Test
  void aFullBatchHasALagOfItsOwn() {
    FakePollBackend backend = new FakePollBackend();
    try (Loop busy = Loop.open(new LoopOptions().clock(clock).pollBackend(backend))) {
      TestHandle active = new TestHandle(busy).start();
      List<IoWatcher> watchers = new ArrayList<>();
      for (int i = 0; i < ReadyEvents.CAPACITY; i++) {
        IoWatcher watcher =
            new IoWatcher(busy, new Object(), (ready, events) -> clock.advanceNanos(1));
        watcher.start(IoWatcher.READABLE);
        watchers.add(watcher);
      }
      backend.everything().ready(watchers.get(0), IoWatcher.READABLE);
      busy.run(RunMode.NOWAIT);
      LoopStats stats = busy.stats();
      assertThat(stats.iterations()).isEqualTo(1);
      assertThat(stats.lag().count()).isEqualTo(2);
      assertThat(stats.lag().max()).isEqualTo(ReadyEvents.CAPACITY);
      assertThat(stats.phases().get(LoopPhase.POLL))
          .as("telling the poller, and two batches")
          .isEqualTo(new PhaseStats(3, ReadyEvents.CAPACITY + 1));
      watchers.forEach(IoWatcher::close);
      active.close();
      busy.run();
    }
  }

  @Test
  void aLookBeforeAWaitIsPartOfTheWait() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    timer(50, 50, takes(1));
    for (int i = 0; i < 3; i++) {
      loop.run(RunMode.ONCE);
    }
    LoopStats stats = loop.stats();
    assertThat(stats.iterations()).isEqualTo(3);
    assertThat(stats.lag().count()).isEqualTo(3);
    assertThat(stats.waitNanos()).isEqualTo(loop.metricsIdleTime()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noTimeIsLost(long seed) {
    Random random = new Random(seed);
    long[] run = new long[1];
    Runnable body =
        () -> {
          clock.advanceNanos(random.nextInt(3 * MILLI));
          if (random.nextInt(9) == 0) {
            throw new IllegalStateException("thrown");
          }
        };
    idle(body);
    prepare(body);
    check(body);
    readyPoll(poll -> body.run());
    timer(1, 2, body);
    timer(3, 5, body);
    for (int i = 0; i < 200; i++) {
      watcher(body).feed();
      TimerHandle.init(loop).close(handle -> body.run());
      long before = clock.nanoTime();
      try {
        loop.run(random.nextBoolean() ? RunMode.ONCE : RunMode.NOWAIT);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("thrown");
      }
      run[0] += clock.nanoTime() - before;
      clock.advance(random.nextInt(10));
    }
    LoopStats stats = loop.stats();
    assertThat(stats.waitNanos() + ofPhases(stats)).isEqualTo(run[0]);
    assertThat(stats.iterations()).isEqualTo(loop.metrics().loopCount());
    assertThat(stats.lag().count()).isEqualTo(stats.iterations());
    loop.setExceptionHandler((source, thrown) -> {});
  }

  @Test
  void theClockIsReadOncePerPhaseThatHasSomethingToDo() {
    AtomicInteger reads = new AtomicInteger();
    LoopClock counting =
        () -> {
          reads.incrementAndGet();
          return clock.nanoTime();
        };
    try (Loop counted = Loop.open(new LoopOptions().clock(counting))) {
      TimerHandle timer = TimerHandle.init(counted);
      timer.start(handle -> {}, 1000, 0);
      reads.set(0);
      counted.run(RunMode.NOWAIT);
      assertThat(reads).as("run, and poll if it asks").hasValue(Shortcuts.POLL ? 1 : 2);
      IdleHandle idle = IdleHandle.init(counted);
      idle.start(handle -> {});
      CheckHandle check = CheckHandle.init(counted);
      check.start(handle -> {});
      reads.set(0);
      counted.run(RunMode.NOWAIT);
      assertThat(reads).as("idle and check as well").hasValue(Shortcuts.POLL ? 3 : 4);
      timer.close();
      idle.close();
      check.close();
      counted.run();
    }
  }

  @Test
  void aCallbackSeesItsLoopWork() {
    timer(
        10,
        () -> {
          clock.advance(3);
          LoopStats stats = loop.stats();
          assertThat(stats.activity()).isEqualTo(Activity.WORKING);
          assertThat(stats.activityNanos()).isEqualTo(3 * MILLI);
          assertThat(stats.phases().get(LoopPhase.TIMERS)).isEqualTo(new PhaseStats(0, 0));
          log.add("seen");
        });
    loop.run();
    assertThat(log).containsExactly("seen");
  }

  @Test
  void aBlockedLoopTellsFromAnotherThread() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    timer(
        10,
        () -> {
          blocked.countDown();
          uninterruptibly(seen);
        });
    try (Crew crew = new Crew()) {
      crew.start(() -> loop.run());
      blocked.await();
      clock.advance(60_000);
      LoopStats stats = loop.stats();
      seen.countDown();
      assertThat(stats.activity()).isEqualTo(Activity.WORKING);
      assertThat(stats.activityNanos()).isEqualTo(60_000L * MILLI);
      assertThat(stats.waitNanos()).isEqualTo(10 * MILLI);
    }
    assertThat(loop.stats().activity()).isEqualTo(Activity.NOT_RUN);
    assertThat(phase(LoopPhase.TIMERS)).isEqualTo(new PhaseStats(1, 60_000L * MILLI));
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aWaitThatIsGoingOnCounts() throws IOException {
    Pipe pipe = pipe();
    PollHandle poll = PollHandle.init(loop, pipe.source());
    poll.start(PollHandle.READABLE, (handle, status, events) -> handle.close());
    try (Crew crew = new Crew()) {
      crew.start(() -> loop.run());
      await().until(() -> loop.stats().activity() == Activity.POLLING);
      clock.advance(60_000);
      LoopStats stats = loop.stats();
      pipe.sink().write(ByteBuffer.allocate(1));
      assertThat(stats.activity()).isEqualTo(Activity.POLLING);
      assertThat(stats.activityNanos()).isEqualTo(60_000L * MILLI);
      assertThat(stats.waitNanos()).isEqualTo(60_000L * MILLI);
      assertThat(stats.iterations()).isEqualTo(1);
    }
    assertThat(loop.stats().waitNanos()).isEqualTo(60_000L * MILLI);
  }

  /** The readers would see numbers of different moments, if they could. */
  @Test
  void everySnapshotIsOfOneMoment() {
    AtomicBoolean over = new AtomicBoolean();
    long[] left = {300_000};
    try (Loop spinning = Loop.open();
        Crew crew = new Crew()) {
      IdleHandle idle = IdleHandle.init(spinning);
      idle.start(
          handle -> {
            if (--left[0] == 0) {
              handle.close();
            }
          });
      CheckHandle check = CheckHandle.init(spinning);
      check.start(handle -> {});
      check.unref();
      for (int i = 0; i < 2; i++) {
        crew.start(() -> readUntil(over, spinning));
      }
      try {
        spinning.run();
      } finally {
        over.set(true);
        crew.join();
        spinning.shutdown();
      }
    }
  }

  private static void readUntil(AtomicBoolean over, Loop read) {
    LoopStats last = read.stats();
    long snapshots = 0;
    while (!over.get()) {
      LoopStats stats = read.stats();
      assertThat(stats.lag().count()).isEqualTo(stats.iterations());
      assertThat(stats.lag().buckets().stream().mapToLong(Bucket::count).sum())
          .isEqualTo(stats.iterations());
      long idle = stats.phases().get(LoopPhase.IDLE).count();
      long check = stats.phases().get(LoopPhase.CHECK).count();
      assertThat(idle - stats.iterations()).isBetween(0L, 1L);
      assertThat(stats.iterations() - check).isBetween(0L, 1L);
      if (stats.activity() == Activity.POLLING) {
        assertThat(stats.lag().total()).isEqualTo(ofPhases(stats));
        assertThat(idle).isEqualTo(stats.iterations());
        assertThat(check).isEqualTo(stats.iterations() - 1);
      } else {
        assertThat(stats.lag().total()).isLessThanOrEqualTo(ofPhases(stats));
      }
      assertThat(stats.iterations()).isGreaterThanOrEqualTo(last.iterations());
      assertThat(ofPhases(stats)).isGreaterThanOrEqualTo(ofPhases(last));
      last = stats;
      snapshots++;
    }
    assertThat(snapshots).isPositive();
  }

  @Test
  void aClosedLoopStillTells() {
    timer(5, () -> {});
    loop.run();
    loop.shutdown();
    LoopStats stats = loop.stats();
    assertThat(stats.waitNanos()).isEqualTo(5 * MILLI);
    assertThat(stats.activity()).isEqualTo(Activity.NOT_RUN);
  }

  @Test
  void thePhasesCannotBeChangedAndComeInTheirOrder() {
    Map<LoopPhase, PhaseStats> phases = loop.stats().phases();
    assertThat(phases.keySet()).containsExactly(LoopPhase.values());
    assertThatThrownBy(phases::clear).isInstanceOf(UnsupportedOperationException.class);
  }
}
