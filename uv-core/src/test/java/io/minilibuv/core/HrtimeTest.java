// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Uv.ClockId;
import io.minilibuv.core.Uv.Timespec;
import org.junit.jupiter.api.Test;

/** {@code test/test-hrtime.c}. */
class HrtimeTest {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** 2023-04-26T09:06:40Z, after which all of this was written. */
  private static final long PAST = 1_682_500_000L;

  @Test
  void hrtime() {
    for (int i = 0; i < 75; i++) {
      long before = Uv.hrtime();
      Uv.sleep(45);
      long slept = Uv.hrtime() - before;
      // libuv asks for 25 ms; this sleep never ends early at all.
      assertTrue(slept >= 45_000_000, () -> slept + " ns");
    }
  }

  @Test
  void clockGettime() {
    UvException e = assertThrows(UvException.class, () -> Uv.clockGettime(1337));
    assertSame(UvError.EINVAL, e.error());
    assertEquals("uv_clock_gettime", e.call());
    assertThrows(UvException.class, () -> Uv.clockGettime(-1));
    assertThrows(UvException.class, () -> Uv.clockGettime(2));
    assertTrue(Uv.clockGettime(ClockId.REALTIME).seconds() > PAST);
    assertTrue(Uv.clockGettime(1).seconds() > PAST);
  }

  @Test
  void monotonicIsHrtime() {
    for (int clock = 0; clock < 2; clock++) {
      long before = Uv.hrtime();
      Timespec time = clock == 0 ? Uv.clockGettime(ClockId.MONOTONIC) : Uv.clockGettime(0);
      long after = Uv.hrtime();
      long nanos = time.seconds() * NANOS_PER_SECOND + time.nanoseconds();
      assertTrue(before <= nanos && nanos <= after, () -> before + " " + time + " " + after);
      assertTrue(time.nanoseconds() >= 0 && time.nanoseconds() < NANOS_PER_SECOND);
    }
  }

  @Test
  void aNullClockIsNoClock() {
    assertThrows(NullPointerException.class, () -> Uv.clockGettime(null));
  }

  @Test
  void hrtimeNeverLooksUnset() {
    assertTrue(Uv.hrtime() >= NANOS_PER_SECOND);
  }

  @Test
  void hrtimeNeverGoesBack() {
    long last = Uv.hrtime();
    for (int i = 0; i < 100_000; i++) {
      long now = Uv.hrtime();
      assertTrue(now >= last);
      last = now;
    }
  }

  @Test
  void theSystemClockIsHrtime() {
    LoopClock clock = LoopClock.system();
    assertSame(clock, LoopClock.system());
    long before = Uv.hrtime();
    long now = clock.nanoTime();
    long after = Uv.hrtime();
    assertTrue(before <= now && now <= after);
  }

  @Test
  void theSystemClockMakesNoTimePass() {
    assertFalse(LoopClock.system().skip(0, false));
    assertFalse(LoopClock.system().skip(1000, false));
  }
}
