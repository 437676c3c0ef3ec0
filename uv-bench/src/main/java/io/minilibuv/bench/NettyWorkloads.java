// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Future;

/** Netty's event loop, as tasks and timers use it. */
final class NettyWorkloads {
  private NettyWorkloads() {}

  static Workload of(String row, Keys keys) {
    int n = keys.number("n");
    return switch (row) {
      case "ping-pong" -> {
        EventLoopGroup first = oneLoop();
        EventLoopGroup second = oneLoop();
        yield new ExecutorPingPong(
            n,
            first.next(),
            second.next(),
            () -> {
              Future<?> unused = first.shutdownGracefully();
              Future<?> unusedToo = second.shutdownGracefully();
            });
      }
      case "pummel" -> new NettyPummel(oneLoop(), n, keys.number("senders"));
      case "timers" -> new NettyTimers(oneLoop(), n);
      default -> throw new IllegalArgumentException("Netty does not do " + row);
    };
  }

  private static EventLoopGroup oneLoop() {
    return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  }
}
