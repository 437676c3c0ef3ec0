// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** {@code test/test-loop-configure.c}, as it is on Windows: no signal can be masked. */
class LoopConfigureTest extends LoopFixture {

  @Test
  void loopConfigure() {
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> loop.configure(LoopOption.BLOCK_SIGNAL))
        .satisfies(e -> assertThat(e.error()).isEqualTo(UvError.ENOSYS));

    TimerHandle.init(loop)
        .start(
            handle -> {
              log.add("timer");
              handle.close();
            },
            10,
            0);
    assertThat(loop.run()).isFalse();
    loop.close();
    assertThat(log).containsExactly("timer");
  }
}
