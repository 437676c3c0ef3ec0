// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.Stress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Senders against handles that come and go: after the last send to each handle before its close, a
 * callback has come that began after that send and saw its data, and none has come after the close.
 *
 * <p>The senders pause after every round, when nobody can help out with a wake-up that was lost.
 */
@ExtendWith(LeakCheck.class)
class AsyncChurnStressTest {
  private static final int SENDERS = 8;
  private static final int SENDS_IN_ROUND = 500;
  private static final int ROUNDS = Stress.size(20_000, 1_000_000) / SENDS_IN_ROUND;

  /** How many sends a sender does, on average, before it gives its turn to others. */
  private static final int SENDS_IN_TURN = 16;

  private static final int SLOTS = 64;
  private static final int CLOSES_IN_POLL = 4;
  private static final long SEED = 20261;

  /** How far apart senders' plain fields are, to be on lines of their own. */
  private static final int STRIDE = 16;

  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** A handle, what was sent to it, and what its callbacks have seen. */
  private static final class Target {
    /** What a sender publishes, in plain fields, before it sends. */
    final int[] published = new int[SENDERS * STRIDE];

    /** Which of that it has sent: written when the send has returned. */
    final AtomicIntegerArray sent = new AtomicIntegerArray(SENDERS);

    final int[] seen = new int[SENDERS];
    final int[] due = new int[SENDERS];
    final AsyncHandle handle;
    boolean closed;
    long calls;

    Target(Loop loop) {
      handle = AsyncHandle.init(loop, h -> look());
    }

    void look() {
      assertThat(closed).as("called after close").isFalse();
      calls++;
      for (int i = 0; i < SENDERS; i++) {
        seen[i] = published[i * STRIDE];
      }
    }

    /** From now on a callback must come that sees what has been sent by now. */
    void expectAllSent() {
      for (int i = 0; i < SENDERS; i++) {
        due[i] = sent.get(i);
      }
    }

    boolean hasSeenWhatIsDue() {
      for (int i = 0; i < SENDERS; i++) {
        if (seen[i] < due[i]) {
          return false;
        }
      }
      return true;
    }

    void close() {
      closed = true;
      handle.close();
    }
  }

  private final Loop loop = Loop.open();
  private final AtomicReferenceArray<Target> slots = new AtomicReferenceArray<>(SLOTS);
  private final List<Target> leaving = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final AtomicInteger arrived = new AtomicInteger();
  private final List<CountDownLatch> nextRound = new ArrayList<>();
  private long closes;
  private long calls;

  @Test
  void theLastSendToEveryHandleIsSeenAndNothingComesAfterItsClose() {
    TimerHandle tick = TimerHandle.init(loop);
    tick.start(handle -> {}, 1, 1);
    for (int slot = 0; slot < SLOTS; slot++) {
      slots.set(slot, new Target(loop));
    }
    for (int round = 0; round < ROUNDS; round++) {
      nextRound.add(new CountDownLatch(1));
    }
    try (Crew crew = new Crew()) {
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        crew.start(() -> sendRounds(sender));
      }
      try {
        for (int round = 0; round < ROUNDS; round++) {
          serveRound((round + 1) * SENDERS);
          nextRound.get(round).countDown();
        }
      } finally {
        nextRound.forEach(CountDownLatch::countDown);
      }
    } finally {
      loop.shutdown();
    }
    assertThat(closes).isGreaterThan(ROUNDS);
    assertThat(calls).isGreaterThan(ROUNDS);
  }

  // Senders take turns on the processors, so that the loop's thread gets between them.
  @SuppressWarnings("ThreadPriorityCheck")
  private void sendRounds(int sender) throws InterruptedException {
    SplittableRandom mine = new SplittableRandom(SEED + 1 + sender);
    int value = 0;
    for (CountDownLatch next : nextRound) {
      for (int i = 0; i < SENDS_IN_ROUND; i++) {
        Target target = slots.get(mine.nextInt(SLOTS));
        target.published[sender * STRIDE] = ++value;
        target.handle.send();
        target.sent.set(sender, value);
        if (mine.nextInt(SENDS_IN_TURN) == 0) {
          Thread.yield();
        }
      }
      arrived.getAndIncrement();
      next.await();
    }
  }

  /** Polls until all senders have done this round, and all that they sent was seen. */
  private void serveRound(int arrivals) {
    while (arrived.get() < arrivals) {
      // With a handle to close the poll does not wait: so every other poll has none.
      if (leaving.isEmpty() && random.nextBoolean()) {
        for (int i = 0; i < CLOSES_IN_POLL; i++) {
          replace(random.nextInt(SLOTS));
        }
      }
      loop.run(RunMode.ONCE);
      closeThoseThatHaveSeenAll();
    }
    long began = System.nanoTime();
    for (int slot = 0; slot < SLOTS; slot++) {
      Target target = slots.get(slot);
      target.expectAllSent();
      while (!target.hasSeenWhatIsDue()) {
        pollAgain(began);
      }
    }
    while (!leaving.isEmpty()) {
      closeThoseThatHaveSeenAll();
      if (!leaving.isEmpty()) {
        pollAgain(began);
      }
    }
  }

  /** Gives the slot to a new handle; the old one is closed when it has seen all sent so far. */
  private void replace(int slot) {
    Target old = slots.get(slot);
    slots.set(slot, new Target(loop));
    old.expectAllSent();
    leaving.add(old);
  }

  private void closeThoseThatHaveSeenAll() {
    for (Iterator<Target> i = leaving.iterator(); i.hasNext(); ) {
      Target target = i.next();
      if (target.hasSeenWhatIsDue()) {
        calls += target.calls;
        closes++;
        target.close();
        i.remove();
      }
    }
  }

  private void pollAgain(long began) {
    assertThat(System.nanoTime() - began).as("a send was lost").isLessThan(GIVE_UP_NANOS);
    loop.run(RunMode.ONCE);
  }
}
