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

  /** Goes through this phase once. */
  final void run() {
    LoopObserver observer = loop.observer();
    if (observer == null) {
      pass();
      return;
    }
    observer.phaseBegin(loop, name);
    try {
      pass();
    } finally {
      observer.phaseEnd(loop, name);
    }
  }

  /** The phase itself. A callback that throws ends it; what was not called yet stays queued. */
  abstract void pass();
}
