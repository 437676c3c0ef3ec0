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

/** The backend that loops have here, with its wake-up channel in sight of the test. */
class WatchedBackend implements PollBackend {
  private final PollBackend backend = PollBackend.system();

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
    WakeupChannel channel = backend.openWakeup();
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
    return "watched " + backend.name();
  }

  @Override
  public Object targetOf(SelectableChannel channel, String call) {
    return backend.targetOf(channel, call);
  }

  @Override
  public Object targetOf(int fd, String call) {
    return backend.targetOf(fd, call);
  }

  @Override
  public void prepare(Object target, String call) {
    backend.prepare(target, call);
  }

  @Override
  public int fileno(Object target) {
    return backend.fileno(target);
  }

  @Override
  public void register(IoWatcher watcher) {
    backend.register(watcher);
  }

  @Override
  public void modify(IoWatcher watcher) {
    backend.modify(watcher);
  }

  @Override
  public void unregister(IoWatcher watcher) {
    backend.unregister(watcher);
  }

  @Override
  public void forget(IoWatcher watcher) {
    backend.forget(watcher);
  }

  @Override
  public void flush() {
    backend.flush();
  }

  @Override
  public int poll(long timeoutMillis, ReadyEvents batch) {
    return backend.poll(timeoutMillis, batch);
  }

  @Override
  public void close() {
    backend.close();
  }
}
