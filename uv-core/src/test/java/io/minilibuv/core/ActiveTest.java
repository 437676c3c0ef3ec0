// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code test/test-active.c}. */
class ActiveTest extends LoopFixture {

  @Test
  void active() {
    TimerHandle timer = TimerHandle.init(loop);
    assertIs(timer, false, false);

    timer.start(handle -> log.add("timer"), 1000, 0);
    assertIs(timer, true, false);

    timer.stop();
    assertIs(timer, false, false);

    timer.start(handle -> log.add("timer"), 1000, 0);
    assertIs(timer, true, false);

    timer.close(closed -> log.add("closed"));
    assertIs(timer, false, true);

    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("closed");
    assertIs(timer, false, true);
  }

  private static void assertIs(Handle handle, boolean active, boolean closing) {
    assertThat(handle.isActive()).as("active").isEqualTo(active);
    assertThat(handle.isClosing()).as("closing").isEqualTo(closing);
  }
}
