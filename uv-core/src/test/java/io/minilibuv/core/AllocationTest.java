// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.testing.Allocations;
import java.nio.channels.Pipe;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What happens all the time allocates nothing.
 *
 * <p>Counted are the bytes that this thread allocates in many rounds. Code that was not compiled
 * yet may allocate where compiled code does not, and the compiler comes by when it likes: so it is
 * tried again, until there is nothing, or for so long that it must have come. What the JVM
 * allocates for itself now and then does not grow with the number of rounds, so a small constant is
 * let pass; one object a round would be a hundred times as much.
 */
class AllocationTest extends LoopFixture {
  @Test
  void theCountingSeesOneSmallObjectARound() {
    Object[] kept = new Object[1];
    assertThat(Allocations.of(() -> kept[0] = new Object()))
        .isGreaterThanOrEqualTo(8L * Allocations.ROUNDS)
        .isGreaterThan(Allocations.FOR_THE_JVM);
    assertThat(kept[0]).isNotNull();
  }

  @Test
  void aTickOfAnIdleLoop() {
    int[] calls = new int[3];
    IdleHandle.init(loop).start(handle -> calls[0]++);
    PrepareHandle.init(loop).start(handle -> calls[1]++);
    CheckHandle.init(loop).start(handle -> calls[2]++);
    int rounds = Allocations.awaitNone(() -> loop.run(RunMode.NOWAIT));
    assertThat(calls).containsOnly(rounds);
  }

  @Test
  void aTickOfALoopWithAPollHandleThatIsNotReady() {
    Pipe.SourceChannel quiet = pipe().source();
    PollHandle poll = PollHandle.init(loop, quiet);
    poll.start(PollHandle.READABLE, (handle, status, events) -> log.add("called"));
    int rounds = Allocations.awaitNone(() -> loop.run(RunMode.NOWAIT));
    assertThat(log).isEmpty();
    assertThat(loop.metrics().loopCount()).isEqualTo(rounds);
  }

  @Test
  void aTickOfALoopWithAPollHandleThatIsReady() {
    int[] calls = new int[1];
    readyPoll(poll -> calls[0]++);
    int rounds = Allocations.awaitNone(() -> loop.run(RunMode.NOWAIT));
    assertThat(calls[0]).isEqualTo(rounds);
  }

  @Test
  void startingStoppingAndFiringATimer() {
    int[] fired = new int[1];
    TimerHandle.Callback callback = handle -> fired[0]++;
    TimerHandle firing = TimerHandle.init(loop);
    TimerHandle stopped = TimerHandle.init(loop);
    int rounds =
        Allocations.awaitNone(
            () -> {
              stopped.start(callback, 1, 0);
              firing.start(callback, 3, 0);
              stopped.stop();
              loop.run(RunMode.ONCE);
            });
    assertThat(fired[0]).isEqualTo(rounds);
    assertThat(loop.now()).isEqualTo(1000 + 3L * rounds);
  }

  @Test
  void aRepeatingTimerAmongManyOthers() {
    int[] fired = new int[1];
    for (int i = 0; i < 100; i++) {
      timer(1_000_000_000L + i, () -> {});
    }
    TimerHandle.init(loop).start(handle -> fired[0]++, 1, 1);
    int rounds = Allocations.awaitNone(() -> loop.run(RunMode.ONCE));
    assertThat(fired[0]).isEqualTo(rounds);
  }

  @Test
  void feedingAWatcher() {
    int[] calls = new int[1];
    IoWatcher watcher = watcher(() -> calls[0]++);
    int rounds =
        Allocations.awaitNone(
            () -> {
              watcher.feed();
              loop.run(RunMode.NOWAIT);
            });
    assertThat(calls[0]).isEqualTo(rounds);
  }

  @Test
  void measuringIdleTime() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    TimerHandle.init(loop).start(handle -> {}, 1, 1);
    int rounds = Allocations.awaitNone(() -> loop.run(RunMode.ONCE));
    assertThat(loop.metricsIdleTime()).isEqualTo(rounds * 1_000_000L);
  }

  @Test
  void beingWatched() {
    loop.setBlockedLimit(Duration.ofHours(1));
    TimerHandle.init(loop).start(handle -> {}, 1, 1);
    int rounds = Allocations.awaitNone(() -> loop.run(RunMode.ONCE));
    assertThat(loop.stats().iterations()).isEqualTo(rounds);
  }

  @Test
  void wakingTheLoopUp() {
    WakeupChannel wakeup = WakeupChannel.open(loop);
    int[] calls = new int[1];
    IoWatcher watcher =
        new IoWatcher(
            loop,
            wakeup.target(),
            (woken, events) -> {
              wakeup.drain();
              calls[0]++;
            });
    watcher.start(IoWatcher.READABLE);
    check(() -> {}).unref();
    TestHandle active = new TestHandle(loop).start();
    int rounds =
        Allocations.awaitNone(
            () -> {
              wakeup.wakeup();
              wakeup.wakeup();
              loop.run(RunMode.NOWAIT);
            });
    assertThat(calls[0]).isEqualTo(rounds);
    active.close();
    watcher.close();
    loop.run();
    wakeup.close();
  }
}
