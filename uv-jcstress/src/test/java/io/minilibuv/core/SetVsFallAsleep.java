// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.FlawedLatch.Flaw;
import io.minilibuv.stress.Meeting;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A wake-up, while the loop falls asleep or clears an earlier one: it does not sleep with a wake-up
 * for which nobody rings, and once the latch is cleared, the loop sees what was written before.
 */
@Outcome(id = "seen", expect = Expect.ACCEPTABLE, desc = "The loop has seen what was written.")
@Outcome(
    id = "lost",
    expect = Expect.FORBIDDEN,
    desc = "It has not, and nothing is left to say so.")
@Outcome(id = "asleep", expect = Expect.FORBIDDEN, desc = "It sleeps, and nobody has rung.")
public class SetVsFallAsleep {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final LatchUnderTest latch;

    /** What was rung for since the loop has begun to wait. */
    private volatile boolean rung;

    private boolean sleeps;
    private int payload;
    private int seen;

    Race(LatchUnderTest latch) {
      this.latch = latch;
      latch.wakeUp();
    }

    void send() {
      meeting.meet(200);
      payload = 1;
      if (latch.set()) {
        rung = true;
      }
    }

    void sleep() {
      latch.set();
      meeting.meet(200);
      serve();
      sleeps = latch.fallAsleep();
      if (!sleeps) {
        latch.wakeUp();
        serve();
      }
    }

    private void serve() {
      latch.clear();
      seen = payload;
    }

    String outcome() {
      if (sleeps && latch.isSet() && !rung) {
        return "asleep";
      }
      if (latch.isSet()) {
        serve();
      }
      return seen == 1 ? "seen" : "lost";
    }
  }

  /** The real latch. */
  @JCStressTest
  @JCStressMeta(SetVsFallAsleep.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(LatchUnderTest.real());
    }

    @Actor
    public void sender() {
      send();
    }

    @Actor
    public void loop() {
      sleep();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#TWO_WORDS}. */
  @JCStressTest
  @JCStressMeta(SetVsFallAsleep.class)
  @State
  public static class FlawTwoWords extends Race {
    public FlawTwoWords() {
      super(FlawedLatch.with(Flaw.TWO_WORDS));
    }

    @Actor
    public void sender() {
      send();
    }

    @Actor
    public void loop() {
      sleep();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#SLEEPS_BY_READING}. */
  @JCStressTest
  @JCStressMeta(SetVsFallAsleep.class)
  @State
  public static class FlawSleepsByReading extends Race {
    public FlawSleepsByReading() {
      super(FlawedLatch.with(Flaw.SLEEPS_BY_READING));
    }

    @Actor
    public void sender() {
      send();
    }

    @Actor
    public void loop() {
      sleep();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#MERGES_BY_READING}. */
  @JCStressTest
  @JCStressMeta(SetVsFallAsleep.class)
  @State
  public static class FlawMergesByReading extends Race {
    public FlawMergesByReading() {
      super(FlawedLatch.with(Flaw.MERGES_BY_READING));
    }

    @Actor
    public void sender() {
      send();
    }

    @Actor
    public void loop() {
      sleep();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
