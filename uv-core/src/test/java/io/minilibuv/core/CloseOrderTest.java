// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code test/test-close-order.c}. */
class CloseOrderTest extends LoopFixture {

  @Test
  void closeOrder() {
    CheckHandle check = CheckHandle.init(loop);
    TimerHandle soon = TimerHandle.init(loop);
    TimerHandle never = TimerHandle.init(loop);
    check.start(
        handle -> {
          // The timer was closed before, but its close callback still waits for the closing phase.
          log.add("check");
          handle.close(closed -> log.add("check closed"));
          never.close(closed -> log.add("never closed"));
        });
    soon.start(
        handle -> {
          log.add("soon");
          handle.close(closed -> log.add("soon closed"));
        },
        0,
        0);
    never.start(handle -> log.add("never"), 100_000, 0);
    assertThat(log).isEmpty();

    assertThat(loop.run()).isFalse();

    assertThat(log).containsExactly("soon", "check", "never closed", "check closed", "soon closed");
  }
}
