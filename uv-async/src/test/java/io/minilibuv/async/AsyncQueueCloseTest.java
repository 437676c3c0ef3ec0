// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minilibuv.async.AsyncQueue.Offer;
import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.TimeLimit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An {@link AsyncQueue} that is closed, by whomever, delivers no more and loses nothing. */
@ExtendWith(LeakCheck.class)
class AsyncQueueCloseTest {
  private final WatchedBackend backend = new WatchedBackend();
  private final Loop loop = TimeLimit.on(backend.openLoop());
  private final List<Object> given = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  private AsyncQueue<Integer> queueOf(int... items) {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded(loop, given::add);
    for (int item : items) {
      assertThat(queue.offer(item)).isEqualTo(Offer.ACCEPTED);
    }
    return queue;
  }

  @Test
  void whatWasNotDeliveredIsHandedBackInOrder() {
    AsyncQueue<Integer> queue = queueOf(1, 2, 3);
    queue.close(closed -> given.add("closed"));
    assertThat(queue.undelivered()).containsExactly(1, 2, 3).isUnmodifiable();
    assertThat(queue.size()).isEqualTo(3);
    assertThat(loop.run()).isFalse();
    assertThat(given).containsExactly("closed");
    assertThat(queue.undelivered()).isSameAs(queue.undelivered()).hasSize(3);
  }

  @Test
  void aClosedQueueAcceptsNothing() {
    AsyncQueue<Integer> queue = queueOf(1);
    queue.close();
    assertThat(queue.offer(2)).isEqualTo(Offer.CLOSED);
    loop.run();
    assertThat(queue.offer(3)).isEqualTo(Offer.CLOSED);
    assertThat(given).isEmpty();
    assertThat(queue.undelivered()).containsExactly(1);
  }

  @Test
  void aFullQueueThatIsClosedSaysClosed() {
    AsyncQueue<Integer> queue = AsyncQueue.bounded(loop, 1, given::add);
    queue.offer(1);
    queue.close();
    assertThat(queue.offer(2)).isEqualTo(Offer.CLOSED);
    assertThat(queue.undelivered()).containsExactly(1);
  }

  @Test
  void beforeItIsClosedNobodyCanSayWhatWillBeLeft() {
    AsyncQueue<Integer> queue = queueOf(1);
    assertThatIllegalStateException()
        .isThrownBy(queue::undelivered)
        .withMessageContaining("not closed");
  }

  @Test
  void aQueueThatHasDeliveredEverythingHandsBackNothing() {
    AsyncQueue<Integer> queue = queueOf(1, 2);
    loop.run(RunMode.NOWAIT);
    queue.close();
    assertThat(queue.undelivered()).isEmpty();
    assertThat(queue.size()).isZero();
    assertThat(given).containsExactly(1, 2);
  }

  @Test
  void aConsumerMayCloseItsQueueAndIsGivenNothingMore() {
    List<AsyncQueue<Integer>> made = new ArrayList<>();
    AsyncQueue<Integer> queue =
        AsyncQueue.unbounded(
            loop,
            item -> {
              given.add(item);
              if (item == 2) {
                made.get(0).close();
                given.add(made.get(0).offer(9));
              }
            });
    made.add(queue);
    for (int item = 1; item <= 4; item++) {
      queue.offer(item);
    }
    assertThat(loop.run()).isFalse();
    assertThat(given).containsExactly(1, 2, Offer.CLOSED);
    assertThat(queue.undelivered()).containsExactly(3, 4);
    assertThat(backend.wakeups).hasValue(1);
  }

  @Test
  void aConsumerMayCloseItsQueueAndThrow() {
    List<AsyncQueue<Integer>> made = new ArrayList<>();
    AsyncQueue<Integer> queue =
        AsyncQueue.unbounded(
            loop,
            item -> {
              made.get(0).close();
              throw new IllegalArgumentException("closed by " + item);
            });
    made.add(queue);
    queue.offer(1);
    queue.offer(2);
    assertThatThrownBy(loop::run).hasMessage("closed by 1");
    assertThat(loop.run()).isFalse();
    assertThat(queue.undelivered()).containsExactly(2);
  }

  @Test
  void aSiblingMayCloseItInTheSamePass() {
    AsyncQueue<?>[] later = new AsyncQueue<?>[1];
    AsyncHandle first = AsyncHandle.init(loop, handle -> later[0].close());
    AsyncQueue<Integer> queue = queueOf(1);
    later[0] = queue;
    first.send();
    loop.run(RunMode.NOWAIT);
    assertThat(given).isEmpty();
    assertThat(queue.undelivered()).containsExactly(1);
  }

  @Test
  void walkAndCloseLosesNothing() {
    AsyncQueue<Integer> queue = queueOf(1, 2);
    loop.walk(Handle::close);
    assertThat(queue.undelivered()).containsExactly(1, 2);
    assertThat(loop.run()).isFalse();
    assertThat(given).isEmpty();
  }

