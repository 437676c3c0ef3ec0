// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A task for a loop by its own thread, and the iteration that does it. The iteration polls; but for
 * a task of its own thread the loop need not be woken up, and is not: an async handle knows no
 * thread, and writes to its descriptor.
 */
final class NettyDispatch implements Workload {
  private final int n;
  private final ManualIoEventLoop loop =
      new ManualIoEventLoop(Thread.currentThread(), NioIoHandler.newFactory());
  private int calls;

  NettyDispatch(int n) {
    this.n = n;
  }

  @Override
  public void prepare() {
    calls = 0;
  }

  @Override
  public long round() {
    Runnable task = () -> calls++;
    for (int i = 1; i <= n; i++) {
      loop.execute(task);
      loop.runNow();
      Workload.exactly(i, calls);
    }
    return calls;
  }

  @Override
  public void close() {
    Future<?> unused = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }
}
