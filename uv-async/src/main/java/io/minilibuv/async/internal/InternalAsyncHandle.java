// SPDX-License-Identifier: MIT
package io.minilibuv.async.internal;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;

/**
 * An async handle of the library's own ({@code wq_async}, src/unix/loop.c).
 *
 * <p>It is internal and not ref'd, so it neither keeps its loop alive nor stops it from closing,
 * and it goes with the loop. It is called back before all handles of users, however late it was
 * made: in C it is made with the loop.
 */
public final class InternalAsyncHandle extends AsyncHandle {

  // @start region="wq_async"
  private InternalAsyncHandle(Loop loop, Callback callback) {
    super(loop, callback);
    goFirst();
    markInternal();
    unref();
  }

  // @end region="wq_async"

  /** Makes an internal handle ({@code uv_loop_init}, src/unix/loop.c). On the loop's thread. */
  public static InternalAsyncHandle init(Loop loop, Callback callback) {
    return new InternalAsyncHandle(loop, callback);
  }

  /**
   * Counts events that this callback delivered beyond its own ({@code uv__metrics_inc_events},
   * src/uv-common.h).
   */
  public void countDelivered(int more) {
    countEvents(more);
  }
}
