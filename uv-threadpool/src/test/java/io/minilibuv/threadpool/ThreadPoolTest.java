// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pools of one's own: their threads, and how they end. */
@ExtendWith(LeakCheck.class)
class ThreadPoolTest {
  private final List<Thread> made = new CopyOnWriteArrayList<>();
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicInteger worked = new AtomicInteger();
  private int delivered;

  private Thread make(Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              entered.incrementAndGet();
              task.run();
            },
            "own-" + made.size());
    made.add(thread);
    return thread;
  }

  private WorkRequest queue(Loop loop) {
    return WorkRequest.queue(
        loop, request -> worked.incrementAndGet(), (request, status) -> delivered++);
  }

  @Test
  void hasFrom1To1024Workers() {
    for (int size : new int[] {Integer.MIN_VALUE, -1, 0, 1025}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ThreadPool(size))
          .withMessageContaining(Integer.toString(size));
    }
    assertThatNullPointerException().isThrownBy(() -> new ThreadPool(1, null));
    try (ThreadPool least = new ThreadPool(1);
        ThreadPool most = new ThreadPool(1024)) {
      assertThat(least.size()).isEqualTo(1);
      assertThat(most.size()).isEqualTo(1024);
    }
  }

  @Test
  void theFirstRequestStartsAllWorkersAndFindsThemRunning() {
    try (ThreadPool pool = new ThreadPool(5, this::make);
        Loop loop = PoolFixture.openLoop(pool)) {
      assertThat(made).isEmpty();
      queue(loop);
      assertThat(made).hasSize(5);
      assertThat(entered).hasValue(5);
      queue(loop);
      loop.run();
      assertThat(made).hasSize(5);
      assertThat(delivered).isEqualTo(2);
    }
    assertThat(made).noneMatch(Thread::isAlive);
  }

  @Test
  void workersAreDaemonsWithNamesAndInheritNothing() {
    InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    List<String> names = new CopyOnWriteArrayList<>();
    try (ThreadPool pool = new ThreadPool(1);
        Loop loop = PoolFixture.openLoop(pool)) {
      inherited.set("the starter's own");
      Thread.currentThread().setContextClassLoader(new ClassLoader(before) {});
      WorkRequest request =
          WorkRequest.queue(
              loop,
              work -> {
                Thread worker = Thread.currentThread();
                assertThat(worker.isDaemon()).isTrue();
                assertThat(inherited.get()).isNull();
                assertThat(worker.getContextClassLoader())
                    .isSameAs(ClassLoader.getSystemClassLoader());
                names.add(worker.getName());
              },
              null);
      loop.run();
      assertThat(request.failure()).isNull();
      assertThat(names).singleElement().asString().matches("libuv-pool-\\d+-worker-1");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      inherited.remove();
    }
  }

  @Test
  void anInterruptAndAContextClassLoaderStayWithTheirWork() {
    AtomicReference<String> leaked = new AtomicReference<>("not looked at");
    try (ThreadPool pool = new ThreadPool(1);
        Loop loop = PoolFixture.openLoop(pool)) {
      AtomicReference<ClassLoader> usual = new AtomicReference<>();
      WorkRequest.queue(
          loop,
          work -> {
            Thread worker = Thread.currentThread();
            usual.set(worker.getContextClassLoader());
            worker.setContextClassLoader(new ClassLoader(usual.get()) {});
            worker.interrupt();
            throw new InterruptedException("thrown with the interrupt still set");
          },
          (request, status) -> delivered++);
      WorkRequest.queue(
          loop,
          work ->
              leaked.set(
                  (Thread.currentThread().isInterrupted() ? "interrupt " : "")
                      + (Thread.currentThread().getContextClassLoader() != usual.get()
                          ? "class loader"
                          : "")),
          (request, status) -> delivered++);
      loop.run();
      assertThat(leaked).hasValue("");
      assertThat(delivered).isEqualTo(2);
    }
  }

  @Test
  void anInterruptOfAnIdleWorkerIsForNobody() {
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    try (ThreadPool pool = new ThreadPool(1, this::make);
        Loop loop = PoolFixture.openLoop(pool)) {
      queue(loop);
      loop.run();
      PoolFixture.await(() -> pool.state().idle() == 1);
      made.get(0).interrupt();
      WorkRequest.queue(
          loop, work -> interrupted.set(Thread.currentThread().isInterrupted()), null);
      loop.run();
      assertThat(interrupted).hasValue(false);
      assertThat(made.get(0).isAlive()).isTrue();
    }
  }

  @Test
  void interruptsOfWorkersLoseNothing() {
    int count = 2000;
    try (Crew crew = new Crew();
        ThreadPool pool = new ThreadPool(2, this::make);
        Loop loop = PoolFixture.openLoop(pool)) {
      for (int i = 0; i < count; i++) {
        queue(loop);
      }
      AtomicInteger running = new AtomicInteger(1);
      crew.start(
          () -> {
            while (running.get() == 1) {
              made.forEach(Thread::interrupt);
            }
          });
      try {
        assertThat(loop.run()).isFalse();
      } finally {
        running.set(0);
      }
      assertThat(delivered).isEqualTo(count);
    }
  }

  @Test
  void fewerWorkersThanAskedForMustDo() {
    ThreadFactory poor =
        task -> {
          if (made.size() == 2) {
            throw new OutOfMemoryError("no more threads, the test says");
          }
          return make(task);
        };
    try (ThreadPool pool = new ThreadPool(4, poor);
        Loop loop = PoolFixture.openLoop(pool)) {
      for (int i = 0; i < 10; i++) {
        queue(loop);
      }
      loop.run();
      assertThat(delivered).isEqualTo(10);
      assertThat(pool.state().threads()).isEqualTo(2);
      assertThat(made).hasSize(2);
    }
  }

  @Test
  void withoutAnyWorkerNothingIsQueuedAndALaterTryMaySucceed() {
    AtomicInteger failures = new AtomicInteger(1);
    ThreadFactory slowToStart =
        task -> {
          if (failures.getAndDecrement() > 0) {
            throw new OutOfMemoryError("no threads, the test says");
          }
          return make(task);
        };
    try (ThreadPool pool = new ThreadPool(2, slowToStart);
        Loop loop = PoolFixture.openLoop(pool)) {
      assertThatThrownBy(() -> queue(loop)).isInstanceOf(OutOfMemoryError.class);
      assertThat(loop.isAlive()).isFalse();
      queue(loop);
      loop.run();
      assertThat(delivered).isEqualTo(1);
      assertThat(made).hasSize(2);
    }
  }

  @Test
  void aFactoryThatMakesNoThreadIsAnError() {
    try (ThreadPool pool = new ThreadPool(1, task -> null);
        Loop loop = PoolFixture.openLoop(pool)) {
      assertThatNullPointerException().isThrownBy(() -> queue(loop));
      assertThat(loop.isAlive()).isFalse();
    }
  }

  @Test
  void workersThatDoNotComeHoldUpNobodyWhoOnlyLooks() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    ThreadFactory late =
        task ->
            new Thread(
                () -> {
                  asked.countDown();
                  Crew.awaitLatch(gate);
                  task.run();
                });
    try (ThreadPool pool = new ThreadPool(1, late);
        Crew crew = new Crew()) {
      crew.start(
          () -> {
            try (Loop loop = PoolFixture.openLoop(pool)) {
              queue(loop);
              loop.run();
            }
          });
      Crew.awaitLatch(asked);
      assertThat(pool.state()).isEqualTo(new PoolState(0, 0, 0, 0, 0));
      assertThat(pool.toString()).contains("threads=0");
      gate.countDown();
      crew.join();
      assertThat(delivered).isEqualTo(1);
    }
  }

  @Test
  void closeDoesAllThatWasSubmittedAndTheLoopGetsItBack() {
    ThreadPool pool = new ThreadPool(2, this::make);
    try (Loop loop = PoolFixture.openLoop(pool)) {
      for (int i = 0; i < 20; i++) {
        queue(loop);
        KindRequest.submit(loop, WorkKind.SLOW_IO, worked::incrementAndGet, status -> delivered++);
      }
      pool.close();
      assertThat(worked).hasValue(40);
      assertThat(made).hasSize(2).noneMatch(Thread::isAlive);
      assertThat(delivered).isZero();
      assertThat(loop.isAlive()).isTrue();
      assertThat(loop.run()).isFalse();
      assertThat(delivered).isEqualTo(40);
    }
  }

  @Test
  void slowWorkIsDoneBeforeTheEndEvenIfItIsMoreThanMayRun() {
    CountDownLatch gate = new CountDownLatch(1);
    ThreadPool pool = new ThreadPool(3, this::make);
    try (Crew crew = new Crew();
        Loop loop = PoolFixture.openLoop(pool)) {
      for (int i = 0; i < 10; i++) {
        KindRequest.submit(
            loop,
            WorkKind.SLOW_IO,
            () -> {
              gate.await();
              worked.incrementAndGet();
            },
            status -> delivered++);
      }
      PoolFixture.await(() -> pool.state().slowRunning() == 2);
      crew.start(pool::close);
      // Once the exit message is there, nobody has other work that slow work could hold up.
      PoolFixture.await(() -> pool.state().slowRunning() == 3);
      gate.countDown();
      crew.join();
      assertThat(worked).hasValue(10);
      assertThat(made).noneMatch(Thread::isAlive);
      loop.run();
      assertThat(delivered).isEqualTo(10);
    }
  }

  @Test
  void aClosedPoolTakesNoMore() {
    ThreadPool pool = new ThreadPool(1, this::make);
    try (Loop loop = PoolFixture.openLoop(pool)) {
      queue(loop);
      pool.close();
      pool.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> queue(loop))
          .withMessageContaining("closed");
      loop.run();
      assertThat(delivered).isEqualTo(1);
      assertThatIllegalStateException().isThrownBy(() -> queue(loop));
      assertThat(loop.isAlive()).isFalse();
    }
  }

  @Test
  void aPoolThatWasNeverUsedIsClosedWithoutAThread() {
    ThreadPool pool = new ThreadPool(1, this::make);
    pool.close();
    try (Loop loop = PoolFixture.openLoop(pool)) {
      assertThatIllegalStateException().isThrownBy(() -> queue(loop));
      assertThat(made).isEmpty();
    }
  }

  @Test
  void cancellingOnAClosedPoolIsBusy() {
    ThreadPool pool = new ThreadPool(1);
    try (Loop loop = PoolFixture.openLoop(pool)) {
      WorkRequest request = queue(loop);
      pool.close();
      PoolFixture.assertBusy(request);
      loop.run();
    }
  }

  @Test
  void aWorkerCannotCloseItsPool() {
    ThreadPool pool = new ThreadPool(1, this::make);
    try (Loop loop = PoolFixture.openLoop(pool)) {
      WorkRequest request = WorkRequest.queue(loop, work -> pool.close(), null);
      loop.run();
      assertThat(request.failure())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("worker");
      queue(loop);
      loop.run();
      assertThat(delivered).isEqualTo(1);
    }
    pool.close();
  }

  @Test
  void closeWaitsThroughAnInterruptAndKeepsIt() {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    ThreadPool pool = new ThreadPool(1, this::make);
    try (Crew crew = new Crew();
        Loop loop = PoolFixture.openLoop(pool)) {
      WorkRequest.queue(
          loop,
          work -> {
            running.countDown();
            gate.await();
          },
          null);
      Crew.awaitLatch(running);
      Thread closer =
          crew.start(
              () -> {
                Thread.currentThread().interrupt();
                pool.close();
                assertThat(Thread.interrupted()).isTrue();
                assertThat(made.get(0).isAlive()).isFalse();
              });
      PoolFixture.await(() -> closer.getState() == Thread.State.WAITING);
      gate.countDown();
      crew.join();
      loop.run();
    }
  }

  @Test
  void poolsAreNotClosedWithTheLoopsThatUseThem() {
    try (ThreadPool pool = new ThreadPool(1, this::make)) {
      for (int i = 0; i < 2; i++) {
        try (Loop loop = PoolFixture.openLoop(pool)) {
          queue(loop);
          loop.run();
        }
      }
      try (Loop onShared = Loop.open()) {
        assertThat(ThreadPool.OF_LOOP.of(onShared)).isSameAs(ThreadPool.shared());
        queue(onShared);
        onShared.run();
      }
      ThreadPool.shared().close();
      try (Loop onShared = Loop.open()) {
        queue(onShared);
        onShared.run();
      }
      assertThat(delivered).isEqualTo(4);
      assertThat(made).hasSize(1).allMatch(Thread::isAlive);
    }
  }

  @Test
  void aWorkerIsSignalledForEachRequestThatFindsOneIdle() {
    int workers = 4;
    CountDownLatch allAtOnce = new CountDownLatch(workers);
    try (ThreadPool pool = new ThreadPool(workers);
        Loop loop = PoolFixture.openLoop(pool)) {
      queue(loop);
      loop.run();
      PoolFixture.await(() -> pool.state().idle() == workers);
      for (int i = 0; i < workers; i++) {
        WorkRequest.queue(
            loop,
            request -> {
              allAtOnce.countDown();
              allAtOnce.await();
            },
            (request, status) -> delivered++);
      }
      loop.run();
      assertThat(delivered).isEqualTo(workers + 1);
    }
  }

  @Test
  void anIdleWorkerHoldsOnToNoRequest() throws Exception {
    try (ThreadPool pool = new ThreadPool(1);
        Loop loop = PoolFixture.openLoop(pool)) {
      List<WeakReference<Object>> references = new ArrayList<>();
      WorkRequest.queue(loop, request -> {}, null).setData(remembered(references));
      loop.run(RunMode.DEFAULT);
      PoolFixture.await(() -> pool.state().idle() == 1);
      PoolFixture.await(
          () -> {
            System.gc();
            return references.get(0).get() == null;
          });
    }
  }

  private static Object remembered(List<WeakReference<Object>> references) {
    Object data = new Object();
    references.add(new WeakReference<>(data));
    return data;
  }
}
