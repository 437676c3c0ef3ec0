// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.core.Handle;
import io.minilibuv.core.HandleType;
import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.WakeupChannel;
import io.minilibuv.stress.Meeting;
import java.util.concurrent.atomic.AtomicBoolean;

/** An async handle that is given another place by the loop. */
interface MovingHandle {

  /** Makes one behind {@code before} others, on a loop that is on a memory backend. */
  @FunctionalInterface
  interface Maker {
    MovingHandle make(Loop loop, int before, Runnable callback);
  }

  void send();

  /** Gives it the first place, on the loop's thread. */
  void move();

  /** The real thing. */
  static MovingHandle real(Loop loop, int before, Runnable callback) {
    AsyncHandle[] others = new AsyncHandle[before];
    for (int i = 0; i < before; i++) {
      others[i] = AsyncHandle.init(loop, null);
    }
    AsyncHandle handle = AsyncHandle.init(loop, called -> callback.run());
    for (AsyncHandle other : others) {
      other.close();
    }
    return new MovingHandle() {
      @Override
      public void send() {
        handle.send();
      }

      @Override
      public void move() {
        AsyncHandle.init(loop, null);
      }
    };
  }

  /** A copy that gives the place after it has looked whether the handle is pending. */
  static MovingHandle flawed(Loop loop, int before, Runnable callback) {
    return new Flawed(loop, before, callback);
  }

  /** {@link AsyncHandles} once more, for one handle, with the two steps the wrong way round. */
  final class Flawed extends Handle implements MovingHandle {
    /**
     * How much longer it takes from the look to the new place, which in a list is all the others.
     */
    private static final int LOOK_SPINS = 60;

    private final SentBits bits = new SentBits();
    private final AtomicBoolean pending = new AtomicBoolean();
    private final Runnable callback;
    private final WakeupChannel channel;
    private volatile int place;

    Flawed(Loop loop, int place, Runnable callback) {
      super(loop, HandleType.ASYNC);
      this.place = place;
      this.callback = callback;
      channel = WakeupChannel.open(loop);
      IoWatcher watcher = new IoWatcher(loop, channel.target(), (w, events) -> onIo());
      watcher.start(IoWatcher.READABLE);
      handleStart();
    }

    @Override
    public void send() {
      if (!pending.getAndSet(true)) {
        bits.add(place);
        channel.wakeup();
      }
    }

    @Override
    public void move() {
      boolean isPending = pending.get();
      Meeting.spin(LOOK_SPINS);
      place = 0;
      if (isPending) {
        bits.add(0);
      }
    }

    private void onIo() {
      channel.drain();
      int found = bits.next(0);
      if (found >= 0) {
        bits.remove(found);
        if (found == place && pending.getAndSet(false)) {
          callback.run();
        }
      }
    }

    @Override
    protected boolean onClose() {
      handleStop();
      return true;
    }
  }
}
