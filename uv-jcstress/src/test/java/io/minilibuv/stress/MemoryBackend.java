// SPDX-License-Identifier: MIT
package io.minilibuv.stress;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.PollBackend;
import io.minilibuv.core.ReadyEvents;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.WakeupChannel;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A poll backend without descriptors, so that loops can be made by the million. All that becomes
 * ready is the wake-up channel, which is a flag. It never waits.
 *
 * <p>It watches over its channel: a wake-up after {@link #seal()}, or one that is still going on
 * then, is a violation.
 */
public final class MemoryBackend implements PollBackend {
  /** How much longer a wake-up takes, which in a system is a call to the kernel. */
  private static final int WAKEUP_SPINS = 8;

  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile boolean sealed;
  private volatile boolean violated;
  private IoWatcher watcher;
  private Runnable onDrain = () -> {};

  /** Opens a loop on this backend. */
  public Loop openLoop() {
    return Loop.open(new LoopOptions().pollBackend(this));
  }

  /**
   * Runs {@code loop} until nothing is left to wake it up, which takes a few iterations at most.
   */
  public void runAll(Loop loop) {
    for (int i = 0; i < 8 && awake.get(); i++) {
      loop.run(RunMode.NOWAIT);
    }
  }

  /** Makes the loop's next poll return, as a send to another of its handles would. */
  public void wake() {
    awake.set(true);
  }

  /** Has {@code action} done when the loop, being woken, has drained the channel, the next time. */
  public void onNextDrain(Runnable action) {
    onDrain = action;
  }

  /** From now on nobody may touch the wake-up channel. */
  public void seal() {
    sealed = true;
  }

  /** Whether somebody has touched the channel when nobody might. */
  public boolean violated() {
    return violated;
  }

  @Override
  public WakeupChannel openWakeup() {
    return new Channel();
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Object targetOf(SelectableChannel channel, String call) {
    throw new UnsupportedOperationException(call);
  }

  @Override
  public void prepare(Object target, String call) {
    throw new UnsupportedOperationException(call);
  }

  @Override
  public void register(IoWatcher watcher) {
    this.watcher = watcher;
  }

  @Override
  public void modify(IoWatcher watcher) {}

  @Override
  public void unregister(IoWatcher watcher) {
    this.watcher = null;
  }

  @Override
  public void forget(IoWatcher watcher) {}

  @Override
  public void flush() {}

  @Override
  public int poll(long timeoutMillis, ReadyEvents batch) {
    if (watcher != null && awake.get()) {
      batch.add(watcher, IoWatcher.READABLE);
    }
    return batch.size();
  }

  @Override
  public void close() {}

  private final class Channel implements WakeupChannel {
    @Override
    public Object target() {
      return this;
    }

    @Override
    public void wakeup() {
      awake.getAndSet(true);
      Meeting.spin(WAKEUP_SPINS);
      if (sealed) {
        violated = true;
      }
    }

    @Override
    public void drain() {
      awake.getAndSet(false);
      Runnable action = onDrain;
      onDrain = () -> {};
      action.run();
    }

    @Override
    public void close() {
      seal();
    }
  }
}
