// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;

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
  }

  @Override
  public long round() throws InterruptedException {
    senders.start();
    loop.run();
    senders.join();
    return n;
  }

  @Override
  public void close() {
    async.close();
    loop.run();
    loop.close();
  }
}
