// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.core.Handle;
import io.minilibuv.core.HandleType;
import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.WakeupChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link AsyncHandle} and {@link AsyncState} once more, for one handle a loop, with a place for
 * each mistake that a race has to find. It neither keeps its loop alive nor stops it from closing.
 */
final class FlawedAsync extends Handle implements Sendable {

  /** What is wrong. */
  enum Flaw {
    /** A send that finds another one pending only reads the word. */
    MERGES_BY_READING,
    /** The pending bit is taken away after the callback. */
    TAKES_AFTER_CALLBACK,
    /** The channel is emptied after the handles were looked at. */
    DRAINS_LAST,
    /** Close does not wait for the senders that have begun. */
    CLOSES_WITHOUT_WAITING,
    /** Close waits for those senders, and lets others begin. */
    CLOSES_WITHOUT_BARRING,
    /** A closed handle is still called back. */
    STAYS_LISTED
  }

  private static final int PENDING = 1;
  private static final int SENDER = 1 << 1;

  private static final LoopField<State> STATE = LoopField.declare("flawed", State::new);

  private final AtomicInteger word = new AtomicInteger();
  private final Flaw flaw;
  private final Runnable callback;
  private final State state;

  private FlawedAsync(Flaw flaw, Loop loop, Runnable callback) {
    super(loop, HandleType.ASYNC);
    this.flaw = flaw;
    this.callback = callback;
    state = STATE.of(loop);
  }

  /** Makes copies with that flaw. */
  static Maker with(Flaw flaw) {
    return (loop, callback) -> {
      FlawedAsync made = new FlawedAsync(flaw, loop, callback);
      made.state.handle = made;
      made.handleStart();
      return made;
    };
  }

  /** Makes copies with that flaw that go with their loop. */
  static Maker internalWith(Flaw flaw) {
    return (loop, callback) -> {
      FlawedAsync made = (FlawedAsync) with(flaw).make(loop, callback);
      made.markInternal();
      made.unref();
      return made;
    };
  }

  @Override
  public void send() {
    int seen = word.get();
    if (flaw == Flaw.MERGES_BY_READING && (seen & PENDING) != 0) {
      return;
    }
    while (!word.compareAndSet(seen, (seen & PENDING) != 0 ? seen : seen + PENDING + SENDER)) {
      seen = word.get();
    }
    if ((seen & PENDING) == 0) {
      state.channel.wakeup();
      word.getAndAdd(-SENDER);
    }
  }

  private void deliver() {
    if ((word.get() & PENDING) == 0) {
      return;
    }
    if (flaw == Flaw.TAKES_AFTER_CALLBACK) {
      callback.run();
      word.getAndUpdate(seen -> seen & ~PENDING);
    } else {
      word.getAndUpdate(seen -> seen & ~PENDING);
      callback.run();
    }
  }

  @Override
  protected boolean onClose() {
    spin();
    if (flaw != Flaw.STAYS_LISTED) {
      state.handle = null;
    }
    handleStop();
    return true;
  }

  private void spin() {
    if (flaw != Flaw.CLOSES_WITHOUT_BARRING) {
      word.getAndUpdate(seen -> seen | PENDING);
    }
    while (flaw != Flaw.CLOSES_WITHOUT_WAITING && word.get() >= SENDER) {
      Thread.onSpinWait();
    }
  }

  /** What is the loop's. */
  private static final class State implements AutoCloseable {
    private final WakeupChannel channel;
    private final IoWatcher watcher;
    private FlawedAsync handle;

    State(Loop loop) {
      channel = WakeupChannel.open(loop);
      watcher = new IoWatcher(loop, channel.target(), (w, events) -> onIo());
      watcher.start(IoWatcher.READABLE);
    }

    private void onIo() {
      boolean late = handle != null && handle.flaw == Flaw.DRAINS_LAST;
      if (!late) {
        channel.drain();
      }
      if (handle != null) {
        handle.deliver();
      }
      if (late) {
        channel.drain();
      }
    }

    @Override
    public void close() {
      if (handle != null) {
        handle.spin();
      }
      watcher.close();
      channel.close();
    }
  }
}
