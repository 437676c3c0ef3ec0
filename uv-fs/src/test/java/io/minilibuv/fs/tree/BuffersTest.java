// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuffersTest {
  private final List<ByteBuffer> taken = new ArrayList<>();

  @Test
  void thereAreSoManyAndNoMoreAndWhoComesThenWaits() {
    Buffers buffers = new Buffers(size -> ByteBuffer.allocate(0));
    for (int i = 0; i < Buffers.MOST + 2; i++) {
      assertThat(buffers.take(taken::add)).isTrue();
    }
    Set<ByteBuffer> different = Collections.newSetFromMap(new IdentityHashMap<>());
    different.addAll(taken);
    assertThat(different).hasSize(Buffers.MOST);
    ByteBuffer first = taken.get(0);
    buffers.give(first);
    assertThat(taken).hasSize(Buffers.MOST + 1).last().isSameAs(first);
    buffers.give(taken.get(1));
    buffers.give(taken.get(2));
    assertThat(taken).hasSize(Buffers.MOST + 2);
  }

  @Test
  void whatIsGivenBackIsUsedAgain() {
    Buffers buffers = new Buffers(size -> ByteBuffer.allocate(0));
    buffers.take(taken::add);
    buffers.give(taken.get(0));
    buffers.take(taken::add);
    assertThat(taken.get(1)).isSameAs(taken.get(0));
  }

  @Test
  void ifMemoryEndsHalfOfWhatCouldBeMadeIsKept() {
    int[] left = {4};
    Buffers buffers =
        new Buffers(
            size -> {
              if (left[0]-- == 0) {
                throw new OutOfMemoryError("played");
              }
              return ByteBuffer.allocate(0);
            });
    for (int i = 0; i < 10; i++) {
      assertThat(buffers.take(taken::add)).isTrue();
    }
    assertThat(taken).hasSize(4);
    buffers.give(taken.get(0));
    buffers.give(taken.get(1));
    assertThat(taken).as("those are not kept").hasSize(4);
    buffers.give(taken.get(2));
    buffers.give(taken.get(3));
    assertThat(taken).hasSize(6);
  }

  @Test
  void withoutMemoryForOneNobodyWaits() {
    Buffers buffers =
        new Buffers(
            size -> {
              throw new OutOfMemoryError("played");
            });
    assertThat(buffers.take(taken::add)).isFalse();
    assertThat(taken).isEmpty();
  }

  /** As when everything is cancelled: all that wait get one, and give it back at once. */
  @Test
  void howManyWaitIsNoMatterOfTheStack() {
    Buffers buffers = new Buffers(size -> ByteBuffer.allocate(0));
    for (int i = 0; i < Buffers.MOST; i++) {
      buffers.take(taken::add);
    }
    int[] served = {0};
    for (int i = 0; i < 200_000; i++) {
      buffers.take(
          buffer -> {
            served[0]++;
            buffers.give(buffer);
          });
    }
    buffers.give(taken.get(0));
    assertThat(served[0]).isEqualTo(200_000);
  }
}
