// SPDX-License-Identifier: MIT
package io.minilibuv.async;

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
 * A send, while its handle is given another place, since most of those before it were closed: the
 * loop finds it, although the sender may have read the old place.
 */
@Outcome(id = "called", expect = Expect.ACCEPTABLE, desc = "The callback has come.")
@Outcome(
    id = "lost",
    expect = Expect.FORBIDDEN,
    desc = "Nobody looks where the sender has marked it.")
public class SendVsMove {
  private static final int CLOSED = 20;

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final MemoryBackend backend = new MemoryBackend();
    private final Loop loop = backend.openLoop();
    private final MovingHandle handle;
    private boolean called;

    Race(MovingHandle.Maker maker) {
      handle = maker.make(loop, CLOSED, () -> called = true);
    }

    void send() {
      meeting.meet(300);
      handle.send();
    }

    void move() {
      loop.run(RunMode.NOWAIT);
      meeting.meet(200);
      handle.move();
      loop.run(RunMode.NOWAIT);
    }

    String outcome() {
      backend.runAll(loop);
      return called ? "called" : "lost";
    }
  }

  /** The real handles. */
  @JCStressTest
  @JCStressMeta(SendVsMove.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(MovingHandle::real);
    }

    @Actor
    public void sender() {
      send();
    }

    @Actor
    public void loop() {
      move();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** The new place is written after the look at what is pending. */
  @JCStressTest
  @JCStressMeta(SendVsMove.class)
  @State
  public static class FlawPlacesAfterLooking extends Race {
    public FlawPlacesAfterLooking() {
      super(MovingHandle::flawed);
    }

    @Actor
    public void sender() {
      send();
    }

    @Actor
    public void loop() {
      move();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
