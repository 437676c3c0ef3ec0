// SPDX-License-Identifier: MIT
package io.minilibuv.async;

/** What a race does to the sent bits: the real ones, or a copy with a flaw. */
interface BitsUnderTest {
  void add(int number);

  void remove(int number);

  int next(int from);

  /** The real thing. */
  static BitsUnderTest real() {
    SentBits bits = new SentBits();
    return new BitsUnderTest() {
      @Override
      public void add(int number) {
        bits.add(number);
      }

      @Override
      public void remove(int number) {
        bits.remove(number);
      }

      @Override
      public int next(int from) {
        return bits.next(from);
      }
    };
  }
}
