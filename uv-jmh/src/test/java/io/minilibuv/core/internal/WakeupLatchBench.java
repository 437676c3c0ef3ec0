// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to tell a loop that it is to wake up, and to have been told, without the bell. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WakeupLatchBench {
  private final WakeupLatch latch = new WakeupLatch();
  private final WakeupLatch setLatch = new WakeupLatch();

  @Setup
  public void setUp() {
    latch.wakeUp();
    setLatch.set();
  }

  /** A wake-up of a loop that is awake, and the loop's look at it. */
  @Benchmark
  public boolean setAndClear() {
    boolean rings = latch.set();
    latch.clear();
    return rings;
  }

  /** One more wake-up, when there is one already. */
  @Benchmark
  public boolean setAgain() {
    return setLatch.set();
  }

  /** What the loop does before a wait and after it. */
  @Benchmark
  public boolean sleepAndWake() {
    boolean may = latch.fallAsleep();
    latch.wakeUp();
    return may;
  }

  /** The sender's side of two threads that are at it all the time. */
  @Benchmark
  @Group("contended")
  @GroupThreads(1)
  public boolean contendedSet() {
    return latch.set();
  }

  /** The loop's side of it. */
  @Benchmark
  @Group("contended")
  @GroupThreads(1)
  public void contendedClear() {
    latch.clear();
  }
}
