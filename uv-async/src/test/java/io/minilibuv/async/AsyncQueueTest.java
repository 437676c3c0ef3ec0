// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.async.AsyncQueue.Offer;
import io.minilibuv.core.EventSource;
import io.minilibuv.core.Handle;
import io.minilibuv.core.HandleType;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopBusyException;
import io.minilibuv.core.LoopObserver;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules of {@link AsyncQueue} while it is open; {@link AsyncQueueCloseTest} has the rest. */
@ExtendWith(LeakCheck.class)
class AsyncQueueTest {
  private final WatchedBackend backend = new WatchedBackend();
  private final Loop loop = backend.openLoop();
  private final List<Object> given = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.setObserver(null);
    loop.shutdown();
  }

  private static void offer(AsyncQueue<Integer> queue, int... items) {
    for (int item : items) {
      assertThat(queue.offer(item)).isEqualTo(Offer.ACCEPTED);
    }
  }

  @Test
  void eachItemIsDeliveredOnceAndInOrder() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    offer(queue, 1, 2, 3);
    assertThat(given).isEmpty();
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 2, 3);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 2, 3);
  }

  @Test
  void offersBeforeTheCallbackWakeTheLoopOnce() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    offer(queue, 1, 2, 3);
    loop.run(RunMode.NOWAIT);
    assertThat(backend.wakeups).hasValue(1);
  }

  @Test
  void isAnAsyncHandleLikeAnyOther() {
    AsyncHandle before = AsyncHandle.init(loop, handle -> given.add("before"));
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    AsyncHandle after = AsyncHandle.init(loop, handle -> given.add("after"));
    assertThat(queue.type()).isEqualTo(HandleType.ASYNC);
    assertThat(queue.isActive()).isTrue();
    assertThat(queue.hasRef()).isTrue();
    after.send();
    offer(queue, 1);
    before.send();
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly("before", 1, "after");
    assertThatThrownBy(loop::close).isInstanceOf(LoopBusyException.class);
  }

  @Test
  void keepsTheLoopAliveUntilItIsUnrefdOrClosed() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    queue.unref();
    assertThat(loop.run()).isFalse();
    queue.ref();
    assertThat(loop.isAlive()).isTrue();
    queue.close();
    assertThat(loop.run()).isFalse();
  }

  @Test
  void theBatchIsOneCallbackOfTheHandle() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    List<EventSource> called = new ArrayList<>();
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void callbackBegin(Loop of, EventSource source) {
            called.add(source);
          }
        });
    offer(queue, 1, 2);
    loop.run(RunMode.NOWAIT);
    assertThat(called).containsExactly(queue);
    assertThat(given).containsExactly(1, 2);
  }

  @Test
  void aSendAloneDeliversNothing() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    queue.send();
    loop.run(RunMode.NOWAIT);
    assertThat(given).isEmpty();
    offer(queue, 1);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1);
  }

  @Test
  void offersOfOtherThreadsAreDeliveredOnTheLoopsThread() {
    List<Thread> on = new ArrayList<>();
    AsyncQueue<Integer> queue =
        AsyncQueue.unbounded(
            loop,
            item -> {
              given.add(item);
              on.add(Thread.currentThread());
            });
    try (Crew crew = new Crew()) {
      crew.start(() -> offer(queue, 1, 2));
      crew.join();
    }
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 2);
    assertThat(on).containsOnly(Thread.currentThread());
  }

  @Test
  void anItemOfTheLoopsOwnThreadComesInALaterPoll() {
    List<AsyncQueue<Integer>> made = new ArrayList<>();
    AsyncQueue<Integer> queue =
        AsyncQueue.unbounded(
            loop,
            item -> {
              given.add(item);
              if (item < 3) {
                offer(made.get(0), item + 1);
                given.add("offered " + (item + 1));
              }
            });
    queue.setBatch(1);
    made.add(queue);
    offer(queue, 1);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, "offered 2");
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, "offered 2", 2, "offered 3");
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, "offered 2", 2, "offered 3", 3);
  }

  @Test
  void aBatchHasAnEndAndTheRestComesWithTheNextPoll() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    queue.setBatch(2);
    offer(queue, 1, 2, 3, 4, 5);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 2);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 2, 3, 4);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 2, 3, 4, 5);
    assertThat(backend.wakeups).hasValue(3);
  }

  @Test
  void theDefaultBatchIsTheDocumentedOne() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    for (int i = 0; i <= AsyncQueue.DEFAULT_BATCH; i++) {
      offer(queue, i);
    }
    loop.run(RunMode.NOWAIT);
    assertThat(given).hasSize(AsyncQueue.DEFAULT_BATCH);
    loop.run(RunMode.NOWAIT);
    assertThat(given).hasSize(AsyncQueue.DEFAULT_BATCH + 1);
  }

  @Test
  void aQueueThatFillsItselfStarvesNobody() {
    List<AsyncQueue<Integer>> made = new ArrayList<>();
    AsyncQueue<Integer> endless =
        AsyncQueue.unbounded(
            loop,
            item -> {
              if (item < 100_000) {
                made.get(0).offer(item + 1);
                made.get(0).offer(item + 1);
              }
            });
    made.add(endless);
    AsyncHandle sibling = AsyncHandle.init(loop, handle -> given.add("sibling"));
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> given.add("timer"), 0, 0);
    offer(endless, 1);
    for (int i = 0; i < 10; i++) {
      loop.run(RunMode.NOWAIT);
      sibling.send();
    }
    assertThat(given).containsOnlyOnce("timer").hasSize(10);
    assertThat(endless.size()).isGreaterThan(AsyncQueue.DEFAULT_BATCH);
  }

  @Test
  void aConsumerThatThrowsLosesItsItemAlone() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, this::refuseTwo);
    AsyncHandle sibling = AsyncHandle.init(loop, handle -> given.add("sibling"));
    offer(queue, 1, 2, 3);
    sibling.send();
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("refused 2");
    assertThat(given).containsExactly(1);
    assertThat(queue.size()).isEqualTo(1);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, "sibling", 3);
  }

  @Test
  void withAnExceptionHandlerTheRestComesWithTheNextPollToo() {
    List<EventSource> sources = new ArrayList<>();
    loop.setExceptionHandler((source, thrown) -> sources.add(source));
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, this::refuseTwo);
    offer(queue, 1, 2, 3);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1);
    assertThat(sources).containsExactly(queue);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 3);
  }

  private void refuseTwo(int item) {
    if (item == 2) {
      throw new IllegalArgumentException("refused 2");
    }
    given.add(item);
  }

  @Test
  void aBoundedQueueSaysThatItIsFull() {
    AsyncQueue<Integer> queue = AsyncQueue.bounded(loop, 2, given::add);
    offer(queue, 1, 2);
    assertThat(queue.offer(3)).isEqualTo(Offer.FULL);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 2);
    offer(queue, 4, 5);
    assertThat(queue.offer(6)).isEqualTo(Offer.FULL);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 2, 4, 5);
  }

  @Test
  void theItemThatTheConsumerIsGivenHasLeftTheQueue() {
    List<AsyncQueue<Integer>> made = new ArrayList<>();
    AsyncQueue<Integer> queue =
        AsyncQueue.bounded(
            loop,
            1,
            item -> {
              given.add(item);
              given.add("size " + made.get(0).size());
              given.add(made.get(0).offer(item + 1));
              given.add(made.get(0).offer(item + 2));
            });
    made.add(queue);
    queue.setBatch(1);
    offer(queue, 1);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, "size 0", Offer.ACCEPTED, Offer.FULL);
  }

  @Test
  void aRefusedOfferWakesNobody() {
    AsyncQueue<Integer> queue = AsyncQueue.bounded(loop, 1, given::add);
    offer(queue, 1);
    queue.deliver();
    offer(queue, 2);
    assertThat(backend.wakeups).hasValue(2);
    queue.deliver();
    queue.close();
    assertThat(queue.offer(3)).isEqualTo(Offer.CLOSED);
    assertThat(backend.wakeups).hasValue(2);
    assertThat(given).containsExactly(1, 2);
  }

  @Test
  void sizeCountsWhatIsAcceptedAndNotDelivered() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    queue.setBatch(2);
    assertThat(queue.size()).isZero();
    offer(queue, 1, 2, 3);
    assertThat(queue.size()).isEqualTo(3);
    loop.run(RunMode.NOWAIT);
    assertThat(queue.size()).isEqualTo(1);
    loop.run(RunMode.NOWAIT);
    assertThat(queue.size()).isZero();
  }

  @Test
  void nullsAndSillyNumbersAreRefused() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    assertThatNullPointerException().isThrownBy(() -> queue.offer(null)).withMessage("item");
    assertThat(queue.size()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> queue.setBatch(0));
    queue.close();
    loop.run();
    assertThatNullPointerException().isThrownBy(() -> AsyncQueue.unbounded(loop, null));
    assertThatNullPointerException().isThrownBy(() -> AsyncQueue.bounded(loop, 1, null));
    assertThatIllegalArgumentException().isThrownBy(() -> AsyncQueue.bounded(loop, 0, given::add));
    List<Handle> left = new ArrayList<>();
    loop.walk(left::add);
    assertThat(left).isEmpty();
  }

  @Test
  void otherThreadsMayOfferAndNothingElse() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            assertThatIllegalStateException()
                .isThrownBy(() -> AsyncQueue.unbounded(loop, given::add));
            assertThatIllegalStateException().isThrownBy(() -> queue.setBatch(1));
            assertThatIllegalStateException().isThrownBy(queue::close);
            offer(queue, 1);
            assertThat(queue.size()).isEqualTo(1);
          });
    }
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1);
  }

  @Test
  void anObserverThatThrowsLosesNoItem() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    loop.setObserver(
        new AsyncObserver() {
          @Override
          public void asyncSend(Loop of, AsyncHandle to, boolean coalesced) {
            throw new IllegalArgumentException("observer");
          }
        });
    assertThatThrownBy(() -> queue.offer(1)).hasMessage("observer");
    loop.setObserver(null);
    offer(queue, 2);
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1, 2);
  }

  @Test
  void anInterruptedThreadMayOfferAndStaysInterrupted() {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            Thread.currentThread().interrupt();
            offer(queue, 1);
            assertThat(Thread.interrupted()).isTrue();
          });
    }
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1);
  }
}
