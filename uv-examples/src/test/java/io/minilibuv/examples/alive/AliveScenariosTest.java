// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each program has its mistake, and ends when that is mended. */
@ExtendWith(LeakCheck.class)
class AliveScenariosTest {

  static List<AliveScenario> all() {
    return AliveScenarios.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void doesWrongUntilItIsMended(AliveScenario scenario) {
    List<String> said = new ArrayList<>();
    try (ThreadPool pool = new ThreadPool(1)) {
      LoopOptions options = new LoopOptions().clock(new ManualClock());
      Loop loop = Loop.open(options.with(ThreadPool.OF_LOOP, pool));
      scenario.start(loop, said::add);

      boolean endsTooEarly = scenario instanceof AliveUnrefTimer;
      assertThat(loop.isAlive()).isNotEqualTo(endsTooEarly);
      boolean needsOnlyARun = scenario instanceof AliveClosedTooLate;
      assertThat(loop.run(RunMode.NOWAIT)).isNotEqualTo(endsTooEarly || needsOnlyARun);
      assertThat(said).doesNotContain("the draft is saved", "the work is done");

      scenario.mend();
      assertThat(loop.run()).isFalse();
      loop.shutdown();
    }
    assertThat(String.join("\n", said))
        .isEqualTo(
            switch (scenario.name()) {
              case "unref-timer" -> "the draft is saved";
              case "closed-too-late" -> "10 ms have passed\nthe timer is closed";
              case "active-request" ->
                  "cancel() throws EBUSY: device or resource busy, uv_cancel\nthe work is done";
              case "open-async" -> "a message: hello";
              case "busy-idle" -> "piece 1 of 3\npiece 2 of 3\npiece 3 of 3";
              default -> "";
            });
  }
}
