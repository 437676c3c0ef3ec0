// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.nio.channels.SelectableChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls back while a channel or a descriptor is readable or writable ({@code uv_poll_t}).
 *
 * <p>The reading and writing is the user's own. As long as the channel is ready the callback is
 * called in every iteration (level-triggered); it must live with a channel that proves not to be
 * ready after all. The channel stays the user's, who may close it once the handle is closed, from
 * the close callback on. Closed before that, it is reported as {@code UV_EBADF} within a second.
 *
 * <p>All methods belong to the loop's thread.
 *
 * <p>Differs from C: what else can be told than readable and writable depends on the loop's {@link
 * PollBackend}. With epoll it is what C tells. {@link java.nio.channels.Selector} cannot tell
 * {@link #DISCONNECT}, {@link #PRIORITIZED} and errors; the first two are never reported by its
 * backend, and a broken channel is reported as ready for all that was asked for.
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

  private final @Nullable SelectableChannel channel;
  private final IoWatcher watcher;
  private @Nullable Callback callback;
  private int status;
  private int events;

  private PollHandle(Loop loop, @Nullable SelectableChannel channel, Object target) {
    super(loop, HandleType.POLL);
    this.channel = channel;
    this.watcher = new IoWatcher(loop, target, (w, ready) -> onIo(ready));
  }

  /**
   * Makes a handle for {@code channel}, which becomes non-blocking ({@code uv_poll_init}, {@code
   * uv_poll_init_socket}, src/unix/poll.c).
   *
   * <p>Several handles may be made for one channel, while none of them is started.
   *
   * @throws UvException EEXIST if a started handle of this loop has the channel; EBADF if it is
   *     closed; EPERM if the loop's backend cannot watch it; ENOTSUP if it cannot find out how
   */
  public static PollHandle init(Loop loop, SelectableChannel channel) {
    loop.checkThread();
    Objects.requireNonNull(channel, "channel");
    Object target = loop.poll.backend().targetOf(channel, "uv_poll_init");
    return new PollHandle(loop, channel, IoWatcher.prepare(loop, target, "uv_poll_init"));
  }

  /**
   * Makes a handle for the descriptor with this number, which becomes non-blocking ({@code
   * uv_poll_init}, src/unix/poll.c). It is the system's number, as a call of the C library gives
   * it.
   *
   * <p>Several handles may be made for one descriptor, while none of them is started. Whoever
   * closes it before the handle is closed may find the handle deaf, or watching what gets the
   * number next.
   *
   * <p>Differs from C: not every {@link PollBackend} can do that, {@link PollBackend#nio()} cannot.
   *
   * @throws UvException EEXIST if a started handle of this loop has the descriptor; EBADF if there
   *     is none of that number; EPERM if it is a file or a directory, which are always ready;
   *     ENOTSUP if the loop's backend watches channels only
   */
  public static PollHandle init(Loop loop, int fd) {
    loop.checkThread();
    Object target = loop.poll.backend().targetOf(fd, "uv_poll_init");
    return new PollHandle(loop, null, IoWatcher.prepare(loop, target, "uv_poll_init"));
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
    IoWatcher started = loop().poll.startedOn(watcher.target());
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
   * <p>Differs from C: with {@link PollBackend#nio()} the channel stays registered, and cannot be
   * made blocking, until this handle is closed.
   *
   * @throws IllegalStateException if this handle is closing
   */
  public void stop() {
    checkThread();
    checkNotClosing();
    stopWatching();
  }

  /**
   * The channel that this handle was made for ({@code uv_fileno}, src/unix/core.c).
   *
   * @throws UvException EBADF if this handle is closing; EINVAL if it was made for a descriptor
   */
  public SelectableChannel channel() {
    requireNotClosing();
    if (channel == null) {
      throw UvError.EINVAL.exception("uv_fileno");
    }
    return channel;
  }

  /**
   * The number of the descriptor that this handle watches ({@code uv_fileno}, src/unix/core.c).
   *
   * @throws UvException EBADF if this handle is closing; ENOTSUP if the loop's backend does not
   *     know the number, as {@link PollBackend#nio()} does not
   */
  public int fileno() {
    requireNotClosing();
    return loop().poll.backend().fileno(watcher.target());
  }

  private void requireNotClosing() {
    if (isClosing()) {
      throw UvError.EBADF.exception("uv_fileno");
    }
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
