// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.fs.Fs;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * How much memory one more handle or request keeps: a loop has many more of them than before, and
 * the heap is that much larger. What the loop's own arrays have grown by is in it, and so is what
 * the handle refers to, but for the callback, which all have in common.
 *
 * <p>Says {@code size NAME BYTES} for each, as C's program does by {@code uv_handle_size}.
 */
final class UvSizes {
  private static final int MORE = 100_000;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private UvSizes() {}

  /** Measures them all. */
  public static void main(String[] args) throws InterruptedException {
    TimerHandle.Callback onTimer = timer -> {};
    AsyncHandle.Callback onAsync = async -> {};
    say("timer", ofHandle(TimerHandle::init));
    say(
        "started-timer",
        ofHandle(
            loop -> {
              TimerHandle timer = TimerHandle.init(loop);
              timer.start(onTimer, 1_000_000, 0);
              return timer;
            }));
    say("async", ofHandle(loop -> AsyncHandle.init(loop, onAsync)));
    WorkRequest.Work work = request -> {};
    WorkRequest.AfterWork after = (request, status) -> {};
    say("work", ofRequest(loop -> WorkRequest.queue(loop, work, after)));
    String path = System.getProperty("java.home");
    say("fs", ofRequest(loop -> Fs.stat(loop, path, request -> {})));
  }

  private static void say(String name, long bytes) {
    System.out.println("size " + name + ' ' + bytes);
  }

  private static long ofHandle(Function<Loop, Handle> maker) {
    try (Loop loop = Loop.open()) {
      long bytes = oneMore(loop, maker);
      loop.walk(Handle::close);
      loop.run();
      return bytes;
    }
  }

  /** Requests that wait in the queue: the only worker is kept busy. */
  private static long ofRequest(Function<Loop, Object> maker) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ThreadPool pool = new ThreadPool(1);
        Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool))) {
      WorkRequest.queue(
          loop,
          request -> {
            begun.countDown();
            over.await();
          },
          null);
      begun.await();
      long bytes = oneMore(loop, maker);
      over.countDown();
      loop.run();
      return bytes;
    }
  }

  private static long oneMore(Loop loop, Function<Loop, ?> maker) {
    // All that the first of a kind brings along is there before.
    for (int i = 0; i < MORE / 10; i++) {
      Objects.requireNonNull(maker.apply(loop));
    }
    long before = used();
    for (int i = 0; i < MORE; i++) {
      Objects.requireNonNull(maker.apply(loop));
    }
    return Math.round((double) (used() - before) / MORE);
  }

  /** What is used once all that nobody refers to is gone. */
  private static long used() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      MEMORY.gc();
      used = Math.min(used, MEMORY.getHeapMemoryUsage().getUsed());
    }
    return used;
  }
}
