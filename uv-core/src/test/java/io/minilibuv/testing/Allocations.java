// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the calling thread allocates. */
public final class Allocations {
  /** How many rounds are counted together. */
  public static final int ROUNDS = 100_000;

  /** What the JVM itself may allocate meanwhile: less than one byte a round. */
  public static final long FOR_THE_JVM = 16_384;

  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /** How many bytes {@link #ROUNDS} rounds allocate. */
  public static long of(Runnable round) {
    long id = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(id);
    for (int i = 0; i < ROUNDS; i++) {
      round.run();
    }
    return THREADS.getThreadAllocatedBytes(id) - before;
  }

  /**
   * Runs rounds until they allocate nothing, which may take until the compiler has come by: on a
   * machine that is busy, some time. They must not allocate for ever.
   *
   * @return how many rounds it took
   */
  public static int awaitNone(Runnable round) {
    long began = System.nanoTime();
    int rounds = 0;
    long allocated;
    do {
      allocated = of(round);
      rounds += ROUNDS;
    } while (allocated >= FOR_THE_JVM && System.nanoTime() - began < PATIENCE_NANOS);
    assertThat(allocated).as("bytes in %d rounds", ROUNDS).isLessThan(FOR_THE_JVM);
    return rounds;
  }
}
