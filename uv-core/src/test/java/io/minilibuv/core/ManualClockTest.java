// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private final ManualClock clock = new ManualClock();

  private long moved() {
    return clock.nanoTime() - ManualClock.DEFAULT_START_NANOS;
  }

  @Test
  void standsStill() {
    assertEquals(1_000_000_000L, clock.nanoTime());
    assertEquals(1_000_000_000L, clock.nanoTime());
  }

  @Test
  void startsWhereItIsTold() {
    assertEquals(0, new ManualClock(0).nanoTime());
    assertEquals(42, new ManualClock(42).nanoTime());
    assertThrows(IllegalArgumentException.class, () -> new ManualClock(-1));
  }

  @Test
  void advances() {
    clock.advance(5);
    assertEquals(5_000_000, moved());
    clock.advanceNanos(7);
    assertEquals(5_000_007, moved());
    clock.advance(Duration.ofSeconds(2, 3));
    assertEquals(2_005_000_010, moved());
    clock.advance(0);
    clock.advanceNanos(0);
    clock.advance(Duration.ZERO);
    assertEquals(2_005_000_010, moved());
  }

  @Test
  void skipsByWhatItsLoopWouldWait() {
    assertTrue(clock.skip(10, false));
    assertEquals(10_000_000, moved());
    assertTrue(clock.skip(0, false));
    assertEquals(10_000_000, moved());
  }

  @Test
  void standsStillWhileRequestsAreUnderWayIfItIsToldSo() {
    assertTrue(clock.skip(10, true));
    assertEquals(10_000_000, moved());
    assertSame(clock, clock.waitingForRequests());
    assertFalse(clock.skip(10, true));
    assertEquals(10_000_000, moved());
    assertTrue(clock.skip(10, false));
    assertEquals(20_000_000, moved());
  }

  @Test
  void neverGoesBack() {
    assertThrows(IllegalArgumentException.class, () -> clock.advance(-1));
    assertThrows(IllegalArgumentException.class, () -> clock.advance(Long.MIN_VALUE));
    assertThrows(IllegalArgumentException.class, () -> clock.advanceNanos(-1));
    assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofNanos(-1)));
    assertThrows(
        IllegalArgumentException.class, () -> clock.advance(Duration.ofSeconds(Long.MIN_VALUE)));
    assertThrows(IllegalArgumentException.class, () -> clock.skip(-1, false));
    assertEquals(0, moved());
  }

  @Test
  void saturates() {
    clock.advanceNanos(Long.MAX_VALUE - clock.nanoTime() - 1);
    assertEquals(Long.MAX_VALUE - 1, clock.nanoTime());
    clock.advanceNanos(1);
    assertEquals(Long.MAX_VALUE, clock.nanoTime());
    clock.advanceNanos(1);
    clock.advance(Long.MAX_VALUE);
    clock.advance(Duration.ofSeconds(Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, clock.nanoTime());
  }

  @Test
  void eachWayOfMovingSaturates() {
    clock.advance(Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, clock.nanoTime());
    ManualClock second = new ManualClock(1);
    second.advanceNanos(Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, second.nanoTime());
    ManualClock third = new ManualClock(1);
    third.advance(Duration.ofSeconds(Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, third.nanoTime());
  }

  @Test
  void skipsUpToItsEndAndNoFurther() {
    assertTrue(clock.skip(Long.MAX_VALUE, false));
    assertEquals(Long.MAX_VALUE, clock.nanoTime());
    assertFalse(clock.skip(1, false));
    assertFalse(clock.skip(0, false));
    assertEquals(Long.MAX_VALUE, clock.nanoTime());
  }

  @Test
  void losesNoTimeBetweenThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  clock.advanceNanos(1);
                  clock.skip(1, false);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(4 * 10_000 * 1_000_001L, moved());
  }

  @Test
  void showsItsTime() {
    assertEquals("ManualClock[1000000000 ns]", clock.toString());
  }
}
