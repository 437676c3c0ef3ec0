// SPDX-License-Identifier: MIT
package io.minilibuv.async;

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
 * A number is added to the sent ones, while the loop takes out another of the same word and finds
 * that word empty: it comes to the one that was added, then or the next time.
 */
@Outcome(id = "taken", expect = Expect.ACCEPTABLE, desc = "The loop has come to the number.")
@Outcome(
    id = "lost",
    expect = Expect.FORBIDDEN,
    desc = "It is in its word, and nobody looks there.")
public class AddVsTake {
  private static final int EARLIER = 130;
  private static final int ADDED = 131;

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final BitsUnderTest bits;
    private boolean taken;

    Race(BitsUnderTest bits) {
      this.bits = bits;
      bits.add(EARLIER);
    }

    void add() {
      meeting.meet(100);
      bits.add(ADDED);
    }

    void take() {
      meeting.meet(100);
      takeAll();
    }

    private void takeAll() {
      for (int found = 0; (found = bits.next(found)) >= 0; found++) {
        bits.remove(found);
        taken |= found == ADDED;
      }
    }

    String outcome() {
      takeAll();
      return taken ? "taken" : "lost";
    }
  }

  /** The real set. */
  @JCStressTest
  @JCStressMeta(AddVsTake.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(BitsUnderTest.real());
    }

    @Actor
    public void sender() {
      add();
    }

    @Actor
    public void loop() {
      take();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** A word that was empty is forgotten without a second look. */
  @JCStressTest
  @JCStressMeta(AddVsTake.class)
  @State
  public static class FlawForgetsWithoutLooking extends Race {
    public FlawForgetsWithoutLooking() {
      super(FlawedBits.forgetful());
    }

    @Actor
    public void sender() {
      add();
    }

    @Actor
    public void loop() {
      take();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
