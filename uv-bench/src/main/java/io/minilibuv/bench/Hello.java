// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;

/** The least that a program does with a loop: a timer fires at once, and that was all. */
final class Hello {
  static final String WORD = "hello";

  private Hello() {}

  /** Says it. */
  public static void main(String[] args) {
    try (Loop loop = Loop.open()) {
      TimerHandle timer = TimerHandle.init(loop);
      timer.start(
          handle -> {
            System.out.println(WORD);
            handle.close();
          },
          0,
          0);
      loop.run();
    }
  }
}
