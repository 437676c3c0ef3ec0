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
 * The loop and a stranger cancel a request at the same time: both are told that it is cancelled,
 * and it calls back once.
 */
@Outcome(id = "cancelled", expect = Expect.ACCEPTABLE, desc = "Nobody worked on it: ECANCELED.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It was called back twice, or one was told EBUSY.")
public class CancelVsCancel {

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

    private int answerToStranger;

    void cancel() {
      loop.run(RunMode.NOWAIT);
      meeting.meet(100);
      // A stranger who was much too early is served already, and there is nothing to cancel.
      answer = pool.wasCalled() ? 0 : pool.cancel();
      loop.run(RunMode.NOWAIT);
    }

    void strangerCancel() {
      meeting.meet(100);
      answerToStranger = pool.cancel();
    }

    String outcome() {
      backend.runAll(loop);
      return pool.outcome(answer == 0 ? answerToStranger : answer);
    }
  }

  /** The real pool. */
  @JCStressTest
  @JCStressMeta(CancelVsCancel.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(PoolUnderTest::real);
    }

    @Actor
    public void stranger() {
      strangerCancel();
    }

    @Actor
    public void loop() {
      cancel();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#CANCELS_WITHOUT_MUTEX}. */
  @JCStressTest
  @JCStressMeta(CancelVsCancel.class)
  @State
  public static class FlawCancelsWithoutMutex extends Race {
    public FlawCancelsWithoutMutex() {
      super(FlawedPool.with(Flaw.CANCELS_WITHOUT_MUTEX));
    }

    @Actor
    public void stranger() {
      strangerCancel();
    }

    @Actor
    public void loop() {
      cancel();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
