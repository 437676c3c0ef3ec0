// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * Why the poll phase waits as long as it does ({@code uv__backend_timeout}, src/unix/core.c).
 *
 * <p>The conditions are tested in the order of the constants; the first that holds is the reason.
 */
public enum PollReason {
  /** Does not wait: the mode is NOWAIT. */
  NOWAIT,
  /**
   * Does not wait: the mode is ONCE, and something was pending or idle when the iteration began.
   */
  BUSY_AT_START,
  /** Does not wait: {@link Loop#stop()} was called. */
  STOPPED,
  /** Does not wait: no active handle that is ref'd, and no active request. */
  NOTHING_ACTIVE,
  /** Does not wait: watchers have been fed. */
  PENDING,
  /** Does not wait: an idle handle is active, ref'd or not. */
  IDLE,
  /** Does not wait: close callbacks are due. */
  CLOSING,
  /** Waits until the nearest timer is due. */
  NEXT_TIMER,
  /** Waits until something happens: there is no timer. */
  NO_TIMER,
  /**
   * Does not wait: a look at what is ready already, before the wait proper or after a full batch.
   */
  LOOK
}
