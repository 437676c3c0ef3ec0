// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.nio.channels.SelectableChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls back while a channel is readable or writable ({@code uv_poll_t}).
 *
 * <p>The reading and writing is the user's own. As long as the channel is ready the callback is
 * called in every iteration (level-triggered); it must live with a channel that proves not to be
 * ready after all. The channel stays the user's, who may close it once the handle is closed, from
 * the close callback on. Closed before that, it is reported as {@code UV_EBADF} within a second.
 *
 * <p>All methods belong to the loop's thread.
 *
 * <p>Differs from C: {@link java.nio.channels.Selector} cannot tell {@link #DISCONNECT}, {@link
 * #PRIORITIZED} and errors; the first two are never reported by its backend, and a broken channel
 * is reported as ready for all that was asked for.
 */
public final class PollHandle extends Handle {

  /** Called while the channel is ready ({@code uv_poll_cb}). */
  @FunctionalInterface
  public interface Callback {
    /**
     * Called in the poll phase.
     *
     * @param status 0; or {@code UV_EBADF} if the channel is broken, and then the handle is stopped
     * @param events what the channel is ready for; 0 with an error
     */
    void onPoll(PollHandle handle, int status, int events);
  }

  /** There is something to read or accept, or the end of it ({@code UV_READABLE}). */
  public static final int READABLE = IoWatcher.READABLE;

  /** There is room to write, or a connection is made ({@code UV_WRITABLE}). */
  public static final int WRITABLE = IoWatcher.WRITABLE;

  /** The peer will send no more ({@code UV_DISCONNECT}); optional, as in libuv. */
  public static final int DISCONNECT = IoWatcher.DISCONNECT;

  /** There is urgent data ({@code UV_PRIORITIZED}); optional, as in libuv. */
  public static final int PRIORITIZED = IoWatcher.PRIORITIZED;

  private final SelectableChannel channel;
  private final IoWatcher watcher;
  private @Nullable Callback callback;
  private int status;
  private int events;

  private PollHandle(Loop loop, SelectableChannel channel) {
    super(loop, HandleType.POLL);
    this.channel = channel;
    this.watcher = new IoWatcher(loop, channel, (w, ready) -> onIo(ready));
  }

  /**
   * Makes a handle for {@code channel}, which becomes non-blocking ({@code uv_poll_init}, {@code
   * uv_poll_init_socket}, src/unix/poll.c).
   *
   * <p>Several handles may be made for one channel, while none of them is started.
   *
   * @throws UvException EEXIST if a started handle of this loop has the channel; EBADF if it is
   *     closed; EPERM if the loop's backend cannot watch it
   */
  public static PollHandle init(Loop loop, SelectableChannel channel) {
    loop.checkThread();
    Objects.requireNonNull(channel, "channel");
    if (loop.poll.startedOn(channel) != null) {
      throw UvError.EEXIST.exception("uv_poll_init");
    }
    loop.poll.backend().prepare(channel, "uv_poll_init");
    return new PollHandle(loop, channel);
  }

  /**
   * Calls back for these events from now on, and for no others ({@code uv_poll_start},
   * src/unix/poll.c).
   *
   * <p>What the poller had reported already, and was not called yet, is dropped.
   *
   * @param events {@link #READABLE} and so on, added up; 0 stops
   * @throws UvException EEXIST if another handle of this loop is started on the channel
   * @throws IllegalArgumentException for other events
   * @throws IllegalStateException if this handle is closing
   */
  public void start(int events, Callback callback) {
    checkThread();
    Objects.requireNonNull(callback, "callback");
    checkNotClosing();
    if ((events & ~IoWatcher.ALL) != 0) {
      throw new IllegalArgumentException("not poll events: 0x" + Integer.toHexString(events));
    }
    IoWatcher started = loop().poll.startedOn(channel);
    if (started != null && started != watcher) {
      throw UvError.EEXIST.exception("uv_poll_start");
    }
    stopWatching();
    if (events == 0) {
      return;
    }
    watcher.start(events);
    handleStart();
    this.callback = callback;
  }

  /**
   * Ends the callbacks, also of what the poller has reported already ({@code uv_poll_stop},
   * src/unix/poll.c). Idempotent.
   *
   * <p>Differs from C: the channel stays registered, and cannot be made blocking, until this handle
   * is closed.
   *
   * @throws IllegalStateException if this handle is closing
   */
  public void stop() {
    checkThread();
    checkNotClosing();
    stopWatching();
  }

  /**
   * The channel that this handle watches ({@code uv_fileno}, src/unix/core.c).
   *
   * @throws UvException EBADF if this handle is closing
   */
  public SelectableChannel channel() {
    if (isClosing()) {
      throw UvError.EBADF.exception("uv_fileno");
    }
    return channel;
  }

  @Override
  protected boolean onClose() {
    stopWatching();
    watcher.close();
    return true;
  }

  private void stopWatching() {
    watcher.stop(IoWatcher.ALL);
    loop().poll.invalidate(watcher);
    handleStop();
  }

  /** Translates what the poller reports for the user ({@code uv__poll_io}, src/unix/poll.c). */
  private void onIo(int ready) {
    boolean broken = (ready & IoWatcher.ERROR) != 0 && (ready & IoWatcher.PRIORITIZED) == 0;
    if (broken) {
      watcher.stop(IoWatcher.ALL);
      handleStop();
    }
    status = broken ? UvError.EBADF.code() : 0;
    events = broken ? 0 : ready & IoWatcher.ALL;
    call(this, PollHandle::callBack);
  }

  private void callBack() {
    Callback current = callback;
    if (current != null) {
      current.onPoll(this, status, events);
    }
  }
}
