// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;

/** Sends to handles at random, of very many (libuv's benchmark-million-async.c). */
final class UvMillionAsync implements Workload {
  private final long nanos;
  private final Loop loop = Loop.open();
  private final AsyncHandle[] handles;
  private final AsyncHandle over = AsyncHandle.init(loop, handle -> loop.stop());
  private long calls;

  UvMillionAsync(int handles, int millis) {
    this.nanos = millis * 1_000_000L;
    this.handles = new AsyncHandle[handles];
    for (int i = 0; i < handles; i++) {
      this.handles[i] = AsyncHandle.init(loop, handle -> calls++);
    }
  }

  private void send() {
    Lottery lottery = new Lottery();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < nanos) {
      for (int i = 0; i < 1000; i++) {
        handles[lottery.next(handles.length)].send();
      }
    }
    over.send();
  }

  @Override
  public void prepare() {
    calls = 0;
    loop.updateTime();
  }

  @Override
  public long round() throws InterruptedException {
    Thread sender = new Thread(this::send);
    sender.start();
    loop.run();
    sender.join();
    return calls;
  }

  @Override
  public void close() {
    for (AsyncHandle handle : handles) {
      handle.close();
    }
    over.close();
    loop.run();
    loop.close();
  }
}
