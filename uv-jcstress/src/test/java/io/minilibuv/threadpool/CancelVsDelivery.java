// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.stress.Meeting;
import io.minilibuv.stress.MemoryBackend;
import io.minilibuv.threadpool.FlawedPool.Flaw;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A stranger cancels what the loop has cancelled, while the loop calls it back: that changes
 * nothing, and the request calls back once.
 */
@Outcome(id = "cancelled", expect = Expect.ACCEPTABLE, desc = "Nobody worked on it: ECANCELED.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It was called back more than once, or not so.")
public class CancelVsDelivery {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final MemoryBackend backend = new MemoryBackend();
    private final Loop loop;
    private final PoolUnderTest pool;
    private int answer;

    Race(PoolUnderTest.Maker maker) {
      pool = maker.make(backend);
      loop = pool.loop();
      pool.submit();
    }

    void deliver() {
      loop.run(RunMode.NOWAIT);
      // A stranger who was much too early is served already, and there is nothing to cancel.
      answer = pool.wasCalled() ? 0 : pool.cancel();
      backend.onNextDrain(() -> meeting.meet(300));
      loop.run(RunMode.NOWAIT);
    }

    void cancel() {
      meeting.meet(300);
      pool.cancel();
    }

    String outcome() {
      backend.runAll(loop);
      return pool.outcome(answer);
    }
  }

  /** The real pool. */
  @JCStressTest
  @JCStressMeta(CancelVsDelivery.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(PoolUnderTest::real);
    }

    @Actor
    public void stranger() {
      cancel();
    }

    @Actor
    public void loop() {
      deliver();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#MOVES_ANYWHERE}. */
  @JCStressTest
  @JCStressMeta(CancelVsDelivery.class)
  @State
  public static class FlawMovesAnywhere extends Race {
    public FlawMovesAnywhere() {
      super(FlawedPool.with(Flaw.MOVES_ANYWHERE));
    }

    @Actor
    public void stranger() {
      cancel();
    }

    @Actor
    public void loop() {
      deliver();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
