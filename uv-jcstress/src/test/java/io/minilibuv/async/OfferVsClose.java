// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.async.FlawedQueue.Flaw;
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
 * Offers, while the queue is being closed: what was accepted is delivered or handed back, once, and
 * in order; what was refused is neither.
 */
@Outcome(id = "kept", expect = Expect.ACCEPTABLE, desc = "Accepted is delivered and handed back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Accepted, delivered and handed back do not agree.")
public class OfferVsClose {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final MemoryBackend backend = new MemoryBackend();
    private final Loop loop = backend.openLoop();
    private final Offerable queue;
    private String accepted = "";
    private String delivered = "";
    private String undelivered = "";

    Race(Offerable.Maker maker) {
      queue = maker.make(loop, item -> delivered += item, 256);
    }

    void offer() {
      offer(1);
      meeting.meet(500);
      offer(2);
      offer(3);
      offer(4);
    }

    private void offer(int item) {
      if (queue.offer(item)) {
        accepted += item;
      }
    }

    void close() {
      loop.run(RunMode.NOWAIT);
      meeting.meet(500);
      queue.close();
      for (int item : queue.undelivered()) {
        undelivered += item;
      }
      loop.run(RunMode.NOWAIT);
    }

    String outcome() {
      backend.runAll(loop);
      return accepted.equals(delivered + undelivered)
          ? "kept"
          : accepted + " accepted, " + delivered + " delivered, " + undelivered + " handed back";
    }
  }

  /** The real queue. */
  @JCStressTest
  @JCStressMeta(OfferVsClose.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(Offerable::real);
    }

    @Actor
    public void producer() {
      offer();
    }

    @Actor
    public void loop() {
      close();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#CLOSES_WITHOUT_WAITING}. */
  @JCStressTest
  @JCStressMeta(OfferVsClose.class)
  @State
  public static class FlawClosesWithoutWaiting extends Race {
    public FlawClosesWithoutWaiting() {
      super(FlawedQueue.with(Flaw.CLOSES_WITHOUT_WAITING));
    }

    @Actor
    public void producer() {
      offer();
    }

    @Actor
    public void loop() {
      close();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#LOOKS_WHETHER_CLOSED}. */
  @JCStressTest
  @JCStressMeta(OfferVsClose.class)
  @State
  public static class FlawLooksWhetherClosed extends Race {
    public FlawLooksWhetherClosed() {
      super(FlawedQueue.with(Flaw.LOOKS_WHETHER_CLOSED));
    }

    @Actor
    public void producer() {
      offer();
    }

    @Actor
    public void loop() {
      close();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
