// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code test/test-threadpool.c}, on the process-wide pool, and what belongs to it. */
@ExtendWith(LeakCheck.class)
class ThreadpoolTest {
  private final AtomicInteger workCount = new AtomicInteger();
  private int afterWorkCount;

  @Test
  void threadpoolQueueWorkSimple() {
    Object data = new Object();
    AtomicReference<WorkRequest> worked = new AtomicReference<>();
    try (Loop loop = Loop.open()) {
      WorkRequest work =
          WorkRequest.queue(
              loop,
              request -> {
                worked.set(request);
                workCount.incrementAndGet();
              },
              (request, status) -> {
                assertThat(status).isZero();
                assertThat(request.data()).isSameAs(data);
                assertThat(request).isSameAs(worked.get());
                afterWorkCount++;
              });
      work.setData(data);
      assertThat(work.type()).isEqualTo(RequestType.WORK);

      assertThat(loop.run()).isFalse();

      assertThat(workCount).hasValue(1);
      assertThat(afterWorkCount).isEqualTo(1);
      assertThat(worked).hasValue(work);
      assertThat(work.failure()).isNull();
    }
  }

  @Test
  void threadpoolQueueWorkEinval() {
    try (Loop loop = Loop.open()) {
      assertThatNullPointerException()
          .isThrownBy(() -> WorkRequest.queue(loop, null, (request, status) -> afterWorkCount++));
      assertThat(loop.isAlive()).isFalse();
      assertThat(loop.run()).isFalse();
      assertThat(afterWorkCount).isZero();
    }
  }

  /** The second half of {@code loop_alive}. */
  @Test
  void aLoopIsAliveWhileWorkIsQueued() {
    try (Loop loop = Loop.open()) {
      assertThat(loop.isAlive()).isFalse();
      WorkRequest work = WorkRequest.queue(loop, request -> {}, null);
      assertThat(work.isActive()).isTrue();
      assertThat(loop.isAlive()).isTrue();
      assertThat(loop.run()).isFalse();
      assertThat(work.isActive()).isFalse();
      assertThat(loop.isAlive()).isFalse();
    }
  }

  @Test
  void theAfterWorkCallbackMayBeNull() {
    try (Loop loop = Loop.open()) {
      WorkRequest.queue(loop, request -> workCount.incrementAndGet(), null);
      assertThat(loop.run()).isFalse();
      assertThat(workCount).hasValue(1);
    }
  }

  @Test
  void theRequestIsUnregisteredBeforeItsCallback() {
    try (Loop loop = Loop.open()) {
      WorkRequest.queue(
          loop,
          request -> {},
          (request, status) -> {
            assertThat(request.isActive()).isFalse();
            assertThat(loop.isAlive()).isFalse();
            afterWorkCount++;
          });
      loop.run();
      assertThat(afterWorkCount).isEqualTo(1);
    }
  }

  @Test
  void workRunsOnAWorkerAndComesBackToTheLoopsThread() {
    AtomicReference<Thread> worker = new AtomicReference<>();
    AtomicReference<Thread> after = new AtomicReference<>();
    try (Loop loop = Loop.open()) {
      WorkRequest.queue(
          loop,
          request -> worker.set(Thread.currentThread()),
          (request, status) -> after.set(Thread.currentThread()));
      loop.run();
      assertThat(after).hasValue(Thread.currentThread());
      assertThat(worker.get()).isNotSameAs(Thread.currentThread());
      assertThat(worker.get().isDaemon()).isTrue();
    }
  }

  @Test
  void whatWorkHasWrittenIsThereAfterIt() {
    int[] plain = new int[1000];
    try (Loop loop = Loop.open()) {
      for (int i = 0; i < plain.length; i++) {
        int index = i;
        WorkRequest.queue(
            loop,
            request -> plain[index] = index + 1,
            (request, status) -> afterWorkCount += plain[index] == index + 1 ? 1 : 0);
      }
      loop.run();
      assertThat(afterWorkCount).isEqualTo(plain.length);
    }
  }

  @Test
  void workMayBeQueuedByACallback() {
    try (Loop loop = Loop.open()) {
      queueChain(loop, 10);
      assertThat(loop.run()).isFalse();
      assertThat(workCount).hasValue(10);
      assertThat(afterWorkCount).isEqualTo(10);
    }
  }

  private void queueChain(Loop loop, int left) {
    WorkRequest.queue(
        loop,
        request -> workCount.incrementAndGet(),
        (request, status) -> {
          afterWorkCount++;
          if (left > 1) {
            queueChain(loop, left - 1);
          }
        });
  }

  @Test
  void onlyTheLoopsThreadMayQueueWork() {
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      crew.start(
          () ->
              assertThatIllegalStateException()
                  .isThrownBy(() -> WorkRequest.queue(loop, request -> {}, null)));
      crew.join();
      assertThat(loop.isAlive()).isFalse();
    }
  }

  @Test
  void runOnceWaitsForTheWork() {
    CountDownLatch mayFinish = new CountDownLatch(1);
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      WorkRequest.queue(loop, request -> mayFinish.await(), (request, status) -> afterWorkCount++);
      loop.run(RunMode.NOWAIT);
      assertThat(afterWorkCount).isZero();
      crew.start(mayFinish::countDown);
      assertThat(loop.run(RunMode.ONCE)).isFalse();
      assertThat(afterWorkCount).isEqualTo(1);
    }
  }

  @Test
  void aRequestMayBeSubmittedAgainOnceItHasCalledBack() {
    try (Loop loop = Loop.open()) {
      KindRequest[] self = new KindRequest[1];
      self[0] =
          new KindRequest(
              loop,
              workCount::incrementAndGet,
              status -> {
                assertThat(status).isZero();
                if (++afterWorkCount < 3) {
                  self[0].submitAs(WorkKind.SLOW_IO);
                }
              });
      self[0].submitAs(WorkKind.FAST_IO);
      assertThatIllegalStateException()
          .isThrownBy(() -> self[0].submitAs(WorkKind.FAST_IO))
          .withMessageContaining("submitted already");
      assertThat(loop.run()).isFalse();
      assertThat(workCount).hasValue(3);
      assertThat(afterWorkCount).isEqualTo(3);
    }
  }
}
