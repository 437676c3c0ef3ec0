// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls back once in every iteration, before the prepare handles ({@code uv_idle_t}).
 *
 * <p>The name misleads: an active idle handle, ref'd or not, keeps the loop from ever waiting in
 * the poll phase, so that it is called again and again.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class IdleHandle extends LoopWatcher {

  /** Called once in every iteration ({@code uv_idle_cb}). */
  @FunctionalInterface
  public interface Callback {
    /** Called in the idle phase. */
    void onIdle(IdleHandle handle);
  }

  private @Nullable Callback callback;

  private IdleHandle(Loop loop) {
    super(loop, HandleType.IDLE, loop.idle);
  }

  /** Makes an idle handle, inactive ({@code uv_idle_init}, src/unix/loop-watcher.c). */
  public static IdleHandle init(Loop loop) {
    return new IdleHandle(loop);
  }

  /**
   * Calls back in every iteration from now on ({@code uv_idle_start}, src/unix/loop-watcher.c).
   *
   * <p>The handle started last is called first. On an active handle this does nothing, and {@code
   * callback} is ignored.
   *
   * @throws NullPointerException if the handle is inactive and {@code callback} is null
   */
  public void start(Callback callback) {
    checkThread();
    if (isActive()) {
      return;
    }
    this.callback = Objects.requireNonNull(callback, "callback");
    startWatching();
  }

  @Override
  void callBack() {
    Callback current = callback;
    if (current != null) {
      current.onIdle(this);
    }
  }
}