  @Test
  void shutdownLosesNothingAndLeavesTheListReadable() {
    AsyncQueue<Integer> queue = queueOf(1, 2);
    loop.shutdown();
    assertThat(given).isEmpty();
    assertThat(queue.undelivered()).containsExactly(1, 2);
    assertThat(queue.offer(3)).isEqualTo(Offer.CLOSED);
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            assertThat(queue.undelivered()).containsExactly(1, 2);
            assertThat(queue.offer(3)).isEqualTo(Offer.CLOSED);
          });
    }
  }

  /**
   * Closes {@code queue} while another thread looks on: when this thread waits in {@code method},
   * the other finds the queue closed, and lets those go on that are held.
   */
  private static void closeAndWaitIn(
      String method, AsyncQueue<Integer> queue, CountDownLatch held, Crew crew) {
    Thread closing = Thread.currentThread();
    AtomicBoolean closed = new AtomicBoolean();
    List<Offer> meanwhile = new CopyOnWriteArrayList<>();
    Thread onlooker =
        crew.start(
            () -> {
              while (!isIn(method, closing) && !closed.get()) {
                Thread.onSpinWait();
              }
              if (!closed.get()) {
                meanwhile.add(queue.offer(2));
              }
              held.countDown();
            });
    queue.close();
    closed.set(true);
    await().until(() -> !onlooker.isAlive());
    assertThat(meanwhile).as("close has waited").containsExactly(Offer.CLOSED);
  }

  private static boolean isIn(String method, Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals(method));
  }

  /** A producer that was accepted and has not woken the loop yet must be waited for. */
  @Test
  void closeWaitsForAProducerThatIsWakingTheLoop() {
    CountDownLatch waking = new CountDownLatch(1);
    CountDownLatch mayWake = new CountDownLatch(1);
    AsyncQueue<Integer> queue = queueOf();
    backend.beforeWakeup =
        () -> {
          waking.countDown();
          Crew.awaitLatch(mayWake);
        };
    try (Crew crew = new Crew()) {
      try {
        crew.start(() -> given.add(queue.offer(1)));
        Crew.awaitLatch(waking);
        closeAndWaitIn("spin", queue, mayWake, crew);
        assertThat(queue.undelivered()).containsExactly(1);
      } finally {
        mayWake.countDown();
      }
    }
    assertThat(given).containsExactly(Offer.ACCEPTED);
    assertThat(backend.wakeups).hasValue(1);
  }

  /** A list whose next addition is held until it may go on. */
  private static final class SlowList extends ConcurrentLinkedQueue<Integer> {
    private static final long serialVersionUID = 1;

    private final transient CountDownLatch adding = new CountDownLatch(1);
    private final transient CountDownLatch mayAdd = new CountDownLatch(1);

    @Override
    public boolean add(Integer item) {
      adding.countDown();
      Crew.awaitLatch(mayAdd);
      return super.add(item);
    }
  }

  /** A producer that was counted and has not added its item yet must be waited for too. */
  @Test
  void closeWaitsForAProducerThatIsAddingItsItem() {
    SlowList slow = new SlowList();
    AsyncQueue<Integer> queue = new AsyncQueue<>(loop, AsyncQueue.UNBOUNDED, given::add, slow);
    List<Offer> answer = new CopyOnWriteArrayList<>();
    try (Crew crew = new Crew()) {
      try {
        crew.start(() -> answer.add(queue.offer(1)));
        Crew.awaitLatch(slow.adding);
        closeAndWaitIn("takeAll", queue, slow.mayAdd, crew);
        assertThat(queue.undelivered()).containsExactly(1);
      } finally {
        slow.mayAdd.countDown();
      }
    }
    assertThat(answer).containsExactly(Offer.ACCEPTED);
    assertThat(given).isEmpty();
    assertThat(backend.wakeups).hasValue(0);
  }

  @Test
  void theLoopNeitherWaitsNorSpinsForAProducerThatIsAddingItsItem() {
    SlowList slow = new SlowList();
    AsyncQueue<Integer> queue = new AsyncQueue<>(loop, AsyncQueue.UNBOUNDED, given::add, slow);
    try (Crew crew = new Crew()) {
      try {
        crew.start(() -> queue.offer(1));
        Crew.awaitLatch(slow.adding);
        assertThat(queue.size()).isEqualTo(1);
        queue.send();
        loop.run(RunMode.NOWAIT);
        assertThat(backend.wakeups).hasValue(1);
      } finally {
        slow.mayAdd.countDown();
      }
    }
    loop.run(RunMode.NOWAIT);
    assertThat(given).containsExactly(1);
  }

  @Test
  void anItemThatCouldNotBeAddedIsNotWaitedFor() {
    Queue<Integer> poor =
        new ConcurrentLinkedQueue<>() {
          private static final long serialVersionUID = 1;

          @Override
          public boolean add(Integer item) {
            throw new OutOfMemoryError("of the test");
          }
        };
    AsyncQueue<Integer> queue = new AsyncQueue<>(loop, 1, given::add, poor);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> queue.offer(1)).isInstanceOf(OutOfMemoryError.class);
      assertThat(queue.size()).isZero();
    }
    queue.close();
    assertThat(queue.undelivered()).isEmpty();
  }

  /** The loop is shut down at some moment of its producers' work, in one way or another. */
  @RepeatedTest(value = 100, failureThreshold = 1)
  void producersAtAQueueThatIsClosedLoseNothing(RepetitionInfo repetition) {
    int producers = 4;
    AtomicInteger accepted = new AtomicInteger();
    AsyncQueue<Integer> queue =
        AsyncQueue.bounded(
            loop,
            100,
            item -> {
              given.add(item);
              if (given.size() == 500) {
                loop.stop();
              }
            });
    try (Crew crew = new Crew()) {
      for (int i = 0; i < producers; i++) {
        crew.start(() -> accepted.getAndAdd(offerUntilClosed(queue)));
      }
      loop.run();
      if (repetition.getCurrentRepetition() % 2 == 0) {
        loop.walk(Handle::close);
      }
      loop.shutdown();
    }
    assertThat(given.size() + queue.undelivered().size()).isEqualTo(accepted.get());
    assertThat(queue.undelivered()).hasSize(queue.size());
  }

  private static int offerUntilClosed(AsyncQueue<Integer> queue) {
    int accepted = 0;
    while (true) {
      switch (queue.offer(accepted)) {
        case ACCEPTED -> accepted++;
        case FULL -> Thread.onSpinWait();
        case CLOSED -> {
          return accepted;
        }
      }
    }
  }
}
