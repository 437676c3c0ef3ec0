// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.PrepareHandle;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code test/test-async.c}. */
@ExtendWith(LeakCheck.class)
class AsyncTest {
  private final AtomicInteger asyncCalled = new AtomicInteger();
  private int prepareCalled;
  private int closeCalled;

  @Test
  void async() {
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      PrepareHandle prepare = PrepareHandle.init(loop);
      AsyncHandle async =
          AsyncHandle.init(
              loop,
              handle -> {
                if (asyncCalled.incrementAndGet() == 3) {
                  handle.close(closed -> closeCalled++);
                  prepare.close(closed -> closeCalled++);
                }
              });
      prepare.start(
          handle -> {
            if (prepareCalled++ == 0) {
              crew.start(() -> sendUntilCalledThrice(async));
            }
          });

      assertThat(loop.run()).isFalse();

      assertThat(prepareCalled).isPositive();
      assertThat(asyncCalled).hasValue(3);
      assertThat(closeCalled).isEqualTo(2);
    }
  }

  private void sendUntilCalledThrice(AsyncHandle async) {
    while (asyncCalled.get() < 3) {
      async.send();
      Thread.onSpinWait();
    }
  }
}
