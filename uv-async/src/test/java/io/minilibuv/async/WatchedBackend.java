// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.PollBackend;
import io.minilibuv.core.ReadyEvents;
import io.minilibuv.core.WakeupChannel;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** The backend that every platform has, with its wake-up channel in sight of the test. */
class WatchedBackend implements PollBackend {
  private final PollBackend nio = PollBackend.nio();

  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger wakeups = new AtomicInteger();
  final AtomicInteger wakeupsAfterClose = new AtomicInteger();

  /** Called by each sender that is about to wake the loop up. */
  volatile Runnable beforeWakeup = () -> {};

  private volatile boolean closed;

  Loop openLoop() {
    return Loop.open(new LoopOptions().pollBackend(this));
  }

  @Override
  public WakeupChannel openWakeup() {
    opened.incrementAndGet();
    WakeupChannel channel = nio.openWakeup();
    return new WakeupChannel() {
      @Override
      public Object target() {
        return channel.target();
      }

      @Override
      public void wakeup() {
        beforeWakeup.run();
        if (closed) {
          wakeupsAfterClose.incrementAndGet();
        }
        wakeups.incrementAndGet();
        channel.wakeup();
      }

      @Override
      public void drain() {
        channel.drain();
      }

      @Override
      public void close() {
        closed = true;
        channel.close();
      }
    };
  }

  @Override
  public String name() {
    return "watched " + nio.name();
  }

  @Override
  public void prepare(SelectableChannel channel, String call) {
    nio.prepare(channel, call);
  }

  @Override
  public void register(IoWatcher watcher) {
    nio.register(watcher);
  }

  @Override
  public void modify(IoWatcher watcher) {
    nio.modify(watcher);
  }

  @Override
  public void unregister(IoWatcher watcher) {
    nio.unregister(watcher);
  }

  @Override
  public void forget(IoWatcher watcher) {
    nio.forget(watcher);
  }

  @Override
  public void flush() {
    nio.flush();
  }

  @Override
  public int poll(long timeoutMillis, ReadyEvents batch) {
    return nio.poll(timeoutMillis, batch);
  }

  @Override
  public void close() {
    nio.close();
  }
}
