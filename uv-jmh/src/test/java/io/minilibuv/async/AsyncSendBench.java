// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
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

/** Sends to an async handle, from the loop's own thread. {@code epoll} needs JDK 22 and Linux. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AsyncSendBench {
  @Param({"nio", "epoll"})
  String backend;

  private Loop loop;
  private AsyncHandle pending;
  private AsyncHandle free;
  private long calls;

  @Setup
  public void setUp() {
    loop = Loop.open(new LoopOptions().pollBackend(backend));
    pending = AsyncHandle.init(loop, handle -> calls++);
    free = AsyncHandle.init(loop, handle -> calls++);
    pending.send();
  }

  @TearDown
  public void tearDown() {
    loop.walk(Handle::close);
    loop.run();
    loop.close();
  }

  /** A send that is merged into the one before. */
  @Benchmark
  public void sendPending() {
    pending.send();
  }

  /** A send to a loop that is not run, so that the bell rings, and its callback. */
  @Benchmark
  public long sendAndDispatch() {
    free.send();
    loop.run(RunMode.NOWAIT);
    return calls;
  }
}
