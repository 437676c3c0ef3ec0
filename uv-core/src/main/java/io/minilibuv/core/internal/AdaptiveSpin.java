// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.util.function.LongSupplier;

/**
 * Looks for a wake-up for some microseconds before the loop waits for it: a wait that is over at
 * once costs two system calls, one on either side. On the loop's thread.
 */
public final class AdaptiveSpin {
  /*
   * It must not cost what it does not bring. So a loop spins only if its last wait was ended by a
   * wake-up after less than WORTHWHILE: one that is woken once a millisecond never does. If the
   * wake-up does not come while it spins, as it cannot where the sender needs this very processor,
   * then it lets some waits pass before it tries again, each time twice as many. A spin that was
   * long enough makes the next one longer: what keeps coming is worth some more.
   */
  private static final long SHORT = 5_000;

  private static final long LONG = 20_000;
  private static final long WORTHWHILE = 50_000;
  private static final int MOST_FAILURES = 10;

  private final LongSupplier clock;
  private final boolean enabled;
  private long limit = SHORT;
  private int failures;
  private int pauses;
  private boolean promising;
  private long began;

  /** Makes one that spins if {@link Shortcuts#SPIN} says so. */
  public AdaptiveSpin() {
    this(System::nanoTime, Shortcuts.SPIN);
  }

  /** Makes one on a clock of nanoseconds. */
  AdaptiveSpin(LongSupplier clock, boolean enabled) {
    this.clock = clock;
    this.enabled = enabled;
  }

  /**
   * Spins, if that promises to be of use.
   *
   * @return whether {@code latch} is set
   */
  public boolean await(WakeupLatch latch) {
    if (!enabled) {
      return false;
    }
    began = clock.getAsLong();
    if (!promising || pauses-- > 0) {
      return false;
    }
    pauses = 0;
    if (comes(latch)) {
      failures = 0;
      limit = Math.min(2 * limit, LONG);
      return true;
    }
    limit = SHORT;
    failures = Math.min(failures + 1, MOST_FAILURES);
    pauses = (1 << failures) - 1;
    return false;
  }

  /** The loop has waited, since {@link #await} found nothing, and why it does so no more. */
  public void waited(boolean woken) {
    promising = enabled && woken && clock.getAsLong() - began < WORTHWHILE;
  }

  private boolean comes(WakeupLatch latch) {
    long start = began;
    do {
      if (latch.isSet()) {
        return true;
      }
      Thread.onSpinWait();
      began = clock.getAsLong();
    } while (began - start < limit);
    return latch.isSet();
  }
}
