// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.async.AsyncObserver;
import io.minilibuv.core.EventSource;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PoolObserverTest extends PoolFixture {
  private final List<String> events = new CopyOnWriteArrayList<>();

  PoolObserverTest() {
    super(1);
  }

  private final class Recorder implements PoolObserver {
    private final PoolRequest only;

    Recorder(PoolRequest only) {
      this.only = only;
    }

    private void record(PoolRequest request, String event) {
      if (only == null || only == request) {
        events.add(event);
      }
    }

    @Override
    public void workSubmitted(Loop of, PoolRequest request, WorkKind kind, PoolState state) {
      assertThat(loop.isLoopThread()).isTrue();
      record(request, "submitted " + kind + ", queued " + state.queued());
    }

    @Override
    public void workStarted(Loop of, PoolRequest request, Thread worker, PoolState state) {
      assertThat(worker).isSameAs(Thread.currentThread());
      record(request, "started, queued " + state.queued() + ", slow " + state.slowRunning());
    }

    @Override
    public void workFinished(Loop of, PoolRequest request, Thread worker, int undelivered) {
      assertThat(worker).isSameAs(Thread.currentThread());
      record(request, "finished, undelivered " + undelivered);
    }

    @Override
    public void workCancelled(Loop of, PoolRequest request, PoolState state) {
      assertThat(loop.isLoopThread()).isTrue();
      record(request, "cancelled, queued " + state.queued());
    }

    @Override
    public void workDelivered(Loop of, PoolRequest request, int status, int undelivered) {
      assertThat(loop.isLoopThread()).isTrue();
      record(request, "delivered " + status + ", undelivered " + undelivered);
    }

    @Override
    public void callbackBegin(Loop of, EventSource source) {
      if (source instanceof PoolRequest request) {
        record(request, "callback");
      }
    }
  }

  @Test
  void seesARequestGoThroughThePool() {
    loop.setObserver(new Recorder(null));
    queue("work");
    loop.run();
    assertThat(events)
        .containsExactly(
            "submitted CPU, queued 0",
            "started, queued 0, slow 0",
            "finished, undelivered 0",
            "delivered 0, undelivered 0",
            "callback");
  }

  @Test
  void seesTheLengthsOfTheQueues() {
    saturate();
    loop.setObserver(new Recorder(null));
    queue("a");
    queue("b");
    KindRequest.submit(loop, WorkKind.SLOW_IO, () -> {}, status -> {});
    unblock();
    awaitIdle();
    loop.run(RunMode.NOWAIT);
    assertThat(events)
        .containsExactly(
            "submitted CPU, queued 0",
            "submitted CPU, queued 1",
            "submitted SLOW_IO, queued 2",
            // The one that blocked the worker is done, and is delivered with the others.
            "finished, undelivered 0",
            "started, queued 1, slow 0",
            "finished, undelivered 1",
            "started, queued 0, slow 0",
            "finished, undelivered 2",
            "started, queued 0, slow 1",
            "finished, undelivered 3",
            "delivered 0, undelivered 3",
            "callback",
            "delivered 0, undelivered 2",
            "callback",
            "delivered 0, undelivered 1",
            "callback",
            "delivered 0, undelivered 0",
            "callback");
  }

  @Test
  void seesCancelling() {
    saturate();
    WorkRequest request = queue("work");
    queue("other");
    loop.setObserver(new Recorder(request));
    request.cancel();
    request.cancel();
    loop.run(RunMode.NOWAIT);
    assertThat(events)
        .containsExactly(
            "cancelled, queued 1",
            "cancelled, queued 1",
            "delivered " + ECANCELED + ", undelivered 0",
            "callback");
    assertBusy(request);
    assertThat(events).hasSize(4);
  }

  @Test
  void anObserverThatThrowsOnAWorkerHarmsNothing() {
    loop.setObserver(
        new PoolObserver() {
          @Override
          public void workStarted(Loop of, PoolRequest request, Thread worker, PoolState state) {
            throw new IllegalArgumentException("started: this is what the log is about");
          }

          @Override
          public void workFinished(Loop of, PoolRequest request, Thread worker, int undelivered) {
            throw new LinkageError("finished: this is what the log is about");
          }
        });
    WorkRequest request = queue("work");
    loop.run();
    assertThat(seen).containsExactly("work");
    assertThat(request.failure()).isNull();
  }

  @Test
  void anObserverThatThrowsOnTheLoopsThreadLosesNoRequest() {
    loop.setObserver(
        new PoolObserver() {
          @Override
          public void workDelivered(Loop of, PoolRequest request, int status, int undelivered) {
            throw new IllegalArgumentException("delivered");
          }
        });
    queueAndFinish("a");
    queueAndFinish("b");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("delivered");
    }
    assertThat(seen).containsExactly("a", "b");
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void anObserverThatThrowsAtTheSubmitHarmsNothing() {
    loop.setObserver(
        new PoolObserver() {
          @Override
          public void workSubmitted(Loop of, PoolRequest request, WorkKind kind, PoolState state) {
            throw new IllegalArgumentException("submitted");
          }
        });
    queueAndFinish("work");
    assertThat(loop.run()).isFalse();
    assertThat(seen).contains("work");
  }

  /** Sees sends too, which workers make when their work is done. */
  private static final class ThrowsAtSends implements PoolObserver, AsyncObserver {
    @Override
    public void asyncSend(Loop of, AsyncHandle handle, boolean coalesced) {
      throw new IllegalStateException("from the observer");
    }
  }

  @Test
  void anObserverThatThrowsAtAWorkersSendHarmsNothing() {
    loop.setObserver(new ThrowsAtSends());
    for (int i = 0; i < 10; i++) {
      queueAndFinish("work " + i);
    }
    loop.setObserver(null);
    loop.run();
    assertThat(seen).hasSize(10);
    assertThat(pool.state().idle()).isEqualTo(pool.size());
  }

  @Test
  void isNotToldOfARequestThatIsRefused() {
    queueAndFinish("before");
    loop.run();
    pool.close();
    loop.setObserver(new Recorder(null));
    assertThatThrownBy(() -> queue("refused")).isInstanceOf(IllegalStateException.class);
    assertThat(events).isEmpty();
  }
}
