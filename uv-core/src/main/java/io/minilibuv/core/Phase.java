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

  /**
   * Goes through this phase once if it {@link #isDue()}.
   *
   * <p>Each phase says so itself, in the same words: a method that they shared would soon be too
   * large for the compiler to put into the loop, and most phases most of the time only look.
   */
  abstract void run();

  /** Whether there is anything to go through, or to show: an observer sees empty phases too. */
  final boolean isDue() {
    return loop.observer() != null || hasWork();
  }

  /** Goes through this phase, in the sight of the observer if there is one. */
  final void goThrough() {
    LoopObserver observer = loop.observer();
    if (observer == null) {
      timedPass();
      return;
    }
    observer.phaseBegin(loop, name);
    try {
      if (hasWork()) {
        timedPass();
      }
    } finally {
      observer.phaseEnd(loop, name);
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
