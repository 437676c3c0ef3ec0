// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many senders against one loop. A send or a value that is lost leaves the loop waiting for ever.
 */
@ExtendWith(LeakCheck.class)
class AsyncStressTest {
  private static final int SENDERS = 4;
  private static final int SENDS = 100_000;

  /** What a sender publishes: plain fields, far enough apart to be on lines of their own. */
  private static final int STRIDE = 16;

  private final int[] published = new int[SENDERS * STRIDE];
  private long called;

  private boolean allPublished() {
    for (int i = 0; i < SENDERS; i++) {
      if (published[i * STRIDE] != SENDS) {
        return false;
      }
    }
    return true;
  }

  private void publishAndSend(int sender, AsyncHandle to) {
    for (int n = 1; n <= SENDS; n++) {
      published[sender * STRIDE] = n;
      to.send();
    }
  }

  @Test
  void theLastCallbackSeesTheLastValueOfEverySender() {
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      AsyncHandle async =
          AsyncHandle.init(
              loop,
              handle -> {
                called++;
                if (allPublished()) {
                  handle.close();
                }
              });
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        crew.start(() -> publishAndSend(sender, async));
      }
      assertThat(loop.run()).isFalse();
      assertThat(called).isBetween(1L, (long) SENDERS * SENDS);
    }
  }

  @Test
  void eachHandleSeesTheLastValueOfItsSender() {
    int[] last = new int[SENDERS];
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        AsyncHandle async =
            AsyncHandle.init(
                loop,
                handle -> {
                  last[sender] = published[sender * STRIDE];
                  if (last[sender] == SENDS) {
                    handle.close();
                  }
                });
        crew.start(() -> publishAndSend(sender, async));
      }
      assertThat(loop.run()).isFalse();
      assertThat(last).containsOnly(SENDS);
    }
  }

  /**
   * The value of a merged send must reach the callback that it was merged into. The sender
   * publishes two in a row, and no more before both were seen, so nobody helps the second one out.
   * The loop's side takes sends as fast as it can, without its poll in between, so that the two
   * meet.
   */
  @Test
  void aMergedSendIsSeenByTheCallbackThatItWasMergedInto() {
    int rounds = 1_000_000;
    Plain plain = new Plain();
    try (Loop loop = Loop.open()) {
      AsyncHandle async = AsyncHandle.init(loop, handle -> plain.seen = plain.value);
      try (Crew crew = new Crew()) {
        Thread sender =
            crew.start(
                () -> {
                  for (int n = 2; n <= rounds; n += 2) {
                    plain.value = n - 1;
                    async.send();
                    plain.value = n;
                    async.send();
                    awaitSeen(plain, n);
                  }
                });
        while (sender.isAlive()) {
          async.deliver();
        }
      }
      async.close();
      loop.run();
    }
    assertThat(plain.seen).isEqualTo(rounds);
  }

  private static void awaitSeen(Plain plain, int value) {
    long began = System.nanoTime();
    while (plain.seen != value) {
      if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(30)) {
        throw new AssertionError(value + " was never seen, only " + plain.seen);
      }
    }
  }

  private static final class Plain {
    int value;
    volatile int seen;
  }

  @RepeatedTest(200)
  void sendersAtAClosingHandleTouchNothingAfterIt() {
    WatchedBackend backend = new WatchedBackend();
    CountDownLatch allSend = new CountDownLatch(2);
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<String> failure = new AtomicReference<>();
    try (Crew crew = new Crew()) {
      try (Loop loop = backend.openLoop()) {
        AsyncHandle async =
            AsyncHandle.init(
                loop,
                handle -> {
                  called++;
                  if (handle.isClosing()) {
                    failure.set("called after close");
                  }
                  if (allSend.getCount() == 0) {
                    handle.close();
                  }
                });
        for (int i = 0; i < 2; i++) {
          crew.start(
              () -> {
                async.send();
                allSend.countDown();
                while (!done.get()) {
                  async.send();
                }
              });
        }
        assertThat(loop.run()).isFalse();
      } finally {
        // The senders have gone on for a while on a loop that is closed.
        done.set(true);
      }
    }
    assertThat(backend.wakeupsAfterClose).hasValue(0);
    assertThat(failure).hasNullValue();
  }
}
