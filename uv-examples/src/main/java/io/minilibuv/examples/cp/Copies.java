// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.fs.tree.TreeResult;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Copies one after the other. Within each, several files are under way; so that there is no more
 * under way than was asked for, the next one begins when the last is done.
 */
final class Copies {
  private final Loop loop;
  private final Iterator<CopyPlan> plans;
  private final Function<CopyPlan, TreeOptions> options;
  private final CopyReport report;
  private final Runnable whenDone;
  private @Nullable FsTask<TreeResult> current;
  private int begun;
  private boolean stopped;
  private boolean done;
  private @Nullable RuntimeException mistake;

  /**
   * Nothing has begun.
   *
   * @param report is told what is refused
   * @param whenDone called when nothing is under way any more
   */
  Copies(
      Loop loop,
      List<CopyPlan> plans,
      Function<CopyPlan, TreeOptions> options,
      CopyReport report,
      Runnable whenDone) {
    this.loop = loop;
    this.plans = plans.iterator();
    this.options = options;
    this.report = report;
    this.whenDone = whenDone;
  }

  /** Begins the next one. */
  void goOn() {
    if (stopped || !plans.hasNext()) {
      done = true;
      whenDone.run();
      return;
    }
    CopyPlan plan = plans.next();
    FsTask<TreeResult> copy =
        FsTrees.copyTree(loop, plan.source(), plan.target(), options.apply(plan));
    current = copy;
    var unused = copy.whenComplete((result, failure) -> ended(failure));
  }

  private void ended(@Nullable Throwable failure) {
    if (failure == null || failure instanceof CancellationException) {
      begun++;
    } else if (failure instanceof UvException refusal) {
      report.failed(refusal);
    } else {
      stopped = true;
      mistake = new IllegalStateException(failure);
    }
    goOn();
  }

  /** Takes back what can be, and begins nothing more. */
  void stop() {
    stopped = true;
    if (current != null) {
      current.cancel(true);
    }
  }

  /** Whether nothing is under way any more. */
  boolean isDone() {
    return done;
  }

  /**
   * Whether there is something to sum up: a copy that was refused has not begun.
   *
   * @throws IllegalStateException if something was thrown that is no failure of a copy
   */
  boolean haveBegun() {
    if (mistake != null) {
      throw mistake;
    }
    return begun > 0 || !done;
  }
}
