// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;
import java.nio.channels.SelectableChannel;

/**
 * The loop's interest in one thing that can become ready for IO ({@code uv__io_t},
 * src/unix/core.c).
 *
 * <p>Internal to this library and its poll backends: users have {@link PollHandle}. It is no
 * handle, and does not keep the loop alive. Readiness is level-triggered: as long as it lasts, it
 * is reported in every poll. All methods belong to the loop's thread.
 */
public final class IoWatcher {

  /** Called when what is watched is ready. */
  @FunctionalInterface
  public interface Callback {
    /**
     * Called in the poll phase, or in the pending phase if the watcher was {@link #feed fed}.
     *
     * @param events what is ready, of what was asked for; and {@link #ERROR} or {@link #HANGUP}
     */
    void onIo(IoWatcher watcher, int events);
  }

  /** There is something to read, to accept, or the end of it ({@code POLLIN}). */
  public static final int READABLE = 1;

  /** There is room to write, or a connection is made ({@code POLLOUT}). */
  public static final int WRITABLE = 1 << 1;

  /** The peer will send no more ({@code POLLRDHUP}). */
  public static final int DISCONNECT = 1 << 2;

  /** There is urgent data ({@code POLLPRI}). */
  public static final int PRIORITIZED = 1 << 3;

  /** All that can be asked for. */
  public static final int ALL = READABLE | WRITABLE | DISCONNECT | PRIORITIZED;

  /** What is watched is broken or gone; reported without being asked for ({@code POLLERR}). */
  public static final int ERROR = 1 << 4;

  /** The other end is gone; reported without being asked for ({@code POLLHUP}). */
  public static final int HANGUP = 1 << 5;

  private final Loop loop;
  private final Object target;
  private final Callback callback;
  private int wanted;
  private int registered;

  /** The place among the watchers whose wishes the backend does not know yet. */
  final IntrusiveQueue.Node<IoWatcher> watcherQueue = new IntrusiveQueue.Node<>(this);

  /** The place among the fed watchers. */
  final IntrusiveQueue.Node<IoWatcher> pendingQueue = new IntrusiveQueue.Node<>(this);

  /** The place in the batch that is being dispatched, or {@link ReadyEvents#NOT_IN_BATCH}. */
  int batchIndex = ReadyEvents.NOT_IN_BATCH;

  /**
   * Makes a watcher that wants nothing yet ({@code uv__io_init}).
   *
   * @param target what is watched, in the form that the loop's backend gave it: {@link
   *     PollBackend#targetOf}, or {@link WakeupChannel#target()}
   */
  public IoWatcher(Loop loop, Object target, Callback callback) {
    this.loop = loop;
    this.target = target;
    this.callback = callback;
  }

  /**
   * Makes a watcher of a channel, which becomes non-blocking. It must be {@link #close closed}.
   *
   * @param call the name of the user's call, for errors
   * @throws UvException EEXIST if a started watcher of this loop has the channel; and what {@link
   *     PollBackend#targetOf(SelectableChannel, String)} and {@link PollBackend#prepare} throw
   */
  public static IoWatcher of(Loop loop, SelectableChannel channel, String call, Callback callback) {
    loop.checkThread();
    Object target = loop.poll.backend().targetOf(channel, call);
    return new IoWatcher(loop, prepare(loop, target, call), callback);
  }

  /**
   * Makes a watcher of the descriptor with this number, which becomes non-blocking. It must be
   * {@link #close closed}, and before the descriptor is.
   *
   * @param call the name of the user's call, for errors
   * @throws UvException EEXIST if a started watcher of this loop has the descriptor; and what
   *     {@link PollBackend#targetOf(int, String)} and {@link PollBackend#prepare} throw
   */
  public static IoWatcher of(Loop loop, int fd, String call, Callback callback) {
    loop.checkThread();
    Object target = loop.poll.backend().targetOf(fd, call);
    return new IoWatcher(loop, prepare(loop, target, call), callback);
  }

  /** Gives {@code target}, ready for one more watcher, unless another one is started on it. */
  static Object prepare(Loop loop, Object target, String call) {
    if (loop.poll.startedOn(target) != null) {
      throw UvError.EEXIST.exception(call);
    }
    loop.poll.backend().prepare(target, call);
    return target;
  }

  /** What is watched. */
  public Object target() {
    return target;
  }

  /** What this watcher asks for ({@code pevents}). */
  public int wanted() {
    return wanted;
  }

  /** Whether any of {@code events} is asked for ({@code uv__io_active}). */
  public boolean isActive(int events) {
    return (wanted & events) != 0;
  }

  /** Asks for {@code events}, besides what is asked for already ({@code uv__io_start}). */
  public void start(int events) {
    loop.checkThread();
    wanted |= events;
    loop.poll.changed(this);
  }

  /** Asks no longer for {@code events} ({@code uv__io_stop}). */
  public void stop(int events) {
    loop.checkThread();
    wanted &= ~events;
    loop.poll.changed(this);
  }

  /**
   * Asks for nothing any more, in any phase, and forgets what is being watched ({@code
   * uv__io_close}). The target may be closed, or put to other use, from the next closing phase on.
   */
  public void close() {
    stop(ALL);
    pendingQueue.remove();
    loop.poll.forget(this);
  }

  /**
   * Has this watcher called as writable without waiting for the poller: in the next pending phase,
   * or right after the poll ({@code uv__io_feed}).
   */
  public void feed() {
    loop.checkThread();
    loop.pending.feed(this);
  }

  /** What the backend was last told to watch for ({@code events}); 0 if nothing. */
  public int registered() {
    return registered;
  }

  void setRegistered(int events) {
    registered = events;
  }

  /** Calls the owner, with these events ({@code uv__io_cb}). */
  void call(int events) {
    callback.onIo(this, events);
  }
}
