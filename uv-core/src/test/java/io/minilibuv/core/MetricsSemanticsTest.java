// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of what a loop counts. */
class MetricsSemanticsTest extends LoopFixture {
  private final FakePollBackend backend = (FakePollBackend) loop.poll.backend();

  MetricsSemanticsTest() {
    super(new LoopOptions().pollBackend(new FakePollBackend()));
  }

  private IoWatcher started(Runnable body) {
    IoWatcher watcher = new IoWatcher(loop, new Object(), (called, events) -> body.run());
    watcher.start(IoWatcher.READABLE);
    return watcher;
  }

  @Test
  void aFreshLoopHasCountedNothing() {
    assertThat(loop.metrics()).isEqualTo(new LoopMetrics(0, 0, 0));
    assertThat(loop.metricsIdleTime()).isEqualTo(0);
  }

  @ParameterizedTest
  @EnumSource
  void iterationsAreCountedRightBeforeThePoll(RunMode mode) {
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollEnter(Loop loop, long timeoutMillis, PollReason why) {
            log.add("poll " + loop.metrics().loopCount());
          }
        });
    prepare(() -> log.add("prepare " + loop.metrics().loopCount()));
    check(() -> loop.stop());
    idle(() -> {});
    loop.run(mode);
    loop.run(mode);
    assertThat(log).containsExactly("prepare 0", "poll 1", "prepare 1", "poll 2");
  }

  @ParameterizedTest
  @EnumSource
  void aRunWithoutAnIterationIsNotCounted(RunMode mode) {
    loop.run(mode);
    idle(() -> {});
    loop.stop();
    loop.run(mode);
    assertThat(loop.metrics().loopCount()).isEqualTo(0);
  }

  @Test
  void eventsAreCountedWhenTheCallbacksOfTheirBatchHaveRun() {
    IoWatcher first = started(() -> log.add("first sees " + loop.metrics().events()));
    IoWatcher second = started(() -> log.add("second sees " + loop.metrics().events()));
    check(() -> log.add("check sees " + loop.metrics().events()));
    backend.answer(
        (timeout, batch) -> {
          batch.add(first, IoWatcher.READABLE);
          batch.add(second, IoWatcher.READABLE);
          return 2;
        });
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("first sees 0", "second sees 0", "check sees 2");
    assertThat(loop.metrics().eventsWaiting()).isEqualTo(0);
  }

  @Test
  void whatOneWatcherDeliversBeyondOneIsCountedAtOnceAndAsWaitingIfThePollDidNotWait() {
    TestHandle handle = new TestHandle(loop).start();
    IoWatcher watcher =
        started(
            () -> {
              handle.count(2);
              log.add("counted " + loop.metrics());
            });
    backend.ready(watcher, IoWatcher.READABLE);
    loop.run(RunMode.NOWAIT);
    assertThat(loop.metrics()).isEqualTo(new LoopMetrics(1, 3, 2));
    assertThat(log).containsExactly("counted " + new LoopMetrics(1, 2, 2));
    handle.close();
  }

  @Test
  void whatOneWatcherDeliversIsNotWaitingIfThePollWasToWait() {
    TestHandle handle = new TestHandle(loop).start();
    IoWatcher watcher = started(() -> handle.count(2));
    backend.ready(watcher, IoWatcher.READABLE);
    loop.run(RunMode.ONCE);
    assertThat(loop.metrics()).isEqualTo(new LoopMetrics(1, 3, 0));
    handle.close();
  }

  @Test
  void eventsFoundByTheWaitAreNotWaiting() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    IoWatcher watcher = started(() -> {});
    timer(100, () -> {});
    backend.nothing().ready(watcher, IoWatcher.READABLE);
    loop.run(RunMode.ONCE);
    assertThat(loop.metrics()).isEqualTo(new LoopMetrics(1, 1, 0));
  }

  @Test
  void timersAndLoopWatchersAreNoEvents() {
    timer(0, says("timer"));
    idle(says("idle"));
    watcher(says("fed")).feed();
    loop.run(RunMode.NOWAIT);
    assertThat(log).hasSize(3);
    assertThat(loop.metrics().events()).isEqualTo(0);
  }

  @Test
  void idleTimeIsMeasuredOnlyIfConfigured() {
    timer(100, () -> {});
    loop.run(RunMode.ONCE);
    assertThat(loop.now()).isEqualTo(1100);
    assertThat(loop.metricsIdleTime()).isEqualTo(0);
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    timer(50, () -> {});
    loop.run(RunMode.ONCE);
    assertThat(loop.metricsIdleTime()).isEqualTo(50_000_000);
  }

  @Test
  void idleTimeIsTheTimeOfTheWaits() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    prepare(() -> clock.advance(1)).unref();
    check(() -> clock.advance(10)).unref();
    timer(100, () -> clock.advance(1000));
    loop.run();
    // The prepare handle took one of the 100 ms.
    assertThat(loop.metricsIdleTime()).isEqualTo(99_000_000);
    loop.updateTime();
    timer(5, () -> {});
    loop.run();
    assertThat(loop.metricsIdleTime()).isEqualTo(103_000_000);
  }

  @Test
  void timeInAPollThatDoesNotWaitIsNotIdle() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    idle(() -> {});
    backend.answer(
        (timeout, batch) -> {
          clock.advance(70);
          return 0;
        });
    loop.run(RunMode.NOWAIT);
    assertThat(loop.now()).isEqualTo(1070);
    assertThat(loop.metricsIdleTime()).isEqualTo(0);
  }

  @Test
  void idleTimeEndsWithTheFirstCallback() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    long[] seen = new long[2];
    IoWatcher first =
        started(
            () -> {
              seen[0] = loop.metricsIdleTime();
              clock.advance(1000);
              seen[1] = loop.metricsIdleTime();
            });
    timer(100, () -> {});
    backend
        .nothing()
        .answer(
            (timeout, batch) -> {
              clock.advance(40);
              batch.add(first, IoWatcher.READABLE);
              return 1;
            });
    loop.run(RunMode.ONCE);
    assertThat(seen).containsExactly(40_000_000, 40_000_000);
    assertThat(loop.metricsIdleTime()).isEqualTo(40_000_000);
  }

  @Test
  void idleTimeEndsWithThePollPhaseIfNobodyIsCalled() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    check(
        () -> {
          clock.advance(1000);
          loop.stop();
        });
    timer(30, () -> {});
    loop.run();
    assertThat(loop.metricsIdleTime()).isEqualTo(30_000_000);
  }

  @Test
  void aWaitThatGoesOnIsIdleTimeForAnyThread() throws IOException, InterruptedException {
    Pipe pipe = pipe();
    try (Loop real = Loop.open()) {
      real.configure(LoopOption.METRICS_IDLE_TIME);
      PollHandle poll = PollHandle.init(real, pipe.source());
      poll.start(PollHandle.READABLE, (handle, status, events) -> handle.close());
      AtomicLong whileWaiting = new AtomicLong();
      Thread reader =
          new Thread(
              () -> {
                await().until(() -> real.metricsIdleTime() > 0);
                long first = real.metricsIdleTime();
                await().until(() -> real.metricsIdleTime() > first);
                whileWaiting.set(real.metricsIdleTime());
                writeByte(pipe);
              });
      reader.start();
      real.run();
      reader.join();
      assertThat(whileWaiting).hasPositiveValue();
      assertThat(real.metricsIdleTime()).isGreaterThanOrEqualTo(whileWaiting.get());
    }
  }

  private static void writeByte(Pipe pipe) {
    try {
      pipe.sink().write(ByteBuffer.allocate(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
