// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * Calls back once in every iteration, right before the loop polls for IO ({@code uv_prepare_t}).
 *
 * <p>It does not keep the loop from waiting there.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class PrepareHandle extends LoopWatcher<PrepareHandle.Callback> {

  /** Called once in every iteration ({@code uv_prepare_cb}). */
  @FunctionalInterface
  public interface Callback {
    /** Called in the prepare phase. */
    void onPrepare(PrepareHandle handle);
  }

  private PrepareHandle(Loop loop) {
    super(loop, HandleType.PREPARE, loop.prepare);
  }

  /** Makes a prepare handle, inactive ({@code uv_prepare_init}, src/unix/loop-watcher.c). */
  public static PrepareHandle init(Loop loop) {
    return new PrepareHandle(loop);
  }

  @Override
  void callBack(Callback callback) {
    callback.onPrepare(this);
  }
}
