// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.Request;
import io.minilibuv.core.RunMode;

/**
 * What a scenario plays with: a loop that is watched, and a clock that stands still until the loop
 * would wait.
 */
record PhaseStage(Loop loop, ManualClock clock, PhaseTrace trace) {

  /** Gives a handle the name that it is shown by, and keeps it as the handle's data. */
  <H extends Handle> H name(String name, H handle) {
    handle.setData(name);
    return handle;
  }

  /** Gives a request the name that it is shown by. */
  void name(String name, Request request) {
    request.setData(name);
  }

  /** Runs the loop, and has shown what that answers. */
  void run(RunMode mode) {
    trace.runBegins(mode);
    trace.runEnds(loop.run(mode));
  }
}
