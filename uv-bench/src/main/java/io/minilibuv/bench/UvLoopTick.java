// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;

/** Iterations of a loop that has nothing to wait for (libuv's benchmark-loop-count.c). */
final class UvLoopTick implements Workload {
  private final int n;
  private final Loop loop = Loop.open();
  private final IdleHandle idle = IdleHandle.init(loop);
  private int ticks;

  UvLoopTick(int n) {
    this.n = n;
  }

  private void tick() {
    ticks++;
    if (ticks == n) {
      idle.stop();
    }
  }

  @Override
  public void prepare() {
    ticks = 0;
    idle.start(handle -> tick());
  }

  @Override
  public long round() {
    loop.run();
    return Workload.exactly(n, ticks);
  }

  @Override
  public void close() {
    idle.close();
    loop.run();
    loop.close();
  }
}
