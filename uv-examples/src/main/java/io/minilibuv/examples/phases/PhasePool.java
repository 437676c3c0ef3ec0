// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.threadpool.WorkRequest;

/**
 * Where what the pool has done comes back, and what comes after that: Node.js' {@code setImmediate}
 * is a check callback, its {@code setTimeout} a timer.
 */
final class PhasePool implements PhaseScenario {

  @Override
  public String name() {
    return "pool";
  }

  @Override
  public String title() {
    return "work that the pool has done, an async send, setImmediate and setTimeout";
  }

  @Override
  public String program() {
    return """
    W = work          queued for the pool before the run
    W                 when it is done: T.start(0 ms), C.start(), A.send()
    T = timer         in its callback: nothing       (Node.js: setTimeout)
    C = check         in its callback: C.stop()      (Node.js: setImmediate)
    A = async         in its callback: A.close()
    run(DEFAULT)
    """;
  }

  @Override
  public String orderIn144() {
    return "W A C / T";
  }

  @Override
  public String why() {
    return """
    What the pool has done comes through an async handle of the loop's own, in the poll phase.
    One wake-up goes through all async handles, that one first, and so comes to A as well. After
    the poll comes check: in a callback of IO, setImmediate is always before setTimeout.
    """;
  }

  @Override
  public void play(PhaseStage stage) {
    Loop loop = stage.loop();
    TimerHandle t = stage.name("T", TimerHandle.init(loop));
    CheckHandle c = stage.name("C", CheckHandle.init(loop));
    AsyncHandle a = stage.name("A", AsyncHandle.init(loop, async -> async.close()));

    // @start region="after_poll"
    WorkRequest w =
        WorkRequest.queue(
            loop,
            request -> {},
            (request, status) -> {
              t.start(timer -> {}, 0, 0);
              c.start(check -> check.stop());
              a.send();
            });
    // @end region="after_poll"
    stage.name("W", w);
    stage.run(RunMode.DEFAULT);
  }
}
