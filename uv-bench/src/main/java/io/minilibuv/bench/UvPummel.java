// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;

/** Threads that send to one handle as fast as they can (libuv's benchmark-async-pummel.c). */
final class UvPummel implements Workload {
  private final int n;
  private final Thread[] senders;
  private final Loop loop = Loop.open();
  private final AsyncHandle async = AsyncHandle.init(loop, handle -> onCall());
  private volatile boolean sending;
  private long calls;

  UvPummel(int n, int senders) {
    this.n = n;
    this.senders = new Thread[senders];
  }

  private void onCall() {
    calls++;
    if (calls == n) {
      sending = false;
      loop.stop();
    }
  }

  private void send() {
    while (sending) {
      async.send();
    }
  }

  @Override
  public void prepare() {
    calls = 0;
  }

  @Override
  public long round() throws InterruptedException {
    sending = true;
    for (int i = 0; i < senders.length; i++) {
      senders[i] = new Thread(this::send);
      senders[i].start();
    }
    loop.run();
    for (Thread sender : senders) {
      sender.join();
    }
    return n;
  }

  @Override
  public void close() {
    async.close();
    loop.run();
    loop.close();
  }
}
