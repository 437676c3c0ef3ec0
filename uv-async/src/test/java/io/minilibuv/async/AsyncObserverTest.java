// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.EventSource;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class AsyncObserverTest {
  private final WatchedBackend backend = new WatchedBackend();
  private final Loop loop = backend.openLoop();
  private final AsyncHandle handle = AsyncHandle.init(loop, h -> {});
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void shutDown() {
    loop.setObserver(null);
    loop.shutdown();
  }

  private final class Recorder implements AsyncObserver {
    @Override
    public void asyncSend(Loop of, AsyncHandle to, boolean coalesced) {
      assertThat(of).isSameAs(loop);
      assertThat(to).isSameAs(handle);
      String how = coalesced ? " merged" : " wakes " + backend.wakeups.get();
      seen.add(Thread.currentThread().getName() + how);
    }

    @Override
    public void callbackBegin(Loop of, EventSource source) {
      seen.add("callback");
    }
  }

  @Test
  void seesEachSendOnItsThreadAndBeforeTheWakeUp() {
    loop.setObserver(new Recorder());
    try (Crew crew = new Crew()) {
      crew.start(handle::send);
      crew.join();
      crew.start(handle::send);
    }
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("crew-0 wakes 0", "crew-1 merged", "callback");
  }

  @Test
  void aSendToAClosingHandleComesToNothing() {
    loop.setObserver(new Recorder());
    handle.close();
    handle.send();
    assertThat(seen).containsExactly(Thread.currentThread().getName() + " merged");
    assertThat(backend.wakeups).hasValue(0);
  }

  @Test
  void anObserverOfTheCoreAloneSeesTheCallbacks() {
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void callbackBegin(Loop of, EventSource source) {
            seen.add("callback of " + (source == handle));
          }
        });
    handle.send();
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("callback of true");
  }

  @Test
  void anObserverThatThrowsLosesNoSend() {
    loop.setObserver(
        new AsyncObserver() {
          @Override
          public void asyncSend(Loop of, AsyncHandle to, boolean coalesced) {
            throw new IllegalArgumentException("observer");
          }

          @Override
          public void callbackBegin(Loop of, EventSource source) {
            seen.add("callback");
          }
        });
    assertThatThrownBy(handle::send).hasMessage("observer");
    assertThatThrownBy(handle::send).hasMessage("observer");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("callback");
    // Nobody counts as sending any more: this returns.
    handle.close();
  }
}
