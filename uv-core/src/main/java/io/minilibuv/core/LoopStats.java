// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a loop has done with its time, as {@link Loop#stats()} found it. All of it belongs to one
 * moment. Times are nanoseconds by the loop's clock.
 *
 * <p>Nothing is lost between the numbers: whatever time a loop is run is either {@link #waitNanos}
 * or belongs to a phase. While the loop is {@link Activity#POLLING}, the total of {@link #lag} is
 * that of all phases.
 *
 * @param iterations how many iterations have come to their poll
 * @param lag how long the loop did not look for events: from each poll's return to the next poll.
 *     What becomes ready meanwhile waits for up to that long. One value for each iteration, and one
 *     more when a full batch of events is followed by another poll at once. Time between two runs
 *     of the loop does not count; what is left of a run's last iteration counts with the first of
 *     the next
 * @param waitNanos time spent in the poller, the wait that is going on included
 * @param phases what each phase has used, without that wait; a phase counts when it ends
 * @param activity what the loop is doing
 * @param activityNanos for how long it has been doing that: polling, or anything else since the
 *     last poll or since {@code run} was called, or not being run. A loop that works for long is
 *     blocked
 */
public record LoopStats(
    long iterations,
    Histogram lag,
    long waitNanos,
    Map<LoopPhase, PhaseStats> phases,
    Activity activity,
    long activityNanos) {

  /** What a loop can be doing. */
  public enum Activity {
    /** Nobody runs it. */
    NOT_RUN,
    /** It is in its poller: it waits, or has a look. */
    POLLING,
    /** It calls back, or is on its way from one callback to the next. */
    WORKING
  }

  /**
   * What one phase has used.
   *
   * @param count how often it had something to do: a pass that called at least one callback, a
   *     batch of events, or changes that the poller had to be told
   * @param nanos how long that took
   */
  public record PhaseStats(long count, long nanos) {}

  /** Makes stats of parts. */
  public LoopStats {
    Objects.requireNonNull(lag, "lag");
    Objects.requireNonNull(activity, "activity");
    Map<LoopPhase, PhaseStats> copy = new EnumMap<>(LoopPhase.class);
    copy.putAll(phases);
    phases = Collections.unmodifiableMap(copy);
  }
}
