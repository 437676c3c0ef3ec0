// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/** One phase of an iteration: what it goes through, shown to the loop's observer. */
abstract class Phase {
  final Loop loop;
  private final LoopPhase name;

  Phase(Loop loop, LoopPhase name) {
    this.loop = loop;
    this.name = name;
  }

  /** Goes through this phase once. Only an observer sees one that has nothing to do. */
  final void run() {
    LoopObserver observer = loop.observer();
    if (observer == null) {
      passIfBusy();
      return;
    }
    observer.phaseBegin(loop, name);
    try {
      passIfBusy();
    } finally {
      observer.phaseEnd(loop, name);
    }
  }

  private void passIfBusy() {
    if (hasWork()) {
      timedPass();
    }
  }

  /** Goes through this phase, and has the time that it takes recorded. */
  void timedPass() {
    try {
      pass();
    } finally {
      loop.stats.phaseEnds(name);
    }
  }

  /** Whether a pass would do anything. */
  abstract boolean hasWork();

  /** The phase itself. A callback that throws ends it; what was not called yet stays queued. */
  abstract void pass();
}
