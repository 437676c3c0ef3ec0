// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class UvTest {

  @Test
  void version() {
    assertEquals(0x013401, Uv.version());
    assertEquals("1.52.1", Uv.versionString());
  }

  @Test
  void sleepingForNoTimeReturns() {
    Uv.sleep(0);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void nobodySleepsForLessThanNoTime() {
    assertThrows(IllegalArgumentException.class, () -> Uv.sleep(-1));
  }

  @Test
  void anInterruptBeforehandNeitherShortensASleepNorGetsLost() {
    long start = Uv.hrtime();
    Thread.currentThread().interrupt();
    Uv.sleep(60);
    assertTrue(Thread.interrupted());
    assertTrue(Uv.hrtime() - start >= 60_000_000);
  }

  @Test
  void aSleepOfNoTimeKeepsTheInterrupt() {
    Thread.currentThread().interrupt();
    Uv.sleep(0);
    assertTrue(Thread.interrupted());
  }

  @Test
  void anUnparkDoesNotShortenASleep() {
    LockSupport.unpark(Thread.currentThread());
    long start = Uv.hrtime();
    Uv.sleep(30);
    assertTrue(Uv.hrtime() - start >= 30_000_000);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void interruptsDuringASleepAreLaidAsideWhileTheThreadParks() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              long start = Uv.hrtime();
              Thread.currentThread().interrupt();
              interrupted.countDown();
              Uv.sleep(1000);
              return Uv.hrtime() - start >= 1_000_000_000L && Thread.interrupted();
            });
    Thread sleeper = new Thread(task, "sleeper");
    sleeper.start();
    interrupted.await();
    // While the status is set, parking returns at once: the thread would spin.
    awaitParked(sleeper);
    sleeper.interrupt();
    awaitParked(sleeper);
    assertTrue(task.get());
    sleeper.join();
  }

  private static void awaitParked(Thread thread) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> !thread.isInterrupted() && thread.getState() == Thread.State.TIMED_WAITING);
  }
}
