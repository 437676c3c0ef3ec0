// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a loop is to be woken up, and whether that takes a system call: what a wake-up channel's
 * senders and its loop agree on. {@link #set()} is for any thread, the rest for the loop's.
 */
public final class WakeupLatch {
  /*
   * One word, which is changed by compare-and-set alone.
   *
   *   SET      a wake-up has come, and was not cleared yet.
   *   ASLEEP   the loop waits, or is about to; or it is not run. Whoever sets the latch must ring:
   *            make readable what the loop waits for. Without this the loop looks at the latch
   *            before it waits, and ringing is not needed.
   *   RUNG     whoever has set the latch rings, or has rung.
   *   FAILED   who was to ring could not: the next one is to try it.
   *
   * No wake-up is lost. The changes have one order. If SET comes before ASLEEP, then the loop finds
   * it set when it falls asleep, and does not wait. If it comes after, it is the setter who finds
   * ASLEEP, and rings; the wait began before or begins later, and a bell that has rung ends it in
   * either case. Were they two words, each would have to write the one and read the other, with a
   * full fence between.
   *
   * What a sender wrote before set() is visible to whoever looks after clear(): every way through
   * set() ends in a successful compare-and-set, also if it changes nothing, and that synchronizes
   * with the one in clear(), if it comes before it. If it comes after, it has found the latch open,
   * and another wake-up follows.
   *
   * A sender that is slow between set() and ringing can be overtaken: the loop has seen the latch,
   * cleared it, and done everything. A bell that rings then means nothing, and the loop must take it
   * like that: it is the latch that says whether to wake up.
   */
  private static final int SET = 1;

  private static final int ASLEEP = 2;
  private static final int RUNG = 4;
  private static final int FAILED = 8;

  private final AtomicInteger word = new AtomicInteger(ASLEEP);
  private final boolean tellsAwake;

  /**
   * Makes one for a loop that is not run; whether it tells of its being awake: {@link Shortcuts}.
   */
  public WakeupLatch() {
    this(Shortcuts.WAKEUP);
  }

  WakeupLatch(boolean tellsAwake) {
    this.tellsAwake = tellsAwake;
  }

  /**
   * Sets the latch.
   *
   * @return whether the caller is to ring
   */
  // @start region="latch_set"
  public boolean set() {
    for (; ; ) {
      int seen = word.get();
      boolean rings = (seen & SET) == 0 ? (seen & ASLEEP) != 0 : (seen & FAILED) != 0;
      int next = rings ? (seen & ~FAILED) | SET | RUNG : seen | SET;
      if (word.compareAndSet(seen, next)) {
        return rings;
      }
    }
  }

  // @end region="latch_set"

  /**
   * The caller could not ring. The latch stays set, for others may have relied on it: the loop
   * finds it so when it looks next, and until then each that comes tries to ring.
   */
  public void failed() {
    word.getAndUpdate(seen -> seen | FAILED);
  }

  /** Whether the loop is to be woken up. */
  public boolean isSet() {
    return (word.get() & SET) != 0;
  }

  /** Whether somebody rings, or has rung, for the wake-up that is there. */
  public boolean isRung() {
    return (word.get() & RUNG) != 0;
  }

  /** Opens the latch. Whoever sets it from now on makes another wake-up. */
  public void clear() {
    word.getAndUpdate(seen -> seen & ASLEEP);
  }

  /**
   * The loop is about to wait.
   *
   * @return whether it may; if not, it is to be woken up already
   */
  // @start region="fall_asleep"
  public boolean fallAsleep() {
    return (word.getAndUpdate(seen -> seen | ASLEEP) & SET) == 0;
  }

  // @end region="fall_asleep"

  /** The loop waits no more, and will look at the latch before it waits again. */
  public void wakeUp() {
    if (tellsAwake) {
      word.getAndUpdate(seen -> seen & ~ASLEEP);
    }
  }

  /**
   * The loop is not run any more: a wake-up is to be heard by whoever listens instead.
   *
   * @return whether the caller is to ring, for one that came when that was not needed
   */
  public boolean leave() {
    int before = word.getAndUpdate(WakeupLatch::left);
    return left(before) != (before | ASLEEP);
  }

  private static int left(int seen) {
    return (seen & (SET | RUNG)) == SET ? seen | ASLEEP | RUNG : seen | ASLEEP;
  }

  /** Makes all wake-ups from now on do nothing. */
  public void close() {
    word.set(SET | RUNG);
  }
}
