// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls back once in every iteration, right after the loop has polled for IO ({@code uv_check_t}).
 *
 * <p>Node.js runs {@code setImmediate} from one.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class CheckHandle extends LoopWatcher {

  /** Called once in every iteration ({@code uv_check_cb}). */
  @FunctionalInterface
  public interface Callback {
    /** Called in the check phase. */
    void onCheck(CheckHandle handle);
  }

  private @Nullable Callback callback;

  private CheckHandle(Loop loop) {
    super(loop, HandleType.CHECK, loop.check);
  }

  /** Makes a check handle, inactive ({@code uv_check_init}, src/unix/loop-watcher.c). */
  public static CheckHandle init(Loop loop) {
    return new CheckHandle(loop);
  }

  /**
   * Calls back in every iteration from now on ({@code uv_check_start}, src/unix/loop-watcher.c).
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
      current.onCheck(this);
    }
  }
}
