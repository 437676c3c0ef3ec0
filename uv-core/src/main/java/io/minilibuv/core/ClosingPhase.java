// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import org.jspecify.annotations.Nullable;

/**
 * Handles that wait for their close callback: a stack through themselves ({@code closing_handles}).
 */
final class ClosingPhase extends Phase {
  private @Nullable Handle top;

  ClosingPhase(Loop loop) {
    super(loop, LoopPhase.CLOSING);
  }

  boolean isEmpty() {
    return top == null;
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

  void push(Handle handle) {
    handle.nextClosing = top;
    top = handle;
  }

  /**
   * Finishes all handles closed so far, the last first ({@code uv__run_closing_handles},
   * src/unix/core.c). What a close callback closes waits for the next iteration.
   *
   * <p>Differs from C: a callback that throws ends the phase; the rest of the stack comes first in
   * the next.
   */
  // @start region="uv__run_closing_handles"
  @Override
  void pass() {
    Handle handle = top;
    if (handle == null) {
      return;
    }
    loop.poll.forgetClosed();
    top = null;
    try {
      while (handle != null) {
        Handle current = handle;
        handle = current.nextClosing;
        current.nextClosing = null;
        current.finishClose();
      }
    } finally {
      putBack(handle);
    }
  }

  // @end region="uv__run_closing_handles"

  private void putBack(@Nullable Handle rest) {
    if (rest == null) {
      return;
    }
    Handle last = rest;
    while (last.nextClosing != null) {
      last = last.nextClosing;
    }
    last.nextClosing = top;
    top = rest;
  }
}
