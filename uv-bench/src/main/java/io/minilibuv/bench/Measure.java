// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

/**
 * What one round has taken.
 *
 * @param work how many operations were done
 * @param wallNanos how long that took
 * @param cpuNanos how much the process has computed meanwhile, on all cores together
 */
record Measure(long work, long wallNanos, long cpuNanos) {

  /** Nanoseconds for one operation. */
  double cost(Cost of) {
    return (double) (of == Cost.WALL ? wallNanos : cpuNanos) / work;
  }

  /** Reads what a contender says: {@code done WORK WALL CPU}. */
  static Measure parse(String line) {
    if (!line.matches("done( \\d{1,18}){3}")) {
      throw new IllegalArgumentException("not understood: " + line);
    }
    String[] words = line.split(" ", -1);
    return new Measure(
        Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
  }
}
