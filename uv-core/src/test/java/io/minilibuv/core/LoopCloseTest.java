// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** {@code test/test-loop-close.c}. */
class LoopCloseTest extends LoopFixture {

  @Test
  void loopClose() {
    Object cookie = new Object();
    loop.setData(cookie);
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          log.add("timer");
          handle.loop().stop();
        },
        100,
        100);

    assertThatExceptionOfType(LoopBusyException.class)
        .isThrownBy(loop::close)
        .satisfies(busy -> assertThat(busy.error()).isEqualTo(UvError.EBUSY));

    assertThat(loop.run()).isTrue();
    assertThat(log).containsExactly("timer");

    timer.close(null);
    assertThat(loop.run()).isFalse();

    assertThat(loop.data()).isSameAs(cookie);
    loop.close();
    assertThat(loop.data()).isSameAs(cookie);
  }
}
