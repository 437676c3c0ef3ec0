// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import java.util.function.BooleanSupplier;

/** Sends to handles at random, of very many (libuv's benchmark-million-async.c). */
final class UvMillionAsync implements Workload {
  private final int millis;
  private final Loop loop = Loop.open();
  private final AsyncHandle[] handles;
  private final TimerHandle timer = TimerHandle.init(loop);
  private final Senders sender = new Senders(1, this::sendOn);
  private long sent;
  private long calls;

  UvMillionAsync(int handles, int millis) {
    this.millis = millis;
    this.handles = new AsyncHandle[handles];
    // One for all, as in C: a million of them would be as many places in memory to go to.
    AsyncHandle.Callback callback = handle -> calls++;
    for (int i = 0; i < handles; i++) {
      this.handles[i] = AsyncHandle.init(loop, callback);
    }
  }

  /** Counts by itself, as C's does: what the loop's thread counts in is not to go to and fro. */
  private void sendOn(BooleanSupplier sending) {
    Lottery lottery = new Lottery();
    long count = 0;
    while (sending.getAsBoolean()) {
      handles[lottery.next(handles.length)].send();
      count++;
    }
    sent = count;
  }

  private void onTimeIsUp() {
    sender.stop();
    loop.stop();
  }

  @Override
  public void prepare() {
    calls = 0;
    // It stood still while others had their turn.
    loop.updateTime();
    timer.start(handle -> onTimeIsUp(), millis, 0);
    sender.start();
  }

  @Override
  public long round() {
    sender.open();
    loop.run();
    return calls;
  }

  /** What was sent last is delivered before the next round. */
  @Override
  public void check(long work) throws InterruptedException {
    sender.join();
    loop.run(RunMode.NOWAIT);
    if (work == 0 || work > calls || calls > sent) {
      throw new IllegalStateException(sent + " sent, " + work + " and then " + calls + " called");
    }
  }

  @Override
  public void close() {
    for (AsyncHandle handle : handles) {
      handle.close();
    }
    timer.close();
    loop.run();
    loop.close();
  }
}
