// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** {@link SentBits} once more, which forgets a word that was empty and does not look again. */
final class FlawedBits implements BitsUnderTest {

  private final AtomicLong summary = new AtomicLong();
  private final AtomicLongArray words = new AtomicLongArray(64);

  private FlawedBits() {}

  /** A copy with the flaw. */
  static BitsUnderTest forgetful() {
    return new FlawedBits();
  }

  @Override
  public void add(int number) {
    int word = number >>> 6;
    words.getAndAccumulate(word, 1L << number, (bits, more) -> bits | more);
    if ((summary.get() & (1L << word)) == 0) {
      summary.getAndAccumulate(1L << word, (bits, more) -> bits | more);
    }
  }

  @Override
  public void remove(int number) {
    words.getAndAccumulate(number >>> 6, ~(1L << number), (bits, mask) -> bits & mask);
  }

  @Override
  public int next(int from) {
    int first = from >>> 6;
    for (long left = summary.get() & (-1L << first); left != 0; left &= left - 1) {
      int word = Long.numberOfTrailingZeros(left);
      long all = words.get(word);
      long bits = word == first ? all & (-1L << from) : all;
      if (bits != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(bits);
      }
      if (all == 0) {
        summary.getAndAccumulate(~(1L << word), (seen, mask) -> seen & mask);
      }
    }
    return -1;
  }
}
