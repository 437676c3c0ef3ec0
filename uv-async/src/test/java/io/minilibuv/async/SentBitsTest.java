// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The set, at its borders and against a sorted one that is told the same. */
class SentBitsTest {
  private final SentBits bits = new SentBits();

  private static int nextOf(NavigableSet<Integer> set, int from) {
    Integer next = set.ceiling(from);
    return next == null ? -1 : next;
  }

  private List<Integer> all() {
    List<Integer> found = new ArrayList<>();
    for (int next = bits.next(0); next >= 0; ) {
      found.add(next);
      next = next + 1 < SentBits.SIZE ? bits.next(next + 1) : -1;
    }
    return found;
  }

  @Test
  void itIsEmptyAtFirst() {
    assertThat(bits.looksEmpty()).isTrue();
    assertThat(bits.next(0)).isEqualTo(-1);
    assertThat(bits.next(SentBits.SIZE - 1)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 62, 63, 64, 65, 127, 128, 2_047, 2_048, 4_031, 4_032, 4_095})
  void oneNumber(int number) {
    bits.add(number);
    bits.add(number);
    assertThat(bits.looksEmpty()).isFalse();
    assertThat(all()).containsExactly(number);
    assertThat(bits.next(number)).isEqualTo(number);
    if (number + 1 < SentBits.SIZE) {
      assertThat(bits.next(number + 1)).isEqualTo(-1);
    }
    bits.remove(number);
    bits.remove(number);
    assertThat(bits.next(0)).isEqualTo(-1);
    assertThat(bits.looksEmpty()).as("after a look").isTrue();
    bits.add(number);
    assertThat(all()).containsExactly(number);
  }

  @Test
  void allNumbers() {
    for (int number = SentBits.SIZE - 1; number >= 0; number--) {
      bits.add(number);
    }
    assertThat(all()).hasSize(SentBits.SIZE).isSorted();
    for (int number = 0; number < SentBits.SIZE; number++) {
      assertThat(bits.next(0)).isEqualTo(number);
      bits.remove(number);
    }
    assertThat(bits.next(0)).isEqualTo(-1);
    assertThat(bits.looksEmpty()).isTrue();
  }

  @Test
  void aWordIsNotForgottenForWhatIsBelow() {
    bits.add(64);
    assertThat(bits.next(65)).isEqualTo(-1);
    assertThat(bits.looksEmpty()).isFalse();
    assertThat(bits.next(0)).isEqualTo(64);
  }

  @Test
  void anySequenceGivesWhatASortedSetDoes() {
    for (int seed = 0; seed < 200; seed++) {
      play(new SentBits(), new Random(seed), "seed " + seed);
    }
  }

  private static void play(SentBits bits, Random random, String seed) {
    TreeSet<Integer> set = new TreeSet<>();
    // Few words, so that they are emptied now and then, or all.
    int words = random.nextBoolean() ? 3 : 64;
    for (int i = 0; i < 1_000; i++) {
      int number = random.nextInt(words) * 64 + random.nextInt(64);
      switch (random.nextInt(4)) {
        case 0 -> {
          bits.add(number);
          set.add(number);
        }
        case 1 -> {
          bits.remove(number);
          set.remove(number);
        }
        case 2 -> {
          int next = nextOf(set, number);
          assertThat(bits.next(number)).as(seed).isEqualTo(next);
          if (next >= 0) {
            bits.remove(next);
            set.remove(next);
          }
        }
        default -> {
          assertThat(bits.next(number)).as(seed).isEqualTo(nextOf(set, number));
          assertThat(bits.looksEmpty() && !set.isEmpty()).as(seed).isFalse();
        }
      }
    }
  }
}
