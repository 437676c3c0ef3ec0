// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.netty.channel.EventLoop;
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
        EventLoop first = oneLoop();
        EventLoop second = oneLoop();
        yield new ExecutorPingPong(
            n,
            first,
            second,
            () -> {
              shutDown(first);
              shutDown(second);
            });
      }
      case "send-dispatch" -> new NettyDispatch(n);
      case "pummel" -> {
        EventLoop loop = oneLoop();
        yield new ExecutorPummel(n, keys.number("senders"), loop, () -> shutDown(loop));
      }
      case "timers" -> {
        EventLoop loop = oneLoop();
        yield TaskTimers.of(n, keys.number("times"), loop, () -> shutDown(loop));
      }
      default -> throw new IllegalArgumentException("Netty does not do " + row);
    };
  }

  private static EventLoop oneLoop() {
    return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
  }

  private static void shutDown(EventLoop loop) {
    Future<?> unused = loop.parent().shutdownGracefully();
  }
}
