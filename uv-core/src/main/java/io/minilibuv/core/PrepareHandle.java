// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls back once in every iteration, right before the loop polls for IO ({@code uv_prepare_t}).
 *
 * <p>It does not keep the loop from waiting there.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class PrepareHandle extends LoopWatcher {

  /** Called once in every iteration ({@code uv_prepare_cb}). */
  @FunctionalInterface
  public interface Callback {
    /** Called in the prepare phase. */
    void onPrepare(PrepareHandle handle);
  }

  private @Nullable Callback callback;

  private PrepareHandle(Loop loop) {
    super(loop, HandleType.PREPARE, loop.prepare);
  }

  /** Makes a prepare handle, inactive ({@code uv_prepare_init}, src/unix/loop-watcher.c). */
  public static PrepareHandle init(Loop loop) {
    return new PrepareHandle(loop);
  }

  /**
   * Calls back in every iteration from now on ({@code uv_prepare_start}, src/unix/loop-watcher.c).
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
      current.onPrepare(this);
    }
  }
}
