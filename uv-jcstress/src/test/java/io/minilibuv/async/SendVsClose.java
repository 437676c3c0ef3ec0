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
 * A send, while the handle is being closed: once close has returned, no sender is at the wake-up
 * channel for this handle or gets there, and the callback is not called any more.
 */
@Outcome(id = "quiet", expect = Expect.ACCEPTABLE, desc = "Nothing was touched after the close.")
@Outcome(id = "woken", expect = Expect.FORBIDDEN, desc = "A sender was at the channel after it.")
@Outcome(id = "called", expect = Expect.FORBIDDEN, desc = "The callback was called after it.")
public class SendVsClose {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final MemoryBackend backend = new MemoryBackend();
    private final Loop loop = backend.openLoop();
    private final Sendable handle;
    private boolean closed;
    private boolean called;

    Race(Sendable.Maker maker) {
      handle = maker.make(loop, () -> called |= closed);
    }

    void send() {
      meeting.meet(500);
      handle.send();
    }

    void close() {
      loop.run(RunMode.NOWAIT);
      meeting.meet(500);
      handle.close();
      backend.seal();
      closed = true;
      loop.run(RunMode.NOWAIT);
    }

    String outcome() {
      backend.runAll(loop);
      return backend.violated() ? "woken" : called ? "called" : "quiet";
    }
  }

  /** The real handle. */
  @JCStressTest
  @JCStressMeta(SendVsClose.class)
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
      close();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link Flaw#CLOSES_WITHOUT_WAITING}. */
  @JCStressTest
  @JCStressMeta(SendVsClose.class)
  @State
  public static class FlawClosesWithoutWaiting extends Race {
    public FlawClosesWithoutWaiting() {
      super(FlawedAsync.with(Flaw.CLOSES_WITHOUT_WAITING));
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
  @JCStressMeta(SendVsClose.class)
  @State
  public static class FlawClosesWithoutBarring extends Race {
    public FlawClosesWithoutBarring() {
      super(FlawedAsync.with(Flaw.CLOSES_WITHOUT_BARRING));
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

  /** {@link Flaw#STAYS_LISTED}. */
  @JCStressTest
  @JCStressMeta(SendVsClose.class)
  @State
  public static class FlawStaysListed extends Race {
    public FlawStaysListed() {
      super(FlawedAsync.with(Flaw.STAYS_LISTED));
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
