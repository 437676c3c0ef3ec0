// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The async handle's part of {@code test/test-ref.c}. */
@ExtendWith(LeakCheck.class)
class RefTest {
  private int closeCalled;

  @Test
  void asyncRef() {
    try (Loop loop = Loop.open()) {
      AsyncHandle async = AsyncHandle.init(loop, null);
      async.unref();
      assertThat(loop.run()).isFalse();

      assertThat(async.isActive()).isTrue();
      assertThat(async.isClosing()).isFalse();
      async.close(closed -> closeCalled++);
      assertThat(async.isActive()).isFalse();
      assertThat(async.isClosing()).isTrue();
      assertThat(loop.run()).isFalse();
      assertThat(closeCalled).isEqualTo(1);
    }
  }
}
