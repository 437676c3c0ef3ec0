// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InOrderTest {
  private final List<String> out = new ArrayList<>();
  private final InOrder<String> inOrder = new InOrder<>(out::add);

  @Test
  void handsOnWhatIsNextAndKeepsWhatIsEarly() {
    inOrder.put(2, "c");
    inOrder.put(1, "b");
    assertThat(out).isEmpty();
    inOrder.put(0, "a");
    assertThat(out).containsExactly("a", "b", "c");
    inOrder.put(3, "d");
    assertThat(out).hasSize(4);
  }

  @Test
  void flushedItLeavesOutWhatIsMissing() {
    inOrder.put(4, "e");
    inOrder.put(0, "a");
    inOrder.put(2, "c");
    inOrder.flush();
    inOrder.flush();
    assertThat(out).containsExactly("a", "c", "e");
  }
}
