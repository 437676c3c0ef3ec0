// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BiggestTest {
  @Test
  void keepsTheFewThatTakeMost() {
    Biggest biggest = new Biggest(4);
    List<Integer> sizes = new ArrayList<>(IntStream.range(0, 1000).boxed().toList());
    Collections.shuffle(sizes, new Random(3));
    sizes.forEach(size -> biggest.offer(new DiskEntry(null, "f" + size, false, size)));
    assertThat(biggest.sorted())
        .extracting(Biggest.Taker::path)
        .containsExactly("f999", "f998", "f997", "f996");
  }

  @Test
  void ofThoseThatTakeTheSameTheFirstNamesStay() {
    Biggest biggest = new Biggest(2);
    for (String name : new String[] {"c", "a", "d", "b"}) {
      biggest.offer(new DiskEntry(null, name, false, 5));
    }
    assertThat(biggest.sorted()).extracting(Biggest.Taker::path).containsExactly("a", "b");
  }

  @Test
  void ofNoneItKeepsNone() {
    Biggest biggest = new Biggest(0);
    biggest.offer(new DiskEntry(null, "a", false, 5));
    assertThat(biggest.sorted()).isEmpty();
  }
}
