// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Tasks of a loop that are due at some time, by the million. */
final class NettyTimers implements Workload {
  private final EventLoopGroup group;
  private final EventLoop loop;
  private final int n;
  private int fired;

  NettyTimers(EventLoopGroup group, int n) {
    this.group = group;
    this.loop = group.next();
    this.n = n;
  }

  @Override
  public void prepare() {
    fired = 0;
  }

  @Override
  public long round() throws InterruptedException {
    CountDownLatch finished = new CountDownLatch(1);
    loop.execute(
        () -> {
          for (int i = 0; i < n; i++) {
            Future<?> unused =
                loop.schedule(
                    () -> {
                      fired++;
                      if (fired == n) {
                        finished.countDown();
                      }
                    },
                    i / 1000,
                    TimeUnit.MILLISECONDS);
          }
        });
    finished.await();
    return fired;
  }

  @Override
  public void close() {
    Future<?> unused = group.shutdownGracefully();
  }
}
