// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * Calls back once in every iteration, right after the loop has polled for IO ({@code uv_check_t}).
 *
 * <p>Node.js runs {@code setImmediate} from one.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class CheckHandle extends LoopWatcher<CheckHandle.Callback> {

  /** Called once in every iteration ({@code uv_check_cb}). */
  @FunctionalInterface
  public interface Callback {
    /** Called in the check phase. */
    void onCheck(CheckHandle handle);
  }

  private CheckHandle(Loop loop) {
    super(loop, HandleType.CHECK, loop.check);
  }

  /** Makes a check handle, inactive ({@code uv_check_init}, src/unix/loop-watcher.c). */
  public static CheckHandle init(Loop loop) {
    return new CheckHandle(loop);
  }

  @Override
  void callBack(Callback callback) {
    callback.onCheck(this);
  }
}
