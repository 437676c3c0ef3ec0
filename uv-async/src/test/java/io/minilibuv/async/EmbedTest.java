// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;
import io.minilibuv.core.PollReason;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code test/test-embed.c}: somebody else's loop drives ours. There is no backend descriptor to
 * wait for here, so it does as libuv's test does on Windows.
 */
@ExtendWith(LeakCheck.class)
class EmbedTest {
  private final CountDownLatch polling = new CountDownLatch(1);
  private int asyncCalled;

  @Test
  void embed() {
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      AsyncHandle async =
          AsyncHandle.init(
              loop,
              handle -> {
                asyncCalled++;
                handle.close();
              });
      loop.setObserver(
          new LoopObserver() {
            @Override
            public void pollEnter(Loop of, long timeoutMillis, PollReason why) {
              polling.countDown();
            }
          });
      // Where libuv waits a quarter of a second for the loop to be waiting, we know that it is.
      crew.start(
          () -> {
            polling.await();
            async.send();
          });

      while (loop.isAlive()) {
        loop.run(RunMode.ONCE);
      }

      assertThat(asyncCalled).isEqualTo(1);
    }
  }
}
