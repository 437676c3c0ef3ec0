// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;

/** Sends to a few handles, beside many that nobody sends to. */
final class UvIdleAsync implements Workload {
  private final int n;
  private final Loop loop = Loop.open();
  private final AsyncHandle[] handles;
  private final AsyncHandle[] active;
  private long calls;

  UvIdleAsync(int handles, int active, int n) {
    this.n = n;
    this.handles = new AsyncHandle[handles];
    this.active = new AsyncHandle[Math.min(active, handles)];
    // One for all, as in C: what it takes is not to grow with the handles.
    AsyncHandle.Callback callback = handle -> calls++;
    for (int i = 0; i < handles; i++) {
      this.handles[i] = AsyncHandle.init(loop, callback);
    }
    int stride = handles / this.active.length;
    for (int i = 0; i < this.active.length; i++) {
      this.active[i] = this.handles[i * stride];
    }
  }

  @Override
  public void prepare() {
    calls = 0;
  }

  @Override
  public long round() {
    int steps = n / active.length;
    for (int step = 1; step <= steps; step++) {
      for (AsyncHandle handle : active) {
        handle.send();
      }
      while (calls < (long) step * active.length) {
        loop.run(RunMode.ONCE);
      }
    }
    return Workload.exactly((long) steps * active.length, calls);
  }

  @Override
  public void close() {
    for (AsyncHandle handle : handles) {
      handle.close();
    }
    loop.run();
    loop.close();
  }
}
