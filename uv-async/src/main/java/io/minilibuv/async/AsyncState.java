// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.WakeupChannel;
import org.jspecify.annotations.Nullable;

/**
 * The async handles of one loop, and what wakes it up for all of them: one channel, watched by one
 * IO watcher ({@code async_handles}, {@code async_wfd} and {@code async_io_watcher} of {@code
 * uv_loop_t}).
 */
final class AsyncState implements AutoCloseable {
  /*
   * A wake-up tells that something was sent, and not to whom: AsyncHandles knows that. The channel
   * is a latch of its own, apart from the handles' pending bits. It is emptied before the handles
   * are looked at. A sender sets its bit first and wakes then, so a bit that we come too early to
   * see is followed by a wake-up that we have not taken. The other way round, a bit may be seen and
   * served before its wake-up comes, which then finds nothing: one poll too many is harmless, one
   * too few is not.
   *
   * A callback that throws ends the pass, after the channel was emptied: for the handles that the
   * pass had not come to, nobody would wake us up again. So we do. The next pass begins with those
   * behind the thrower, and comes to the others then, the library's own handle among them: it had
   * its turn before. If a pass began at the front, handles that always throw, or completions whose
   * callbacks do, would keep all behind them from ever being called. None is called twice by one
   * wake-up, and the list stays in its order.
   */
  private static final int NO_PASS = -1;

  // @start region="async_handles"
  private static final LoopField<AsyncState> ASYNC_HANDLES =
      LoopField.declare("async_handles", AsyncState::new);

  private final Loop loop;
  private final WakeupChannel channel;
  private final IoWatcher watcher;
  private final AsyncHandles handles = new AsyncHandles();

  /** Whose callback has thrown, and ended the last pass. */
  private @Nullable AsyncHandle thrower;

  /** Who is being called back. */
  private @Nullable AsyncHandle current;

  /** Where those come that a callback makes: behind its handle. */
  private int behindCurrent = NO_PASS;

  /** Where the pass ends: those from there on were made in it. */
  private int passEnd;

  // @end region="async_handles"

  // @start region="uv__async_start"
  private AsyncState(Loop loop) {
    this.loop = loop;
    channel = WakeupChannel.open(loop);
    watcher = new IoWatcher(loop, channel.target(), (w, events) -> onIo());
    watcher.start(IoWatcher.READABLE);
  }

  // @end region="uv__async_start"

  /**
   * Opens the loop's wake-up channel and watches it, if no handle has done so before ({@code
   * uv__async_start}, src/unix/async.c).
   *
   * @return {@code loop}
   */
  static Loop start(Loop loop) {
    of(loop);
    return loop;
  }

  static AsyncState of(Loop loop) {
    return ASYNC_HANDLES.of(loop);
  }

  void add(AsyncHandle handle) {
    if (behindCurrent == NO_PASS) {
      handles.tidy();
      handles.add(handle);
    } else {
      handles.add(handle);
      // Behind the last one of the pass, it has its place already.
      if (behindCurrent < passEnd) {
        handles.moveLater(handle, behindCurrent);
      }
    }
  }

  /** Puts {@code handle}, which was just added, before all others. */
  void moveToFront(AsyncHandle handle) {
    handles.moveToFrontLater(handle);
    if (behindCurrent == NO_PASS) {
      handles.tidy();
    }
  }

  void remove(AsyncHandle handle) {
    handles.remove(handle);
  }

  /** A send to {@code handle} changed nothing. */
  @AnyThread
  void merged(AsyncHandle handle) {
    observe(handle, true);
  }

  /** Makes the loop's poll return ({@code uv__async_send}, src/unix/async.c). */
  // @start region="uv__async_send"
  @AnyThread
  void wakeup(AsyncHandle handle) {
    try {
      observe(handle, false);
    } finally {
      handles.sent(handle);
      channel.wakeup();
    }
  }

  // @end region="uv__async_send"

  private void observe(AsyncHandle handle, boolean coalesced) {
    if (loop.observer() instanceof AsyncObserver observer) {
      observer.asyncSend(loop, handle, coalesced);
    }
  }

  /** Calls back every handle that was sent to ({@code uv__async_io}, src/unix/async.c). */
  // @start region="uv__async_io"
  private void onIo() {
    channel.drain();
    int start = behindThrower();
    passEnd = handles.end();
    boolean done = false;
    try {
      callBack(start, passEnd);
      callBack(0, start);
      done = true;
    } finally {
      thrower = done ? null : current;
      current = null;
      behindCurrent = NO_PASS;
      handles.tidy();
      if (!done && handles.hasSent()) {
        // Those whom the exception has kept from being called: nobody else would wake us up again.
        channel.wakeup();
      }
    }
  }

  /** Calls back those that were sent to, of the places from {@code from} up to {@code end}. */
  private void callBack(int from, int end) {
    int place = from;
    for (AsyncHandle sent; (sent = handles.takeSent(place, end)) != null; ) {
      current = sent;
      place = sent.place + 1;
      behindCurrent = place;
      sent.deliver();
    }
  }

  // @end region="uv__async_io"

  private int behindThrower() {
    AsyncHandle last = thrower;
    return last != null && handles.holds(last) ? last.place + 1 : 0;
  }

  /**
   * Closes the channel, once nobody is sending any more ({@code uv__async_stop}, src/unix/async.c).
   * The handles that are left are internal; sending to them does nothing from now on.
   */
  // @start region="uv__async_stop"
  @Override
  public void close() {
    handles.forEach(AsyncHandle::spin);
    watcher.close();
    channel.close();
  }
  // @end region="uv__async_stop"
}
