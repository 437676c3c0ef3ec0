// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The heap of timers beside the JDK's. In a heap that stays as large as it is, an operation is: one
 * timer leaves from wherever it is and comes back with another deadline, or the nearest one does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimerHeapBench {
  private static final int DEADLINES = 1 << 20;

  @Param({"10", "1000", "100000"})
  int size;

  private final Random random = new Random(1);
  private final TimerHeap heap = new TimerHeap();
  private final PriorityQueue<TimerHandle> queue =
      new PriorityQueue<>(
          (a, b) -> {
            int order = Long.compareUnsigned(a.deadline, b.deadline);
            return order != 0 ? order : Long.compare(a.startId, b.startId);
          });
  private final long[] deadlines = new long[DEADLINES];
  private Loop loop;
  private TimerHandle[] inHeap;
  private TimerHandle[] inQueue;
  private int next;
  private long startId;

  @Setup
  public void setUp() {
    loop = Loop.open();
    for (int i = 0; i < DEADLINES; i++) {
      deadlines[i] = random.nextInt(DEADLINES);
    }
    inHeap = new TimerHandle[size];
    inQueue = new TimerHandle[size];
    for (int i = 0; i < size; i++) {
      inHeap[i] = TimerHandle.init(loop);
      arm(inHeap[i], 0);
      heap.insert(inHeap[i]);
      inQueue[i] = TimerHandle.init(loop);
      arm(inQueue[i], 0);
      queue.add(inQueue[i]);
    }
  }

  @TearDown
  public void tearDown() {
    // To the loop they were never started.
    for (TimerHandle timer : inHeap) {
      heap.remove(timer);
    }
    loop.walk(Handle::close);
    loop.run();
    loop.close();
  }

  private void arm(TimerHandle timer, long now) {
    timer.deadline = now + deadlines[next++ & (DEADLINES - 1)];
    timer.startId = startId++;
  }

  /** A timer that has not fired is stopped, and started anew. */
  @Benchmark
  public TimerHandle restart() {
    TimerHandle timer = inHeap[Math.floorMod(next, size)];
    heap.remove(timer);
    arm(timer, 0);
    heap.insert(timer);
    return timer;
  }

  /** The nearest timer fires, and is started anew. */
  @Benchmark
  public TimerHandle expire() {
    TimerHandle timer = heap.min();
    heap.remove(timer);
    arm(timer, timer.deadline);
    heap.insert(timer);
    return timer;
  }

  /** The same as restart: the JDK's heap looks through all for what is to leave it. */
  @Benchmark
  public TimerHandle priorityQueueRestart() {
    TimerHandle timer = inQueue[Math.floorMod(next, size)];
    queue.remove(timer);
    arm(timer, 0);
    queue.add(timer);
    return timer;
  }

  /** The same as expire. */
  @Benchmark
  public TimerHandle priorityQueueExpire() {
    TimerHandle timer = queue.poll();
    arm(timer, timer.deadline);
    queue.add(timer);
    return timer;
  }
}
