// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

/**
 * A small program on a loop of its own, whose callbacks come in an order that is worth a guess.
 *
 * <p>An order is written as the names of what is called, with a slash between iterations: {@code C
 * C.closed T1 / T2}. Iterations in which nothing is called do not show.
 */
interface PhaseScenario {
  /** What it is asked for by. */
  String name();

  /** What it is about, in a line. */
  String title();

  /** What it does, as lines that read like code. */
  String program();

  /** The order in libuv 1.44, which had the timers first in an iteration, as it was observed. */
  String orderIn144();

  /** Why it is as it is. */
  String why();

  /** Does it, with what the stage gives. */
  void play(PhaseStage stage);
}
