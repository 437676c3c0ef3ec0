// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code test/test-async-null-cb.c}. */
@ExtendWith(LeakCheck.class)
class AsyncNullCbTest {
  private int checkCalled;

  @Test
  void asyncNullCb() {
    try (Crew crew = new Crew();
        Loop loop = Loop.open()) {
      AsyncHandle async = AsyncHandle.init(loop, null);
      CheckHandle check = CheckHandle.init(loop);
      check.start(
          handle -> {
            checkCalled++;
            async.close();
            check.close();
          });
      crew.start(async::send);

      assertThat(loop.run()).isFalse();

      assertThat(checkCalled).isEqualTo(1);
    }
  }
}
