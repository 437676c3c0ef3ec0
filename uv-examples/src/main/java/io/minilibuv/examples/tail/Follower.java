// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

/**
 * Says when to look at a file again. It may say so too often, and never too seldom; what has
 * happened, whoever looks finds out.
 *
 * <p>There are three: {@link EventFollower} is told by the system, {@link PollFollower} asks again
 * and again, and {@link ClockFollower} knows nothing but the time.
 */
interface Follower {
  /**
   * Begins; or begins anew, if the name may lead elsewhere now. What happens from then on is told:
   * so watch first, and look then.
   *
   * @throws io.minilibuv.core.UvException if it cannot
   */
  void watch();

  /** Ends it, for good. */
  void close();
}
