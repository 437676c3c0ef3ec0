// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;

/**
 * Watchers that want to be called without waiting for the poller ({@code pending_queue}).
 *
 * <p>It runs at the start of an iteration, and up to {@link #PASSES_AFTER_POLL} times after the
 * poll, so that what a callback feeds is called soon, and what feeds itself starves nobody.
 */
final class PendingPhase extends Phase {
  static final int PASSES_AFTER_POLL = 8;

  private final IntrusiveQueue<IoWatcher> fed = new IntrusiveQueue<>();
  private final IntrusiveQueue<IoWatcher> passing = new IntrusiveQueue<>();

  PendingPhase(Loop loop) {
    super(loop, LoopPhase.PENDING);
  }

  boolean isEmpty() {
    return fed.isEmpty();
  }

  @Override
  void run() {
    if (isDue()) {
      goThrough();
    }
  }

  @Override
  boolean hasWork() {
    return !isEmpty();
  }

  /**
   * Queues {@code watcher} once, however often it is fed ({@code uv__io_feed}, src/unix/core.c).
   */
  void feed(IoWatcher watcher) {
    if (!watcher.pendingQueue.isLinked()) {
      fed.insertTail(watcher.pendingQueue);
    }
  }

  /** Calls all watchers fed so far as writable ({@code uv__run_pending}, src/unix/core.c). */
  @Override
  void pass() {
    passing.appendAll(fed);
    try {
      for (IoWatcher watcher; (watcher = passing.poll()) != null; ) {
        watcher.call(IoWatcher.WRITABLE);
      }
    } finally {
      fed.prependAll(passing);
    }
  }

  /** The passes after the poll: what is fed for ever is called eight times, then waits. */
  void runAfterPoll() {
    for (int i = 0; i < PASSES_AFTER_POLL && !isEmpty(); i++) {
      run();
    }
  }
}
