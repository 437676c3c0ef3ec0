// SPDX-License-Identifier: MIT
package io.minilibuv.examples.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.cli.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PercentBarTest {
  /** What was painted, by how much was done. */
  private final List<Long> painted = new ArrayList<>();

  private boolean closed;

  @Test
  void isPaintedOnceForEachPercent() {
    try (PercentBar bar = PercentBar.of(1000, this::paint)) {
      for (int done = 1; done <= 1000; done++) {
        bar.tell(done);
      }
    }
    assertThat(painted).hasSize(100).startsWith(10L, 20L).endsWith(1000L);
    assertThat(closed).isTrue();
  }

  @Test
  void skipsWhatItIsNotTold() {
    try (PercentBar bar = PercentBar.of(3, this::paint)) {
      bar.tell(3);
      bar.tell(3);
      assertThat(bar.text(12_345)).isEqualTo("12,345");
    }
    assertThat(painted).containsExactly(3L);
  }

  private Progress paint(Progress.Amount amount) {
    assertThat(amount.isExpectedFinal()).isTrue();
    return new Progress() {
      @Override
      public void paint() {
        painted.add(amount.done());
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }
}
