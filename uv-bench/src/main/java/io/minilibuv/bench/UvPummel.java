// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;

/** Threads that send to one handle as fast as they can (libuv's benchmark-async-pummel.c). */
final class UvPummel implements Workload {
  private final int n;
  private final Senders senders;
  private final Loop loop = Loop.open();
  private final AsyncHandle async = AsyncHandle.init(loop, handle -> onCall());
  private long calls;

  UvPummel(int n, int senders) {
    this.n = n;
    this.senders = new Senders(senders, async::send);
  }

  private void onCall() {
    calls++;
    if (calls == n) {
      senders.stop();
      loop.stop();
    }
  }

  @Override
  public void prepare() {
    calls = 0;
    senders.start();
  }

  @Override
  public long round() {
    senders.open();
    loop.run();
    return Workload.exactly(n, calls);
  }

  /** What was sent last is delivered before the next round: one callback, if any. */
  @Override
  public void check(long work) throws InterruptedException {
    senders.join();
    loop.run(RunMode.NOWAIT);
    if (calls > n + 1) {
      throw new IllegalStateException(calls + " callbacks, of one handle");
    }
  }

  @Override
  public void close() {
    async.close();
    loop.run();
    loop.close();
  }
}
