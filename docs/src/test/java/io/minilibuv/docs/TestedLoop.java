// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import io.minilibuv.async.LoopExecutor;
import io.minilibuv.core.Loop;

/** A loop on a thread of its own, to be tested from outside. */
final class TestedLoop {
  // @start region="tested_loop"
  private final Loop loop;
  private final LoopExecutor executor;
  private final Thread thread;

  private TestedLoop(Loop loop) {
    this.loop = loop;
    this.executor = LoopExecutor.init(loop);
    this.thread = new Thread(loop::run, "tested-loop");
  }

  static TestedLoop start(Loop loop) {
    TestedLoop started = new TestedLoop(loop);
    started.thread.start(); // the loop is that thread's from now on
    return started;
  }

  /** Has {@code action} run on the loop's thread, as the last thing that is asked for. */
  void call(Runnable action) {
    executor.execute(
        () -> {
          action.run();
          executor.close();
        });
  }

  void join() throws InterruptedException {
    thread.join();
  }

  // @end region="tested_loop"

  /** Whether what was asked for before the start has come back, and the loop sleeps again. */
  boolean hasPolledTwice() {
    return loop.stats().iterations() >= 2;
  }
}
