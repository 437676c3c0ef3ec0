// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code test/test-walk-handles.c}; what libuv keeps internal is a handle of the test's own. */
class WalkHandlesTest extends LoopFixture {
  private final List<Handle> seen = new ArrayList<>();

  @Test
  void walkHandles() {
    TestHandle.internal(loop);
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          handle.loop().walk(seen::add);
          handle.close();
        },
        1,
        0);

    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly(timer);

    seen.clear();
    loop.walk(seen::add);
    assertThat(seen).isEmpty();
  }
}
