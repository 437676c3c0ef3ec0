// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.WakeupLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link WakeupLatch} once more, with a place for each mistake that a race has to find. */
final class FlawedLatch implements LatchUnderTest {

  /** What is wrong. */
  enum Flaw {
    /** That a wake-up has come and that the loop sleeps are two words, without a fence between. */
    TWO_WORDS,
    /** Who falls asleep looks at the word, and then writes it. */
    SLEEPS_BY_READING,
    /** A wake-up that finds the latch set only reads it. */
    MERGES_BY_READING
  }

  private static final int SET = 1;
  private static final int ASLEEP = 2;

  private final AtomicInteger word = new AtomicInteger(ASLEEP);
  private final AtomicInteger asleep = new AtomicInteger(ASLEEP);
  private final Flaw flaw;

  private FlawedLatch(Flaw flaw) {
    this.flaw = flaw;
  }

  /** A copy with that flaw. */
  static LatchUnderTest with(Flaw flaw) {
    return new FlawedLatch(flaw);
  }

  /** The word that says whether the loop sleeps. */
  private AtomicInteger sleep() {
    return flaw == Flaw.TWO_WORDS ? asleep : word;
  }

  @Override
  public boolean set() {
    if (flaw == Flaw.TWO_WORDS) {
      boolean first = (word.getPlain() & SET) == 0;
      word.setRelease(SET);
      return first && asleep.getAcquire() != 0;
    }
    if (flaw == Flaw.MERGES_BY_READING && isSet()) {
      return false;
    }
    return (word.getAndUpdate(seen -> seen | SET) & (SET | ASLEEP)) == ASLEEP;
  }

  @Override
  public boolean isSet() {
    return (word.get() & SET) != 0;
  }

  @Override
  public void clear() {
    word.getAndUpdate(seen -> seen & ~SET);
  }

  @Override
  public boolean fallAsleep() {
    if (flaw == Flaw.TWO_WORDS) {
      asleep.setRelease(ASLEEP);
      return (word.getAcquire() & SET) == 0;
    }
    if (flaw == Flaw.SLEEPS_BY_READING) {
      boolean quiet = !isSet();
      Thread.onSpinWait();
      word.getAndUpdate(seen -> seen | ASLEEP);
      return quiet;
    }
    return (word.getAndUpdate(seen -> seen | ASLEEP) & SET) == 0;
  }

  @Override
  public void wakeUp() {
    sleep().getAndUpdate(seen -> seen & ~ASLEEP);
  }
}
