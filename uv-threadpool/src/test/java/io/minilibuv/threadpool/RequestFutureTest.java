// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.Crew;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests as futures: where they are completed, and what cancelling them tells. */
class RequestFutureTest extends PoolFixture {
  private final Thread loopThread = Thread.currentThread();
  private final AtomicInteger worked = new AtomicInteger();

  RequestFutureTest() {
    super(2);
  }

  private RequestFuture<Integer> work(int value) {
    return RequestFuture.work(
        loop,
        () -> {
          worked.incrementAndGet();
          return value;
        });
  }

  @Test
  void isCompletedOnTheLoopsThreadWithWhatWasComputedOnAWorker() throws Exception {
    Thread[] computedOn = new Thread[1];
    Thread[] completedOn = new Thread[1];
    RequestFuture<String> future =
        RequestFuture.work(
            loop,
            () -> {
              computedOn[0] = Thread.currentThread();
              return "value";
            });
    CompletableFuture<?> stage =
        future.thenAccept(value -> completedOn[0] = Thread.currentThread());
    awaitIdle();
    assertThat(future).isNotDone();
    assertThat(loop.run()).isFalse();
    assertThat(stage).isCompleted();
    assertThat(future.join()).isEqualTo("value");
    assertThat(future.get()).isEqualTo("value");
    assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo("value");
    assertThat(computedOn[0]).isNotNull().isNotSameAs(loopThread);
    assertThat(completedOn[0]).isSameAs(loopThread);
  }

  @Test
  void mayBringNull() {
    RequestFuture<Void> future = RequestFuture.work(loop, () -> null);
    loop.run();
    assertThat(future).isCompletedWithValue(null);
  }

  @Test
  void failsWithWhatTheWorkHasThrown() {
    Exception exception = new Exception("checked");
    AssertionError error = new AssertionError("an error");
    RequestFuture<Object> first =
        RequestFuture.work(
            loop,
            () -> {
              throw exception;
            });
    RequestFuture<Object> second =
        RequestFuture.work(
            loop,
            () -> {
              throw error;
            });
    loop.run();
    assertThatThrownBy(first::join).isInstanceOf(CompletionException.class).hasCause(exception);
    assertThatThrownBy(second::get).isInstanceOf(ExecutionException.class).hasCause(error);
  }

