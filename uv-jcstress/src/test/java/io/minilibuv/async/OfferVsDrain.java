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
 * Offers, while the loop takes what was offered before: all items come, once each, and those of one
 * thread in their order. The loop takes one at a time, so that there is always a rest to come
 * later.
 */
@Outcome(
    id = {"012", "102", "120"},
    expect = Expect.ACCEPTABLE,
    desc = "All came; the offers are 1 and 2 of one thread, and 0 of the loop's.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Some are lost, came twice, or in a wrong order.")
public class OfferVsDrain {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final MemoryBackend backend = new MemoryBackend();
    private final Loop loop = backend.openLoop();
    private final Offerable queue;
    private String delivered = "";

    Race(Offerable.Maker maker) {
      queue = maker.make(loop, item -> delivered += item, 1);
    }

    void drain() {
      loop.run(RunMode.NOWAIT);
      queue.offer(0);
      backend.onNextDrain(() -> meeting.meet(300));
      loop.run(RunMode.NOWAIT);
      loop.run(RunMode.NOWAIT);
    }

    void offer() {
      meeting.meet(300);
      queue.offer(1);
      queue.offer(2);
    }

    String outcome() {
      backend.runAll(loop);
      return delivered;
    }
  }

  /** The real queue. */
  @JCStressTest
  @JCStressMeta(OfferVsDrain.class)
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
      drain();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#FORGETS_THE_REST}. */
  @JCStressTest
  @JCStressMeta(OfferVsDrain.class)
  @State
  public static class FlawForgetsTheRest extends Race {
    public FlawForgetsTheRest() {
      super(FlawedQueue.with(Flaw.FORGETS_THE_REST));
    }

    @Actor
    public void producer() {
      offer();
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

  /** {@link Flaw#SENDS_BEFORE_ADDING}. */
  @JCStressTest
  @JCStressMeta(OfferVsDrain.class)
  @State
  public static class FlawSendsBeforeAdding extends Race {
    public FlawSendsBeforeAdding() {
      super(FlawedQueue.with(Flaw.SENDS_BEFORE_ADDING));
    }

    @Actor
    public void producer() {
      offer();
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

  /** {@link Flaw#SENDS_IF_EMPTY_BEFORE}. */
  @JCStressTest
  @JCStressMeta(OfferVsDrain.class)
  @State
  public static class FlawSendsIfEmptyBefore extends Race {
    public FlawSendsIfEmptyBefore() {
      super(FlawedQueue.with(Flaw.SENDS_IF_EMPTY_BEFORE));
    }

    @Actor
    public void producer() {
      offer();
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
