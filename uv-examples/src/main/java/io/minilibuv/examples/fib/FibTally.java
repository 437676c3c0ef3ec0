// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

import java.util.List;
import java.util.Locale;

/**
 * How many jobs have come to what end. Each is counted once, but for {@code givenUp}.
 *
 * @param computed done, and nobody had asked for them
 * @param cancelled taken back before a worker had them
 * @param refused asked for in vain: cancel has answered EBUSY
 * @param givenUp those of the refused that have not come to a result
 */
record FibTally(int computed, int cancelled, int refused, int givenUp) {

  FibTally withComputed() {
    return new FibTally(computed + 1, cancelled, refused, givenUp);
  }

  FibTally withCancelled() {
    return new FibTally(computed, cancelled + 1, refused, givenUp);
  }

  FibTally withRefused(boolean gaveUp) {
    return new FibTally(computed, cancelled, refused + 1, givenUp + (gaveUp ? 1 : 0));
  }

  int all() {
    return computed + cancelled + refused;
  }

  /** One line for each end. */
  List<String> lines() {
    return List.of(
        line("computed", computed, ""),
        line("cancelled", cancelled, "no worker had begun: called back with ECANCELED"),
        line("EBUSY", refused, "a worker had begun: " + whatWasRefused()));
  }

  private String whatWasRefused() {
    return givenUp == 0
        ? "computed all the same"
        : givenUp == refused
            ? "saw the flag and gave up"
            : givenUp + " saw the flag and gave up, the rest was computed";
  }

  private static String line(String end, int count, String why) {
    String line = String.format(Locale.ROOT, "%-10s%5d", end, count);
    return count == 0 || why.isEmpty() ? line : line + "   " + why;
  }
}
