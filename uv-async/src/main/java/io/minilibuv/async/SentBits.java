// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A set of numbers below 4,096, which any thread adds to, and the loop takes from in their order:
 * 64 words of 64 bits, and a summary that says which of them to look at.
 */
final class SentBits {
  /*
   * Who adds sets the bit in its word, and then the word's bit in the summary, unless that is set.
   * Whoever takes reads the summary first and the word then. It takes the summary's bit away when the
   * word is empty, and looks at the word once more: if there is something in it by now, the bit is
   * put back. All of these are volatile, and have one order. Somebody who adds and finds the
   * summary's bit set has set the word's before that; so if the bit is taken away afterwards, the
   * look that follows finds the word's.
   */
  static final int SIZE = 64 * 64;

  private final AtomicLong summary = new AtomicLong();
  private final AtomicLongArray words = new AtomicLongArray(64);

  /** Adds {@code number}, from any thread. */
  void add(int number) {
    int word = number >>> 6;
    words.getAndAccumulate(word, bit(number), SentBits::or);
    if ((summary.get() & bit(word)) == 0) {
      summary.getAndAccumulate(bit(word), SentBits::or);
    }
  }

  /** Takes {@code number} out. */
  void remove(int number) {
    words.getAndAccumulate(number >>> 6, ~bit(number), SentBits::and);
  }

  /** The lowest number that is in the set and not below {@code from}; -1 if there is none. */
  int next(int from) {
    int first = from >>> 6;
    for (long left = summary.get() & (-1L << first); left != 0; left &= left - 1) {
      int word = Long.numberOfTrailingZeros(left);
      long all = words.get(word);
      long bits = word == first ? all & (-1L << from) : all;
      if (bits != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(bits);
      }
      if (all == 0) {
        forget(word);
      }
    }
    return -1;
  }

  private void forget(int word) {
    summary.getAndAccumulate(~bit(word), SentBits::and);
    if (words.get(word) != 0) {
      summary.getAndAccumulate(bit(word), SentBits::or);
    }
  }

  /** Whether it is empty, as far as can be seen without a look at each word. */
  boolean looksEmpty() {
    return summary.get() == 0;
  }

  private static long or(long bits, long more) {
    return bits | more;
  }

  private static long and(long bits, long mask) {
    return bits & mask;
  }

  private static long bit(int number) {
    return 1L << number;
  }
}
