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
 * A send to a handle of the library's own, while its loop is being closed: nobody is at the wake-up
 * channel when that is closed, or gets there later.
 */
@Outcome(id = "quiet", expect = Expect.ACCEPTABLE, desc = "Nothing was touched after the close.")
@Outcome(id = "woken", expect = Expect.FORBIDDEN, desc = "A sender was at the channel after it.")
public class SendVsLoopClose {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final MemoryBackend backend = new MemoryBackend();
    private final Loop loop = backend.openLoop();
    private final Sendable handle;

    Race(Sendable.Maker maker) {
      handle = maker.make(loop, () -> {});
    }

    void send() {
      meeting.meet(500);
      handle.send();
    }

    void close() {
      loop.run(RunMode.NOWAIT);
      meeting.meet(500);
      loop.close();
    }

    String outcome() {
      return backend.violated() ? "woken" : "quiet";
    }
  }

  /** The real handle. */
  @JCStressTest
  @JCStressMeta(SendVsLoopClose.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(Sendable::realInternal);
    }

    @Actor
    public void sender() {
      send();
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
  @JCStressMeta(SendVsLoopClose.class)
  @State
  public static class FlawClosesWithoutWaiting extends Race {
    public FlawClosesWithoutWaiting() {
      super(FlawedAsync.internalWith(Flaw.CLOSES_WITHOUT_WAITING));
    }

    @Actor
    public void sender() {
      send();
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

  /** {@link Flaw#CLOSES_WITHOUT_BARRING}. */
  @JCStressTest
  @JCStressMeta(SendVsLoopClose.class)
  @State
  public static class FlawClosesWithoutBarring extends Race {
    public FlawClosesWithoutBarring() {
      super(FlawedAsync.internalWith(Flaw.CLOSES_WITHOUT_BARRING));
    }

    @Actor
    public void sender() {
      send();
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
