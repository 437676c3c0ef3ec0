// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that give a loop a task as fast as they can, unless one is under way. */
final class NettyPummel implements Workload {
  private final EventLoopGroup group;
  private final EventLoop loop;
  private final int n;
  private final Senders senders;
  private final Runnable task = this::onTask;

  /** A task is under way: as with an async handle, what is sent meanwhile is merged into it. */
  private final AtomicBoolean pending = new AtomicBoolean();

  private CountDownLatch finished = new CountDownLatch(1);
  private int done;

  NettyPummel(EventLoopGroup group, int n, int senders) {
    this.group = group;
    this.loop = group.next();
    this.n = n;
    this.senders = new Senders(senders, this::send);
  }

  private void onTask() {
    pending.set(false);
    if (done == n) {
      // Sent before the senders knew that it is enough.
      return;
    }
    done++;
    if (done == n) {
      senders.stop();
      finished.countDown();
    }
  }

  private void send() {
    if (pending.compareAndSet(false, true)) {
      loop.execute(task);
    }
  }

  @Override
  public void prepare() {
    done = 0;
    finished = new CountDownLatch(1);
    senders.start();
  }

  @Override
  public long round() throws InterruptedException {
    senders.open();
    finished.await();
    return done;
  }

  /** What was sent last is done before the next round. */
  @Override
  public void check(long work) throws Exception {
    Workload.exactly(n, work);
    senders.join();
    loop.submit(() -> {}).get();
  }

  @Override
  public void close() {
    Future<?> unused = group.shutdownGracefully();
  }
}
