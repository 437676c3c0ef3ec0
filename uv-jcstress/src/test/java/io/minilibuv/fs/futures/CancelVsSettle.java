// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import io.minilibuv.core.Loop;
import io.minilibuv.stress.Meeting;
import io.minilibuv.stress.MemoryBackend;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A stranger cancels a task while its operation passes the point of no return and ends: what the
 * stranger was told is what becomes of the task, and of what it does.
 */
@Outcome(
    id = {"true cancelled undone", "false value done"},
    expect = Expect.ACCEPTABLE,
    desc = "Whoever was first has decided.")
@Outcome(expect = Expect.FORBIDDEN, desc = "cancel has told what did not happen.")
public class CancelVsSettle {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private boolean told;
    private boolean done;

    abstract CompletableFuture<Integer> task();

    abstract boolean commit();

    abstract void settle();

    void cancel() {
      meeting.meet(40);
      told = task().cancel(false);
    }

    void operate() {
      meeting.meet(40);
      done = commit();
      settle();
    }

    String outcome() {
      String became = task().isCancelled() ? "cancelled" : "value";
      return told + " " + became + " " + (done ? "done" : "undone");
    }
  }

  /** The real task. */
  @JCStressTest
  @JCStressMeta(CancelVsSettle.class)
  @State
  public static class Real extends Race {
    private static final Loop LOOP = new MemoryBackend().openLoop();

    private final FsTask<Integer> task = new FsTask<>(LOOP);

    @Override
    CompletableFuture<Integer> task() {
      return task;
    }

    @Override
    boolean commit() {
      return task.commit();
    }

    @Override
    void settle() {
      task.settle(null, 1);
    }

    @Actor
    public void stranger() {
      cancel();
    }

    @Actor
    public void loop() {
      operate();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** A task that looks whether it was cancelled, and does not decide at once. */
  @JCStressTest
  @JCStressMeta(CancelVsSettle.class)
  @State
  public static class FlawLooksOnly extends Race {
    private volatile boolean cancelling;

    private final CompletableFuture<Integer> task =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            if (isDone()) {
              return isCancelled();
            }
            cancelling = true;
            return true;
          }
        };

    @Override
    CompletableFuture<Integer> task() {
      return task;
    }

    @Override
    boolean commit() {
      return !cancelling;
    }

    @Override
    void settle() {
      if (cancelling) {
        task.completeExceptionally(new CancellationException());
      } else {
        task.complete(1);
      }
    }

    @Actor
    public void stranger() {
      cancel();
    }

    @Actor
    public void loop() {
      operate();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
