// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

/**
 * What a contender does in one row of the table: made once, done round by round, closed at the end.
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

  /** What has to be cleared away after a round, and is not measured. */
  default void cleanUp() throws Exception {}

  /** What is done at the very end. */
  default void close() throws Exception {}
}
