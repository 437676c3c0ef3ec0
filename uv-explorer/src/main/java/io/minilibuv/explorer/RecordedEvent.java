// SPDX-License-Identifier: MIT
package io.minilibuv.explorer;

/**
 * One thing that a loop did.
 *
 * @param nanos when, by {@link io.minilibuv.core.Uv#hrtime()}
 * @param kind what sort of thing
 * @param subject the phase, the handle or request, or what the poll was asked and answered
 */
public record RecordedEvent(long nanos, Kind kind, String subject) {

  /**
   * The sorts of things that are recorded, as {@link io.minilibuv.core.LoopObserver} tells them.
   */
  public enum Kind {
    /** A phase begins. */
    PHASE_BEGIN,
    /** A phase ends. */
    PHASE_END,
    /** A callback begins. */
    CALLBACK_BEGIN,
    /** A callback ends. */
    CALLBACK_END,
    /** The loop asks its poller. */
    POLL_ENTER,
    /** The poller answers. */
    POLL_RETURN
  }
}
