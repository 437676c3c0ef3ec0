// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Interrupts neither close the wake-up channel nor lose a send, nor are they lost themselves. */
@ExtendWith(LeakCheck.class)
class AsyncInterruptTest {
  private int called;

  @Test
  void anInterruptedSenderWakesTheLoopAndStaysInterrupted() {
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      AsyncHandle async = AsyncHandle.init(loop, handle -> called++);
      for (int i = 1; i <= 3; i++) {
        crew.start(
            () -> {
              Thread.currentThread().interrupt();
              async.send();
              assertThat(Thread.interrupted()).isTrue();
            });
        loop.run(RunMode.ONCE);
        assertThat(called).isEqualTo(i);
        crew.join();
      }
      async.close();
      loop.run();
    }
  }

  @Test
  void aLoopOnAnInterruptedThreadIsWokenAllTheSame() {
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      AsyncHandle async =
          AsyncHandle.init(
              loop,
              handle -> {
                called++;
                handle.close();
              });
      Thread.currentThread().interrupt();
      crew.start(async::send);
      assertThat(loop.run()).isFalse();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(called).isEqualTo(1);
    }
  }

  @Test
  void sendersThatAreInterruptedAtAnyMomentLoseNothing() {
    int sends = 20_000;
    AtomicInteger sent = new AtomicInteger();
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      AsyncHandle async =
          AsyncHandle.init(
              loop,
              handle -> {
                called++;
                if (sent.get() == sends) {
                  handle.close();
                }
              });
      Thread sender =
          crew.start(
              () -> {
                for (int i = 1; i <= sends; i++) {
                  sent.set(i);
                  async.send();
                }
              });
      crew.start(
          () -> {
            while (sender.isAlive()) {
              sender.interrupt();
            }
          });
      assertThat(loop.run()).isFalse();
      assertThat(called).isPositive();
    }
  }
}
