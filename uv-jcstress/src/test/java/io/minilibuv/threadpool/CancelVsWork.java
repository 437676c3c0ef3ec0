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
 * The loop cancels a request, while a worker comes for it: either the worker does the work and the
 * loop sees what it has left, or nobody does. The request calls back once, and says which.
 */
@Outcome(
    id = "done",
    expect = Expect.ACCEPTABLE,
    desc = "A worker had it: status 0, and cancel is EBUSY.")
@Outcome(id = "cancelled", expect = Expect.ACCEPTABLE, desc = "Nobody worked on it: ECANCELED.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Status, work and the answer to cancel do not agree.")
public class CancelVsWork {

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

    void work() {
      meeting.meet(300);
      pool.work();
    }

    void cancel() {
      loop.run(RunMode.NOWAIT);
      meeting.meet(300);
      answer = pool.cancel();
      loop.run(RunMode.NOWAIT);
    }

    String outcome() {
      backend.runAll(loop);
      return pool.outcome(answer);
    }
  }

  /** The real pool. */
  @JCStressTest
  @JCStressMeta(CancelVsWork.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(PoolUnderTest::real);
    }

    @Actor
    public void worker() {
      work();
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
  @JCStressMeta(CancelVsWork.class)
  @State
  public static class FlawCancelsWithoutMutex extends Race {
    public FlawCancelsWithoutMutex() {
      super(FlawedPool.with(Flaw.CANCELS_WITHOUT_MUTEX));
    }

    @Actor
    public void worker() {
      work();
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

  /** {@link Flaw#LOOKS_AT_MARK}. */
  @JCStressTest
  @JCStressMeta(CancelVsWork.class)
  @State
  public static class FlawLooksAtMark extends Race {
    public FlawLooksAtMark() {
      super(FlawedPool.with(Flaw.LOOKS_AT_MARK));
    }

    @Actor
    public void worker() {
      work();
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
