// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.WakeupLatch;

/** What a race does to a latch: the real one, or a copy with a flaw. */
interface LatchUnderTest {
  boolean set();

  boolean isSet();

  void clear();

  boolean fallAsleep();

  void wakeUp();

  /** The real thing. */
  static LatchUnderTest real() {
    WakeupLatch latch = new WakeupLatch();
    return new LatchUnderTest() {
      @Override
      public boolean set() {
        return latch.set();
      }

      @Override
      public boolean isSet() {
        return latch.isSet();
      }

      @Override
      public void clear() {
        latch.clear();
      }

      @Override
      public boolean fallAsleep() {
        return latch.fallAsleep();
      }

      @Override
      public void wakeUp() {
        latch.wakeUp();
      }
    };
  }
}
