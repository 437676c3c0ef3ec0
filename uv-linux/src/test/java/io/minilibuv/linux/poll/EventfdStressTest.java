// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.WakeupChannel;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.Stress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many threads wake up a loop that is about to sleep, again and again, on channels that are closed
 * and opened anew: no wake-up is lost, and none is made of nothing.
 *
 * <p>In each round some of the senders publish a number, and wake the loop up once. There is no
 * other round before the loop has seen all of them, so that nobody helps out with a wake-up that
 * was lost.
 */
@ExtendWith(LeakCheck.class)
class EventfdStressTest {
  private static final int SENDERS = 6;
  private static final int ROUNDS = Stress.size(20_000, 1_000_000);
  private static final int ROUNDS_OF_LOOP = 500;
  private static final long SEED = 61;

  /** How often a loop polls to have its handles closed. */
  private static final int LOOKS_TO_CLOSE = 1;

  /** How far apart senders' plain fields are, to be on lines of their own. */
  private static final int STRIDE = 16;

  /** After which a wake-up is lost. */
  private static final long GIVE_UP_MILLIS = TimeUnit.SECONDS.toMillis(20);

  private final SlowCalls slow = new SlowCalls();

  /** What the loop's thread has the senders do; it changes at the end of each round. */
  private volatile Round round = new Round(null, 0, 0);

  private final int[] published = new int[SENDERS * STRIDE];
  private final AtomicInteger returned = new AtomicInteger();
  private int woken;
  private int loops;

  /** A round: the first {@code senders} threads wake up {@code channel}; nobody, at the end. */
  private record Round(WakeupChannel channel, int number, int senders) {}

  @SuppressWarnings("ThreadPriorityCheck")
  private void send(int sender) {
    int done = 0;
    for (; ; ) {
      Round now = round;
      if (now.channel == null) {
        if (now.number < 0) {
          return;
        }
        Thread.yield();
      } else if (now.number == done) {
        Thread.yield();
      } else {
        done = now.number;
        if (sender < now.senders) {
          published[sender * STRIDE] = done;
          now.channel.wakeup();
          returned.getAndIncrement();
        }
      }
    }
  }

  private boolean hasSeen(int number, int senders) {
    for (int i = 0; i < senders; i++) {
      if (published[i * STRIDE] != number) {
        return false;
      }
    }
    return true;
  }

  /** Serves some rounds on a loop of its own. */
  private void serve(PollCalls calls, int first, SplittableRandom random) {
    EpollPollBackend backend = new EpollPollBackend(calls, ChannelNumbers.OF_PROCESS);
    try (Loop loop = Loop.open(new LoopOptions().pollBackend(backend))) {
      TimerHandle giveUp = TimerHandle.init(loop);
      WakeupChannel channel = WakeupChannel.open(loop);
      boolean[] seen = new boolean[1];
      IoWatcher watcher =
          new IoWatcher(
              loop,
              channel.target(),
              (w, events) -> {
                channel.drain();
                woken++;
                seen[0] = hasSeen(round.number, round.senders);
              });
      watcher.start(IoWatcher.READABLE);
      for (int i = 0; i < ROUNDS_OF_LOOP; i++) {
        giveUp.start(timer -> {}, GIVE_UP_MILLIS, 0);
        seen[0] = false;
        int senders = 1 + random.nextInt(SENDERS);
        returned.set(0);
        round = new Round(channel, first + i, senders);
        while (!seen[0]) {
          loop.run(RunMode.ONCE);
          assertThat(giveUp.isActive()).as("a wake-up of round %s is lost", first + i).isTrue();
        }
        awaitReturned(senders);
      }
      round = new Round(null, 0, 0);
      loops++;
      watcher.close();
      channel.close();
      giveUp.close();
      loop.run();
    }
  }

  /** A channel may be closed, and a number given out again, when nobody is in a wake-up. */
  @SuppressWarnings("ThreadPriorityCheck")
  private void awaitReturned(int senders) {
    while (returned.get() < senders) {
      Thread.yield();
    }
  }

  @Test
  void noWakeupIsLostAndNoneIsMadeOfNothing() {
    SplittableRandom random = new SplittableRandom(SEED);
    try (Crew crew = new Crew()) {
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        crew.start(() -> send(sender));
      }
      try {
        for (int first = 1; first <= ROUNDS; first += ROUNDS_OF_LOOP) {
          serve(slow.calls(), first, random);
        }
      } finally {
        round = new Round(null, -1, 0);
      }
    }
    assertThat(woken).isGreaterThanOrEqualTo(ROUNDS);
    // A write ends one wait at most. Who does not wait has found the latch set, and tells of it.
    assertThat(slow.told.get()).isLessThanOrEqualTo(slow.writes.get());
    assertThat(slow.looks.get()).isLessThanOrEqualTo(woken + (long) LOOKS_TO_CLOSE * loops);
    assertThat(slow.vain.get()).isZero();
  }
}
