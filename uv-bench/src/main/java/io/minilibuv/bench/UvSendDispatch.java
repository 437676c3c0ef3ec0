// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;

/** A send to a loop by its own thread, and the iteration that calls back for it. */
final class UvSendDispatch implements Workload {
  private final int n;
  private long calls;
  private final Loop loop = Loop.open();
  private final AsyncHandle async = AsyncHandle.init(loop, handle -> calls++);

  UvSendDispatch(int n) {
    this.n = n;
  }

  @Override
  public void prepare() {
    calls = 0;
  }

  @Override
  public long round() {
    for (int i = 1; i <= n; i++) {
      async.send();
      loop.run(RunMode.ONCE);
      Workload.exactly(i, calls);
    }
    return calls;
  }

  @Override
  public void close() {
    async.close();
    loop.run();
    loop.close();
  }
}
