// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One who takes part in a match, and does nothing while it is the others' turn. */
interface Participant extends AutoCloseable {
  /** Who it is. */
  Contender contender();

  /**
   * Does one round.
   *
   * @throws PlayerException if it cannot
   */
  Measure round() throws IOException, InterruptedException;

  /** Ends it, and tells how much memory it has had at most, in kilobytes; null if nobody knows. */
  @Nullable Long end() throws IOException, InterruptedException;

  /** Gives up what it holds, whatever state it is in. */
  @Override
  void close();
}
