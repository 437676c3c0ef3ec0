// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final Failures failures = new Failures();

  @Test
  void areListedOneALine() {
    assertThat(failures.lines()).isEmpty();
    failures.add(UvError.EACCES.exception("open", "x/secret"));
    failures.add(UvError.ENOSPC.exception("write", "y"));
    assertThat(failures.lines())
        .containsExactly(
            "EACCES: permission denied, open 'x/secret'",
            "ENOSPC: no space left on device, write 'y'");
    failures.add("sums:3: no checksum");
    assertThat(failures.lines()).hasSize(3).last().isEqualTo("sums:3: no checksum");
    assertThat(failures.count()).isEqualTo(3);
  }

  @Test
  void beyondABoundTheyAreOnlyCounted() {
    for (int i = 0; i < Failures.LISTED + 1234; i++) {
      failures.add(UvError.EIO.exception("read", "f" + i));
    }
    assertThat(failures.lines())
        .hasSize(Failures.LISTED + 1)
        .last()
        .isEqualTo("and 1,234 failures more");
    assertThat(failures.count()).isEqualTo(2234);
  }
}
