// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

/**
 * What a contender does in one row of the table: made once, done round by round, closed at the end.
 * A round that has not done its work fails, as it does in C's program, and is not measured.
 *
 * <p>On the driver's main thread. Between two rounds nothing of it runs.
 */
interface Workload {
  /** What is made for one round, and not measured. */
  default void prepare() throws Exception {}

  /**
   * Does the work of one round; this is what is measured.
   *
   * @return how many operations were done, counted where they were done
   */
  long round() throws Exception;

  /**
   * What follows a round, and is not measured: waits for what is still under way, and throws unless
   * the round has done its work.
   *
   * @param work what the round has returned
   */
  default void check(long work) throws Exception {}

  /** What is done at the very end. */
  default void close() throws Exception {}

  /**
   * Insists on a count.
   *
   * @return it
   */
  static long exactly(long expected, long counted) {
    if (counted != expected) {
      throw new IllegalStateException("counted " + counted + ", expected " + expected);
    }
    return counted;
  }
}
