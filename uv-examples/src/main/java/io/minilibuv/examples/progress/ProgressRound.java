// SPDX-License-Identifier: MIT
package io.minilibuv.examples.progress;

/** One way to tell a loop of progress: workers that send, and a callback. */
interface ProgressRound {
  /** Has the workers begin. */
  void start();

  /** Has them end early. */
  void stop();
}
