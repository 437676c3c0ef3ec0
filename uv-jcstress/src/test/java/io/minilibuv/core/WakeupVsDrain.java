// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.FlawedWakeup.Flaw;
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
 * A wake-up, while the loop drains an earlier one: whoever drains sees what was written before the
 * wake-up, or the pipe is readable again; and the next wake-up comes through as well.
 */
@Outcome(id = "seen", expect = Expect.ACCEPTABLE, desc = "The loop has seen what was written.")
@Outcome(id = "lost", expect = Expect.FORBIDDEN, desc = "The loop sleeps and has not seen it.")
@Outcome(id = "stuck", expect = Expect.FORBIDDEN, desc = "No wake-up comes through any more.")
public class WakeupVsDrain {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final MemoryPipe pipe = new MemoryPipe();
    private final WakeupChannel channel;
    private int payload;
    private int seen;

    Race(FlawedWakeup.Maker maker) {
      channel = maker.make(pipe);
      channel.wakeup();
    }

    void wake() {
      meeting.meet(200);
      payload = 1;
      channel.wakeup();
    }

    void drain() {
      meeting.meet(200);
      poll();
    }

    private void poll() {
      if (pipe.isReadable()) {
        channel.drain();
        seen = payload;
      }
    }

    String outcome() {
      poll();
      if (seen != 1) {
        return "lost";
      }
      payload = 2;
      channel.wakeup();
      poll();
      return seen == 2 ? "seen" : "stuck";
    }
  }

  /** The real channel. */
  @JCStressTest
  @JCStressMeta(WakeupVsDrain.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(FlawedWakeup::real);
    }

    @Actor
    public void sender() {
      wake();
    }

    @Actor
    public void loop() {
      drain();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#OPENS_LATCH_FIRST}. */
  @JCStressTest
  @JCStressMeta(WakeupVsDrain.class)
  @State
  public static class FlawOpensLatchFirst extends Race {
    public FlawOpensLatchFirst() {
      super(FlawedWakeup.with(Flaw.OPENS_LATCH_FIRST));
    }

    @Actor
    public void sender() {
      wake();
    }

    @Actor
    public void loop() {
      drain();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#MERGES_BY_READING}. */
  @JCStressTest
  @JCStressMeta(WakeupVsDrain.class)
  @State
  public static class FlawMergesByReading extends Race {
    public FlawMergesByReading() {
      super(FlawedWakeup.with(Flaw.MERGES_BY_READING));
    }

    @Actor
    public void sender() {
      wake();
    }

    @Actor
    public void loop() {
      drain();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
