// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What idle, prepare and check handles have in common ({@code UV_LOOP_WATCHER_DEFINE},
 * src/unix/loop-watcher.c): a place in a phase that calls them once in every iteration.
 *
 * @param <C> the type's callback
 */
abstract class LoopWatcher<C> extends Handle {
  private final LoopWatcherPhase phase;
  private @Nullable C callback;

  /** The place in the phase's list, or in its pass. */
  final IntrusiveQueue.Node<LoopWatcher<?>> queue = new IntrusiveQueue.Node<>(this);

  LoopWatcher(Loop loop, HandleType type, LoopWatcherPhase phase) {
    super(loop, type);
    this.phase = phase;
  }

  /**
   * Calls back in every iteration from now on ({@code uv_idle_start}, {@code uv_prepare_start},
   * {@code uv_check_start}, src/unix/loop-watcher.c).
   *
   * <p>The handle started last is called first. On an active handle this does nothing, and {@code
   * callback} is ignored.
   *
   * <p>Differs from C: a handle that is closing cannot be started, and called after its end.
   *
   * @throws NullPointerException if the handle is inactive and {@code callback} is null
   * @throws IllegalStateException if the handle is closing
   */
  public final void start(C callback) {
    checkThread();
    if (isActive()) {
      return;
    }
    Objects.requireNonNull(callback, "callback");
    checkNotClosing();
    this.callback = callback;
    phase.add(this);
    handleStart();
  }

  /**
   * Ends the callbacks, also in a pass that has begun and not come to this handle yet ({@code
   * uv_idle_stop}, {@code uv_prepare_stop}, {@code uv_check_stop}, src/unix/loop-watcher.c).
   * Idempotent.
   */
  public final void stop() {
    checkThread();
    if (isActive()) {
      queue.remove();
      handleStop();
    }
  }

  @Override
  protected final boolean onClose() {
    stop();
    return true;
  }

  final void callBack() {
    C current = callback;
    if (current != null) {
      callBack(current);
    }
  }

  /** Calls {@code callback} with this handle. */
  abstract void callBack(C callback);
}
