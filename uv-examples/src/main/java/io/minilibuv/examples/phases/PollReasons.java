// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.core.PollReason;

/** Says why a poll waits as long as it does. */
final class PollReasons {
  private PollReasons() {}

  /** {@code waits 10 ms: the next timer is due then (NEXT_TIMER)}. */
  static String text(long timeoutMillis, PollReason why) {
    return howLong(timeoutMillis) + ": " + because(timeoutMillis, why) + " (" + why + ")";
  }

  private static String howLong(long timeoutMillis) {
    if (timeoutMillis < 0) {
      return "waits until something happens";
    }
    return timeoutMillis == 0 ? "does not wait" : "waits " + timeoutMillis + " ms";
  }

  private static String because(long timeoutMillis, PollReason why) {
    return switch (why) {
      case NOWAIT -> "the mode is NOWAIT";
      case BUSY_AT_START -> "something was idle or pending when this ONCE began";
      case STOPPED -> "stop() was called";
      case NOTHING_ACTIVE -> "nothing active is left";
      case PENDING -> "watchers were fed";
      case IDLE -> "an idle handle is active";
      case CLOSING -> "close callbacks are due";
      case NEXT_TIMER -> timeoutMillis == 0 ? "a timer is due" : "the next timer is due then";
      case NO_TIMER -> "there is no timer";
      case LOOK -> "it only looks what is ready";
    };
  }
}
