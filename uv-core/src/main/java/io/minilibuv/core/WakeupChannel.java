// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * Makes a loop's poll return, from any thread ({@code async_io_watcher.fd} and {@code async_wfd},
 * src/unix/async.c).
 *
 * <p>An {@link IoWatcher} watches its {@link #target()} like any other: a wake-up makes that
 * readable, until it is drained. It is a latch and no counter. A loop opens at most one, for all of
 * its async handles.
 */
public interface WakeupChannel extends AutoCloseable {

  /**
   * Opens the wake-up channel of {@code loop}'s poll backend; the caller closes it.
   *
   * @throws UvException EMFILE and the like
   */
  static WakeupChannel open(Loop loop) {
    loop.checkThread();
    return loop.poll.backend().openWakeup();
  }

  /** What an {@link IoWatcher} is to watch for {@link IoWatcher#READABLE}. */
  Object target();

  /**
   * Makes the target readable ({@code uv__async_send}).
   *
   * <p>Never blocks, fails, or is lost, whatever the state of the calling thread and however often
   * it is called. What the caller wrote before is visible to whoever drains after.
   */
  @AnyThread
  void wakeup();

  /** Makes the target unreadable until the next {@link #wakeup}. On the loop's thread. */
  void drain();

  /** Closes the channel. No wake-up may be going on, or come later. */
  @Override
  void close();
}
