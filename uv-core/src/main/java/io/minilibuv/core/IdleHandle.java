// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * Calls back once in every iteration, before the prepare handles ({@code uv_idle_t}).
 *
 * <p>The name misleads: an active idle handle, ref'd or not, keeps the loop from ever waiting in
 * the poll phase, so that it is called again and again.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class IdleHandle extends LoopWatcher<IdleHandle.Callback> {

  /** Called once in every iteration ({@code uv_idle_cb}). */
  @FunctionalInterface
  public interface Callback {
    /** Called in the idle phase. */
    void onIdle(IdleHandle handle);
  }

  private IdleHandle(Loop loop) {
    super(loop, HandleType.IDLE, loop.idle);
  }

  /** Makes an idle handle, inactive ({@code uv_idle_init}, src/unix/loop-watcher.c). */
  public static IdleHandle init(Loop loop) {
    return new IdleHandle(loop);
  }

  @Override
  void callBack(Callback callback) {
    callback.onIdle(this);
  }
}
