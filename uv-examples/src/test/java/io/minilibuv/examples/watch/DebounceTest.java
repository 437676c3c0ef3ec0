// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many calls made one, to the millisecond. */
@ExtendWith(LeakCheck.class)
class DebounceTest {
  private final ManualClock clock = new ManualClock();
  private final Loop loop = Loop.open(new LoopOptions().clock(clock));
  private final List<Long> calls = new ArrayList<>();
  private final Debounce debounce = new Debounce(loop, 100, () -> calls.add(loop.now()));

  @AfterEach
  void close() {
    loop.shutdown();
  }

  @Test
  void callsOnceWhenABurstIsOver() {
    long begin = loop.now();
    for (int at : new int[] {0, 10, 99, 198, 298, 298, 399, 1000}) {
      at(at);
    }
    loop.run(RunMode.DEFAULT);
    // What comes at 298 comes in the moment in which it would be quiet: the first timer is first.
    assertThat(calls).extracting(call -> call - begin).containsExactly(398L, 499L, 1100L);
  }

  @Test
  void countsFromTheMomentAlsoInACallbackThatTakesLong() {
    long begin = loop.now();
    debounce.touch();
    TimerHandle.init(loop)
        .start(
            timer -> {
              clock.advance(150);
              debounce.touch();
            },
            50,
            0);
    loop.run(RunMode.DEFAULT);
    assertThat(calls).extracting(call -> call - begin).containsExactly(300L);
  }

  @Test
  void doesNothingWhenItIsClosed() {
    debounce.touch();
    debounce.close();
    debounce.touch();
    loop.run(RunMode.DEFAULT);
    assertThat(calls).isEmpty();
  }

  private void at(long millis) {
    TimerHandle.init(loop)
        .start(
            timer -> {
              debounce.touch();
              timer.close();
            },
            millis,
            0);
  }
}
