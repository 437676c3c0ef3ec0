// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Close waits for the senders that are on their way: {@code uv__async_spin}. */
@ExtendWith(LeakCheck.class)
class AsyncCloseTest {
  private final WatchedBackend backend = new WatchedBackend();
  private final CountDownLatch waking = new CountDownLatch(1);
  private final CountDownLatch mayWake = new CountDownLatch(1);
  private volatile boolean closed;

  /** Keeps the first sender that is not merged where it tells the observer. */
  private AsyncObserver holdingObserver() {
    return new AsyncObserver() {
      @Override
      public void asyncSend(Loop loop, AsyncHandle handle, boolean coalesced) {
        if (!coalesced) {
          waking.countDown();
          Crew.awaitLatch(mayWake);
        }
      }
    };
  }

  /** Keeps the sender of the first wake-up where it is. */
  private void holdSenders() {
    backend.beforeWakeup =
        () -> {
          waking.countDown();
          Crew.awaitLatch(mayWake);
        };
  }

  private static boolean isSpinning(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("spin"));
  }

  @Test
  void closingAHandleWaitsForItsSender() {
    CountDownLatch ready = new CountDownLatch(1);
    AsyncHandle[] made = new AsyncHandle[1];
    holdSenders();
    try (Crew crew = new Crew()) {
      Thread loopThread =
          crew.start(
              () -> {
                try (Loop loop = backend.openLoop()) {
                  made[0] = AsyncHandle.init(loop, handle -> {});
                  ready.countDown();
                  Crew.awaitLatch(waking);
                  made[0].close();
                  closed = true;
                  loop.run();
                }
              });
      crew.start(
          () -> {
            ready.await();
            made[0].send();
          });
      await().until(() -> isSpinning(loopThread));
      assertThat(closed).isFalse();
      // Senders that come now have nothing to wait for.
      made[0].send();
      mayWake.countDown();
      crew.join();
      assertThat(closed).isTrue();
      assertThat(backend.wakeups).hasValue(1);
      assertThat(backend.wakeupsAfterClose).hasValue(0);
    }
  }

  @Test
  void closingTheLoopWaitsForTheSendersOfInternalHandles() {
    CountDownLatch ready = new CountDownLatch(1);
    AsyncHandle[] made = new AsyncHandle[1];
    holdSenders();
    try (Crew crew = new Crew()) {
      Thread loopThread =
          crew.start(
              () -> {
                try (Loop loop = backend.openLoop()) {
                  made[0] = InternalAsyncHandle.init(loop, handle -> {});
                  ready.countDown();
                  Crew.awaitLatch(waking);
                }
                closed = true;
              });
      crew.start(
          () -> {
            ready.await();
            made[0].send();
          });
      await().until(() -> isSpinning(loopThread));
      assertThat(closed).isFalse();
      mayWake.countDown();
      crew.join();
      assertThat(closed).isTrue();
      assertThat(backend.wakeups).hasValue(1);
      assertThat(backend.wakeupsAfterClose).hasValue(0);
    }
  }

  @Test
  void closingWaitsForASenderThatAnObserverHolds() {
    CountDownLatch ready = new CountDownLatch(1);
    AsyncHandle[] made = new AsyncHandle[2];
    try (Crew crew = new Crew()) {
      try {
        Thread loopThread =
            crew.start(
                () -> {
                  try (Loop loop = backend.openLoop()) {
                    loop.setObserver(holdingObserver());
                    made[0] = AsyncHandle.init(loop, handle -> {});
                    made[1] = InternalAsyncHandle.init(loop, handle -> {});
                    ready.countDown();
                    Crew.awaitLatch(waking);
                    loop.shutdown();
                  }
                  closed = true;
                });
        crew.start(
            () -> {
              ready.await();
              made[0].send();
            });
        crew.start(
            () -> {
              ready.await();
              made[1].send();
            });
        await().until(() -> isSpinning(loopThread));
        assertThat(closed).isFalse();
        mayWake.countDown();
        crew.join();
        assertThat(closed).isTrue();
        assertThat(backend.wakeupsAfterClose).hasValue(0);
      } finally {
        mayWake.countDown();
      }
    }
  }
}
