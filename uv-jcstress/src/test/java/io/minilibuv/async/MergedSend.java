// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.async.FlawedAsync.Flaw;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.stress.Meeting;
import io.minilibuv.stress.MemoryBackend;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Sends that find another one pending, while the loop serves that one: what was written before them
 * is seen by the callback that they are merged into, or by one more.
 */
@Outcome(id = "all seen", expect = Expect.ACCEPTABLE, desc = "The callback has seen all.")
@Outcome(id = "lost.*", expect = Expect.FORBIDDEN, desc = "What was sent was never seen.")
public class MergedSend {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final MemoryBackend backend = new MemoryBackend();
    private final Loop loop = backend.openLoop();
    private final Sendable handle;
    private int first;
    private int second;
    private int third;
    private int seen;

    Race(Sendable.Maker maker) {
      handle = maker.make(loop, () -> seen = first + second + third);
    }

    void dispatch() {
      loop.run(RunMode.NOWAIT);
      first = 1;
      handle.send();
      backend.onNextDrain(() -> meeting.meet(300));
      loop.run(RunMode.NOWAIT);
    }

    void sendTwice() {
      handle.send();
      meeting.meet(100);
      second = 1;
      handle.send();
      third = 1;
      handle.send();
    }

    String outcome() {
      backend.runAll(loop);
      return seen == 3 ? "all seen" : "lost " + (3 - seen);
    }
  }

  /** The real handle. */
  @JCStressTest
  @JCStressMeta(MergedSend.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(Sendable::real);
    }

    @Actor
    public void sender() {
      sendTwice();
    }

    @Actor
    public void loop() {
      dispatch();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#MERGES_BY_READING}. */
  @JCStressTest
  @JCStressMeta(MergedSend.class)
  @State
  public static class FlawMergesByReading extends Race {
    public FlawMergesByReading() {
      super(FlawedAsync.with(Flaw.MERGES_BY_READING));
    }

    @Actor
    public void sender() {
      sendTwice();
    }

    @Actor
    public void loop() {
      dispatch();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#TAKES_AFTER_CALLBACK}. */
  @JCStressTest
  @JCStressMeta(MergedSend.class)
  @State
  public static class FlawTakesAfterCallback extends Race {
    public FlawTakesAfterCallback() {
      super(FlawedAsync.with(Flaw.TAKES_AFTER_CALLBACK));
    }

    @Actor
    public void sender() {
      sendTwice();
    }

    @Actor
    public void loop() {
      dispatch();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
