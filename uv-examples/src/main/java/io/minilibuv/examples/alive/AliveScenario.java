// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import io.minilibuv.core.Loop;
import java.util.function.Consumer;

/** A small program with a mistake: its loop does not end when its work is done, or ends before. */
interface AliveScenario {
  /** What it is asked for by. */
  String name();

  /** What it is about, in a line. */
  String title();

  /** What it does, as lines that read like code. */
  String program();

  /**
   * Does it, up to where the work is done.
   *
   * @param say takes what its callbacks have to say, then and later
   */
  void start(Loop loop, Consumer<String> say);

  /** How the mistake is mended, as a line that reads like code. */
  String mending();

  /** Mends it. Called once, after {@link #start}. */
  void mend();

  /** What is to be learned from it. */
  String why();
}
