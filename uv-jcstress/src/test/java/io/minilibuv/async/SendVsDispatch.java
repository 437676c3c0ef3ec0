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
 * A send, while the loop goes through its handles because of another one: the callback comes, now
 * or by a wake-up that is left, and sees what was written before the send.
 */
@Outcome(id = "seen", expect = Expect.ACCEPTABLE, desc = "The callback has seen what was sent.")
@Outcome(id = "lost", expect = Expect.FORBIDDEN, desc = "What was sent was never seen.")
public class SendVsDispatch {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final MemoryBackend backend = new MemoryBackend();
    private final Loop loop = backend.openLoop();
    private final Sendable handle;
    private int payload;
    private int seen;

    Race(Sendable.Maker maker) {
      handle = maker.make(loop, () -> seen = payload);
    }

    void send() {
      meeting.meet(1_000);
      payload = 1;
      handle.send();
    }

    void dispatch() {
      loop.run(RunMode.NOWAIT);
      backend.wake();
      meeting.meet(500);
      loop.run(RunMode.NOWAIT);
    }

    String outcome() {
      backend.runAll(loop);
      return seen == 1 ? "seen" : "lost";
    }
  }

  /** The real handle. */
  @JCStressTest
  @JCStressMeta(SendVsDispatch.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(Sendable::real);
    }

    @Actor
    public void sender() {
      send();
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

  /** {@link Flaw#DRAINS_LAST}. */
  @JCStressTest
  @JCStressMeta(SendVsDispatch.class)
  @State
  public static class FlawDrainsLast extends Race {
    public FlawDrainsLast() {
      super(FlawedAsync.with(Flaw.DRAINS_LAST));
    }

    @Actor
    public void sender() {
      send();
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
