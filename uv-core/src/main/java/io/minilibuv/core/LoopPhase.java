// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * The phases of one iteration, in the order in which {@link Loop#run(RunMode)} goes through them.
 */
public enum LoopPhase {
  /** Watchers that were fed without waiting for the poller. */
  PENDING,
  /** Idle handles. */
  IDLE,
  /** Prepare handles. */
  PREPARE,
  /** Waiting for IO, and its callbacks. */
  POLL,
  /** Check handles. */
  CHECK,
  /** Close callbacks. */
  CLOSING,
  /** Timers that are due; in {@link RunMode#DEFAULT} once more before the first iteration. */
  TIMERS
}
