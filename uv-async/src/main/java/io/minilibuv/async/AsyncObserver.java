// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;

/**
 * Sees the sends to a loop's async handles, besides what {@link LoopObserver} sees: set it with
 * {@link Loop#setObserver}.
 *
 * <p>The callbacks that the sends bring are seen by {@link LoopObserver#callbackBegin}.
 */
public interface AsyncObserver extends LoopObserver {

  /**
   * Somebody has sent to {@code handle}. Called on the sender's thread, which may be any, also the
   * loop's; and before the loop is woken, if the send is what wakes it.
   *
   * <p>While this runs for a send that is not merged, the loop cannot close the handle, so it must
   * not wait for the loop. What it throws leaves {@link AsyncHandle#send}; the send counts.
   *
   * @param coalesced whether the send was merged into one that is pending already; or it came to
   *     nothing, since the handle is closing
   */
  @AnyThread
  default void asyncSend(Loop loop, AsyncHandle handle, boolean coalesced) {}
}
