// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;

/**
 * What idle, prepare and check handles have in common ({@code UV_LOOP_WATCHER_DEFINE},
 * src/unix/loop-watcher.c): a place in a phase that calls them once in every iteration.
 */
abstract class LoopWatcher extends Handle {
  private final LoopWatcherPhase phase;

  /** The place in the phase's list, or in its pass. */
  final IntrusiveQueue.Node<LoopWatcher> queue = new IntrusiveQueue.Node<>(this);

  LoopWatcher(Loop loop, HandleType type, LoopWatcherPhase phase) {
    super(loop, type);
    this.phase = phase;
  }

  /** Starts this handle unless it is active. The caller has set its callback. */
  final void startWatching() {
    phase.add(this);
    handleStart();
  }

  /**
   * Ends the callbacks, also in a pass that has begun and not come to this handle yet. Idempotent.
   */
  public final void stop() {
    checkThread();
    onClose();
  }

  @Override
  protected final boolean onClose() {
    if (isActive()) {
      queue.remove();
      handleStop();
    }
    return true;
  }

  /** Calls the user's callback. */
  abstract void callBack();
}
