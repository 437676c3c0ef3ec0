// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;

/** The active handles of one of the three kinds that are called once in every iteration. */
final class LoopWatcherPhase extends Phase {
  private final IntrusiveQueue<LoopWatcher<?>> handles = new IntrusiveQueue<>();
  private final IntrusiveQueue<LoopWatcher<?>> passing = new IntrusiveQueue<>();

  LoopWatcherPhase(Loop loop, LoopPhase name) {
    super(loop, name);
  }

  boolean isEmpty() {
    return handles.isEmpty();
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

  void add(LoopWatcher<?> handle) {
    handles.insertHead(handle.queue);
  }

  /**
   * Calls every active handle once ({@code uv__run_idle}, {@code uv__run_prepare}, {@code
   * uv__run_check}, src/unix/loop-watcher.c).
   *
   * <p>A handle started by a callback waits for the next pass and is its first; one stopped by a
   * callback is not called. Otherwise the order stays what it was.
   *
   * <p>Differs from C: a callback that throws ends the pass; the handles that it had not come to
   * are the first of the next.
   */
  @Override
  void pass() {
    LoopWatcher<?> only = handles.only();
    if (only == null) {
      passAll();
    } else {
      // The last it is already: it need not leave its list and come back.
      loop.call(only, LoopWatcher::callBack);
    }
  }

  // @start region="uv__run_idle"
  private void passAll() {
    passing.appendAll(handles);
    try {
      for (LoopWatcher<?> handle; (handle = passing.poll()) != null; ) {
        handles.insertTail(handle.queue);
        loop.call(handle, LoopWatcher::callBack);
      }
    } finally {
      handles.prependAll(passing);
    }
  }

  // @end region="uv__run_idle"
}
