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
    for (int i = 0; i < handles; i++) {
      this.handles[i] = AsyncHandle.init(loop, handle -> calls++);
    }
    for (int i = 0; i < this.active.length; i++) {
      this.active[i] = this.handles[(int) ((long) i * handles / this.active.length)];
    }
  }

  @Override
  public long round() {
    long before = calls;
    for (int sent = 0; sent + active.length <= n; sent += active.length) {
      for (AsyncHandle handle : active) {
        handle.send();
      }
      long all = before + sent + active.length;
      while (calls < all) {
        loop.run(RunMode.ONCE);
      }
    }
    return calls - before;
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
