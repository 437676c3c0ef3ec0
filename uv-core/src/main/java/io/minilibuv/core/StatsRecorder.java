// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.LoopStats.Activity;
import io.minilibuv.core.LoopStats.PhaseStats;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Times one loop, for {@link Loop#stats()}. The loop's thread records, any thread reads; recording
 * takes no lock, waits for no reader and allocates nothing.
 *
 * <p>The time is cut into pieces without gaps: the clock is read when a piece ends, and that is
 * when the next begins. So a phase that finds nothing to do needs no look at the clock, and what
 * little it takes belongs to whatever comes next.
 */
// Arrays by phase are copied in no time. Giving way is asked of the scheduler, not relied on.
@SuppressWarnings({"EnumOrdinal", "ThreadPriorityCheck"})
final class StatsRecorder {
  /*
   * A seqlock. What is read by others is written between two steps of sequence: it is odd while the
   * loop's thread writes. A reader copies everything, and keeps the copy if sequence was even before
   * and is the same after.
   *
   * Why that copy is of one moment: sequence became even with a release store, and is read with
   * acquire, so that the reader sees all that was written until then. If it has read anything
   * written later, it has read it after the odd number was written, for a store fence lies between
   * that number and the data; and with the load fence behind its copy, its second look at sequence
   * sees the odd number or a later one, and the copy is thrown away. Halves of a long that do not
   * belong together are thrown away likewise.
   *
   * The sections are a few stores long, in which nothing of others is called. If one is left half
   * way all the same, by a stack overflow say, sequence stays odd until the next one ends, which is
   * when the loop leaves run at the latest; nobody may step from odd to even without having written
   * its section. A reader that comes while a section is open tries again, and gives way to the
   * loop's thread if that is not running. It is refused often by a loop alone that does nothing but
   * go round without waiting, and not for long by that.
   */
  private static final VarHandle SEQUENCE;

  static {
    try {
      SEQUENCE = MethodHandles.lookup().findVarHandle(StatsRecorder.class, "sequence", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final LoopPhase[] PHASES = LoopPhase.values();
  private static final int TRIES_BEFORE_YIELD = 32;

  private final LoopClock clock;

  // Written and read by the loop's thread alone.
  private long lagBegan;
  private long lagBefore;
  private boolean newIteration;
  private boolean newBatch;

  // Written by the loop's thread, under sequence.
  private long sequence;
  private long iterations;
  private long waitNanos;
  private final long[] phaseCounts = new long[PHASES.length];
  private final long[] phaseNanos = new long[PHASES.length];
  private final Histogram.Recorder lag = new Histogram.Recorder();
  private Activity activity = Activity.NOT_RUN;
  private long activitySince;

  /** When the last piece ended. */
  private long mark;

  StatsRecorder(LoopClock clock) {
    this.clock = clock;
    mark = clock.nanoTime();
    activitySince = mark;
  }

  /** When something was done last, as the clock said then. On the loop's thread. */
  long lastDone() {
    return mark;
  }

  /** The loop is run from now on. */
  void runBegins() {
    long now = clock.nanoTime();
    lagBegan = now;
    beginWrite();
    mark = now;
    activity = Activity.WORKING;
    activitySince = now;
    endWrite();
  }

  /** The loop is not run any more, however that came. */
  void runEnds() {
    if (activity == Activity.POLLING) {
      // The poller has thrown.
      pollReturns(clock.nanoTime());
    }
    lagBefore += mark - lagBegan;
    lagBegan = mark;
    beginWrite();
    activity = Activity.NOT_RUN;
    activitySince = mark;
    endWrite();
  }

  /** The next poll belongs to another iteration. */
  void iterationBegins() {
    newIteration = true;
  }

  /** The poller is asked now: what has been going on since it last answered is at an end. */
  void pollBegins() {
    beginWrite();
    comeToPoll();
    activity = Activity.POLLING;
    activitySince = mark;
    endWrite();
  }

  /** The poller has answered, at {@code now}. */
  void pollReturns(long now) {
    beginWrite();
    leavePoll(now);
    endWrite();
  }

  /**
   * The poller need not be asked: it would have answered, at {@code now}, that nothing is ready.
   */
  void pollSkipped(long now) {
    beginWrite();
    comeToPoll();
    leavePoll(now);
    endWrite();
  }

  private void comeToPoll() {
    long behind = lagBefore + mark - lagBegan;
    if (newIteration) {
      iterations++;
    }
    if (newIteration || newBatch) {
      lag.record(behind);
      lagBefore = 0;
    } else {
      lagBefore = behind;
    }
    lagBegan = mark;
    newIteration = false;
    newBatch = false;
  }

  private void leavePoll(long now) {
    lagBegan = now;
    waitNanos += now - mark;
    mark = now;
    activity = Activity.WORKING;
    activitySince = now;
  }

  /** A phase has done something, and ends, also if that is by an exception. */
  void phaseEnds(LoopPhase phase) {
    int index = phase.ordinal();
    long now = clock.nanoTime();
    beginWrite();
    phaseCounts[index]++;
    phaseNanos[index] += now - mark;
    mark = now;
    endWrite();
    newBatch |= phase == LoopPhase.POLL;
  }

  private void beginWrite() {
    SEQUENCE.setOpaque(this, sequence | 1);
    VarHandle.storeStoreFence();
  }

  private void endWrite() {
    SEQUENCE.setRelease(this, (sequence | 1) + 1);
  }

  /** What has been recorded so far. */
  @AnyThread
  LoopStats snapshot() {
    for (int tries = 1; ; tries++) {
      LoopStats found = tryToRead();
      if (found != null) {
        return found;
      }
      if (tries % TRIES_BEFORE_YIELD == 0) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** A method of its own, so that a reader who is refused often soon runs compiled code. */
  private @Nullable LoopStats tryToRead() {
    long before = (long) SEQUENCE.getAcquire(this);
    if ((before & 1) != 0) {
      return null;
    }
    long[] counts = phaseCounts.clone();
    long[] nanos = phaseNanos.clone();
    Histogram lags = lag.snapshot();
    long polls = iterations;
    long waited = waitNanos;
    Activity doing = activity;
    long since = activitySince;
    long now = clock.nanoTime();
    VarHandle.acquireFence();
    if ((long) SEQUENCE.getOpaque(this) != before) {
      return null;
    }
    long doingFor = Math.max(0, now - since);
    return new LoopStats(
        polls,
        lags,
        doing == Activity.POLLING ? waited + doingFor : waited,
        byPhase(counts, nanos),
        doing,
        doingFor);
  }

  private static Map<LoopPhase, PhaseStats> byPhase(long[] counts, long[] nanos) {
    Map<LoopPhase, PhaseStats> stats = new EnumMap<>(LoopPhase.class);
    for (LoopPhase phase : PHASES) {
      int index = phase.ordinal();
      stats.put(phase, new PhaseStats(counts[index], nanos[index]));
    }
    return stats;
  }
}
