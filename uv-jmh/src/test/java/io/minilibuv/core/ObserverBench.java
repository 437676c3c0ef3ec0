// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An iteration of a loop with an idle handle, seen by nobody, or by one who counts callbacks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObserverBench {
  private static final int ITERATIONS = 1000;

  /** Counts, so that its calls cannot be left out. */
  private static final class Counter implements LoopObserver {
    long callbacks;

    @Override
    public void callbackBegin(Loop loop, EventSource source) {
      callbacks++;
    }
  }

  /** {@code epoll} needs JDK 22 and Linux. */
  @Param({"nio", "epoll"})
  String backend;

  @Param({"off", "on"})
  String observer;

  private final Counter counter = new Counter();
  private Loop loop;
  private int ticks;

  @Setup
  public void setUp() {
    loop = Loop.open(new LoopOptions().pollBackend(backend));
    loop.setObserver(observer.equals("on") ? counter : null);
    IdleHandle.init(loop)
        .start(
            idle -> {
              ticks++;
              if (ticks == ITERATIONS) {
                loop.stop();
              }
            });
  }

  @TearDown
  public void tearDown() {
    loop.walk(Handle::close);
    loop.run();
    loop.close();
  }

  @Benchmark
  @OperationsPerInvocation(ITERATIONS)
  public long iteration() {
    ticks = 0;
    loop.run();
    return ticks + counter.callbacks;
  }
}
