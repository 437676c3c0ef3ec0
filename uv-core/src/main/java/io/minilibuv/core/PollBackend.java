// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.nio.channels.SelectableChannel;

/**
 * How a loop waits for IO: the seam between the loop and the operating system's poller.
 *
 * <p>A backend serves one loop, and is called on its thread only. It must report a watcher in every
 * poll for as long as it is ready (level-triggered), and must not call back itself: it fills a
 * batch. All implementations pass one and the same test suite.
 */
public interface PollBackend extends AutoCloseable {

  /** {@link #poll}'s answer when it was woken before its time by neither an event nor the clock. */
  int INTERRUPTED = -1;

  /** A backend on {@link java.nio.channels.Selector}, which every platform has. */
  static PollBackend nio() {
    return new NioPollBackend();
  }

  /**
   * The backend of a loop that is opened without any choice: what the system property {@code
   * minilibuv.backend} names; without that, the system's own poller if a {@link
   * PollBackendProvider} has it, and else {@link #nio()}.
   *
   * <p>If the backend that should be taken does not work here, it is {@link #nio()} for the whole
   * process, and a line of the log says why.
   *
   * @throws UvException EMFILE and the like, if the poller cannot be opened for now
   */
  @AnyThread
  static PollBackend system() {
    return PollBackends.ofProcess().open();
  }

  /** A short name for people: {@code nio}, {@code epoll}. */
  String name();

  /**
   * What a watcher of {@code channel} has as its {@linkplain IoWatcher#target() target}: the same
   * for all watchers of what is one descriptor to the system, as long as that is open.
   *
   * @param call the name of the user's call, for errors
   * @throws UvException EBADF if the channel is closed; EPERM if this backend cannot watch it;
   *     ENOTSUP if it cannot find out how
   */
  Object targetOf(SelectableChannel channel, String call);

  /**
   * What a watcher of the descriptor with this number has as its target. See {@link
   * #targetOf(SelectableChannel, String)}.
   *
   * @throws UvException ENOTSUP if this backend watches channels only, as it does unless it
   *     overrides this
   */
  default Object targetOf(int fd, String call) {
    throw UvError.ENOTSUP.exception(call);
  }

  /**
   * Makes a target ready to be watched by one more watcher, non-blocking above all ({@code
   * uv__io_check_fd}, {@code uv__nonblock}). That watcher is {@linkplain #forget forgotten} at its
   * end. No watcher of the target is started.
   *
   * @throws UvException EBADF if the target is closed; EPERM if it is of a kind that cannot be
   *     watched
   */
  void prepare(Object target, String call);

  /**
   * The number of the descriptor that a target stands for ({@code uv_fileno}).
   *
   * @throws UvException ENOTSUP if this backend knows none, as it does unless it overrides this
   */
  default int fileno(Object target) {
    throw UvError.ENOTSUP.exception("uv_fileno");
  }

  /** Begins to watch for {@link IoWatcher#wanted()}; if the target is gone, reports that later. */
  void register(IoWatcher watcher);

  /** Watches a registered watcher for another {@link IoWatcher#wanted()}. */
  void modify(IoWatcher watcher);

  /** Ceases to watch; the watcher may be registered again. */
  void unregister(IoWatcher watcher);

  /**
   * Lets go of the watcher's target altogether, unless another registered watcher has it. What this
   * costs may be put off until {@link #flush()}.
   */
  void forget(IoWatcher watcher);

  /** Makes every {@link #forget} take effect, so that the targets can be closed. */
  void flush();

  /**
   * Waits until a watcher is ready or the time is up, and adds those that are to {@code batch}.
   *
   * <p>An interrupt of the thread must neither be lost nor make this spin.
   *
   * @param timeoutMillis 0 not to wait, -1 to wait without end
   * @return how many were added; {@link ReadyEvents#CAPACITY} also if the system told of so many,
   *     some of which nobody watches any more, and may tell of others; 0 if the time is up; or
   *     {@link #INTERRUPTED}
   */
  int poll(long timeoutMillis, ReadyEvents batch);

  /**
   * Whether a {@link #poll} that does not wait would find nothing, as far as can be told without
   * asking the system. Then it need not be called.
   */
  default boolean isQuiet() {
    return false;
  }

  /** Opens a channel that wakes {@link #poll} up from any thread. */
  WakeupChannel openWakeup();

  /**
   * The loop is not run any more. From now on, a wake-up makes its channel readable for whoever
   * looks; one that has come already, too.
   */
  default void runEnds() {}

  /** Closes the poller. Nothing is registered any more but what nobody will miss. */
  @Override
  void close();
}