  @Test
  void withoutWorkNothingIsQueued() {
    assertThatNullPointerException().isThrownBy(() -> RequestFuture.work(loop, null));
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void cancelTellsThatItCameInTime() {
    saturate();
    RequestFuture<Integer> future = work(1);
    CompletableFuture<?> stage =
        future.whenComplete((value, thrown) -> seen.add(value + " " + thrown.getClass().getName()));
    assertThat(future.cancel(true)).isTrue();
    assertThat(future).isCancelled();
    assertThat(stage).isCompletedExceptionally();
    assertThat(seen).containsExactly("null java.util.concurrent.CancellationException");
    assertThat(future.cancel(false)).isTrue();
    unblock();
    assertThat(loop.run()).isFalse();
    assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    assertThat(seen).hasSize(1);
    assertThat(worked).hasValue(0);
  }

  @Test
  void cancelTellsThatItWasAlreadyRunning() {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    RequestFuture<Boolean> future =
        RequestFuture.work(
            loop,
            () -> {
              running.countDown();
              gate.await();
              return Thread.currentThread().isInterrupted();
            });
    Crew.awaitLatch(running);
    assertThat(future.cancel(true)).isFalse();
    assertThat(future).isNotDone();
    gate.countDown();
    loop.run();
    assertThat(future).isCompletedWithValue(false);
    assertThat(future.cancel(true)).isFalse();
    assertThat(future).isNotCancelled();
  }

  @Test
  void cancelTellsThatItWasDoneAndNotDelivered() {
    RequestFuture<Integer> future = work(1);
    awaitIdle();
    assertThat(future.cancel(false)).isFalse();
    loop.run();
    assertThat(future).isCompletedWithValue(1);
  }

  @Test
  void cancelByAnotherThreadIsInTimeTooAndCompletesOnTheLoops() {
    saturate();
    RequestFuture<Integer> future = work(1);
    Thread[] completedOn = new Thread[1];
    CompletableFuture<?> stage =
        future.whenComplete((value, thrown) -> completedOn[0] = Thread.currentThread());
    try (Crew crew = new Crew()) {
      for (int i = 0; i < 2; i++) {
        crew.start(() -> assertThat(future.cancel(false)).isTrue());
      }
    }
    assertThat(future).isNotDone();
    unblock();
    assertThat(loop.run()).isFalse();
    assertThat(future).isCancelled();
    assertThat(stage).isCompletedExceptionally();
    assertThat(completedOn[0]).isSameAs(loopThread);
    assertThat(worked).hasValue(0);
  }

  /** The other thread has taken the request back, and not given it to the loop yet. */
  @Test
  void theLoopMayCancelWhatAnotherThreadIsJustCancelling() {
    CountDownLatch takenBack = new CountDownLatch(1);
    CountDownLatch mayGiveBack = new CountDownLatch(1);
    saturate();
    KindRequest[] request = new KindRequest[1];
    RequestFuture<String> future =
        RequestFuture.of(
            made ->
                request[0] =
                    KindRequest.submit(
                        loop, WorkKind.CPU, worked::incrementAndGet, done -> settle(made, done)));
    loop.setObserver(
        new PoolObserver() {
          @Override
          public void workCancelled(Loop of, PoolRequest cancelled, PoolState state) {
            takenBack.countDown();
            Crew.awaitLatch(mayGiveBack);
          }
        });
    try (Crew crew = new Crew()) {
      crew.start(() -> assertThat(future.cancel(false)).isTrue());
      Crew.awaitLatch(takenBack);
      try {
        request[0].cancel();
        assertThat(future.cancel(false)).isTrue();
      } finally {
        mayGiveBack.countDown();
      }
    }
    unblock();
    assertThat(loop.run()).isFalse();
    assertThat(future).isCancelled();
    assertThat(worked).hasValue(0);
    assertBusy(request[0]);
  }

  @Test
  void aFutureThatSomebodyElseHasCompletedLeavesItsRequestAlone() {
    saturate();
    RequestFuture<Integer> future = work(1);
    assertThat(future.complete(2)).isTrue();
    assertThat(future.cancel(false)).isFalse();
    unblock();
    loop.run();
    assertThat(future).isCompletedWithValue(2);
    assertThat(worked).hasValue(1);
  }

  @Test
  void theLoopsThreadIsKeptFromWaitingForItself() {
    saturate();
    RequestFuture<Integer> future = work(1);
    assertThatIllegalStateException().isThrownBy(future::join).withMessageContaining("itself");
    assertThatIllegalStateException().isThrownBy(future::get);
    assertThatIllegalStateException().isThrownBy(() -> future.get(1, TimeUnit.DAYS));
    try (Crew crew = new Crew()) {
      crew.start(() -> assertThat(future.join()).isEqualTo(1));
      unblock();
      loop.run();
    }
  }

  @Test
  void isForTheLoopsThread() {
    try (Crew crew = new Crew()) {
      crew.start(
          () ->
              assertThatIllegalStateException()
                  .isThrownBy(() -> work(1))
                  .withMessageContaining(loopThread.getName())
                  .withMessageContaining(Thread.currentThread().getName()));
    }
    assertThat(loop.isAlive()).isFalse();
  }

  /** A request of any type, whose status is not its work's. */
  private RequestFuture<String> settledWith(int status) {
    return RequestFuture.of(
        future -> KindRequest.submit(loop, WorkKind.CPU, () -> {}, done -> settle(future, status)));
  }

  private void settle(RequestFuture<String> future, int status) {
    future.settle(new KindRequest(loop, () -> {}, done -> {}), "uv_something", status, "value");
  }

  @ParameterizedTest
  @EnumSource(names = {"ECANCELED", "EAI_CANCELED"})
  void bothCodesOfACancelledRequestCancel(UvError error) {
    RequestFuture<String> future = settledWith(error.code());
    loop.run();
    assertThat(future).isCancelled();
  }

  @Test
  void otherNegativeStatusesAreExceptionsAndTheRestIsSuccess() {
    RequestFuture<String> failed = settledWith(UvError.EIO.code());
    RequestFuture<String> read = settledWith(7);
    loop.run();
    assertThat(read).isCompletedWithValue("value");
    assertThatThrownBy(failed::join)
        .hasCauseInstanceOf(UvException.class)
        .hasMessageContaining("EIO")
        .hasMessageContaining("uv_something");
  }

  /** Whoever wins: a future that says it was cancelled was not worked on, and the other way. */
  @Test
  void cancellersOnAllThreadsRaceWithWorkers() {
    int count = 20_000;
    List<RequestFuture<Integer>> futures = new ArrayList<>();
    AtomicReferenceArray<RequestFuture<Integer>> shared = new AtomicReferenceArray<>(count);
    AtomicReferenceArray<Boolean> ran = new AtomicReferenceArray<>(count);
    AtomicReferenceArray<Boolean> cancelled = new AtomicReferenceArray<>(count);
    AtomicInteger submitted = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    try (Crew crew = new Crew()) {
      for (int i = 0; i < 2; i++) {
        crew.start(
            () -> {
              while (!over.get()) {
                int last = submitted.get() - 1;
                if (last >= 0 && shared.get(last).cancel(false)) {
                  cancelled.set(last, true);
                }
              }
            });
      }
      for (int i = 0; i < count; i++) {
        int number = i;
        RequestFuture<Integer> future =
            RequestFuture.work(
                loop,
                () -> {
                  ran.set(number, true);
                  return number;
                });
        futures.add(future);
        shared.set(i, future);
        submitted.set(i + 1);
        if (i % 3 == 0 && future.cancel(false)) {
          cancelled.set(i, true);
        }
        if (i % 16 == 0) {
          loop.run(RunMode.NOWAIT);
        }
      }
      assertThat(loop.run()).isFalse();
      over.set(true);
    }
    int inTime = 0;
    for (int i = 0; i < count; i++) {
      RequestFuture<Integer> future = futures.get(i);
      assertThat(future).isDone();
      boolean wasCancelled = cancelled.get(i) != null;
      assertThat(future.isCancelled()).as("%s", i).isEqualTo(wasCancelled);
      assertThat(ran.get(i) == null).as("%s", i).isEqualTo(wasCancelled);
      inTime += wasCancelled ? 1 : 0;
    }
    assertThat(inTime).isBetween(1, count - 1);
  }
}
