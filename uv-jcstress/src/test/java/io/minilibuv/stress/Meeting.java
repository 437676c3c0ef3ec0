// SPDX-License-Identifier: MIT
package io.minilibuv.stress;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the two actors of a race meet right before it: what each has to do first takes a while, and
 * not the same while. Then each hesitates for a time that is never the same, so that the steps of
 * the one fall between all steps of the other.
 *
 * <p>It only arranges for collisions. Who has waited long enough goes on alone: jcstress also calls
 * the actors one after the other, on one thread.
 */
public final class Meeting {
  private static final int PATIENCE = 2_000;

  private final AtomicInteger here = new AtomicInteger();

  /**
   * Waits for the other actor, and then hesitates.
   *
   * @param most how often to look at most, before going on; a look is a nanosecond or two
   */
  public void meet(int most) {
    here.getAndIncrement();
    for (int spins = 0; here.get() < 2 && spins < PATIENCE; spins++) {
      Thread.onSpinWait();
    }
    int looks = ThreadLocalRandom.current().nextInt(most);
    for (int look = 0; look < looks; look++) {
      here.get();
    }
  }

  /** Makes a step longer, and so easier to run into. */
  public static void spin(int times) {
    for (int spins = 0; spins < times; spins++) {
      Thread.onSpinWait();
    }
  }
}
