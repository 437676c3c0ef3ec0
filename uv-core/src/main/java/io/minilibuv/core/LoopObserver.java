// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * Sees what a loop does, while it does it: the seam that recorders and metrics hang on.
 *
 * <p>Set with {@link Loop#setObserver}. Every method is called on the loop's thread, at the moment
 * that it names, and does nothing unless overridden; the modules above add interfaces of their own
 * for what they do, and look whether the loop's observer implements them. An observer must not
 * change the loop. One that throws ends {@code run} like a callback that throws.
 *
 * <p>Begins and ends nest: callbacks inside phases, and the callbacks of requests inside the
 * callback of the handle that delivers them.
 */
public interface LoopObserver {

  /** A phase begins. Phases are reported even if they find nothing to do. */
  default void phaseBegin(Loop loop, LoopPhase phase) {}

  /** A phase ends, also if it ends with an exception. */
  default void phaseEnd(Loop loop, LoopPhase phase) {}

  /** A callback of {@code source} is about to be called. */
  default void callbackBegin(Loop loop, EventSource source) {}

  /** The callback has returned, or thrown. */
  default void callbackEnd(Loop loop, EventSource source) {}

  /**
   * The loop is about to ask the poll backend; the poll phase may do so more than once.
   *
   * @param timeoutMillis how long it may wait: 0 not at all, -1 without end
   * @param why what decided that
   */
  default void pollEnter(Loop loop, long timeoutMillis, PollReason why) {}

  /**
   * The poll backend has answered; the callbacks come next.
   *
   * @param ready how many watchers are ready, 0 if the time ran out or the wait was interrupted
   */
  default void pollReturn(Loop loop, int ready) {}
}
