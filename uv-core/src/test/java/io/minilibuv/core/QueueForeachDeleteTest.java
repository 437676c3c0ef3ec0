// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** {@code test/test-queue-foreach-delete.c}, its handles that core has. */
class QueueForeachDeleteTest extends LoopFixture {
  private static final int HANDLES = 3;

  @Test
  void queueForeachDelete() {
    startThree(
        "idle",
        body -> {
          IdleHandle idle = IdleHandle.init(loop);
          idle.start(handle -> body.run());
          return idle;
        });
    startThree(
        "prepare",
        body -> {
          PrepareHandle prepare = PrepareHandle.init(loop);
          prepare.start(handle -> body.run());
          return prepare;
        });
    startThree(
        "check",
        body -> {
          CheckHandle check = CheckHandle.init(loop);
          check.start(handle -> body.run());
          return check;
        });

    assertThat(loop.run(RunMode.NOWAIT)).isTrue();

    assertThat(log)
        .containsExactly("idle 2", "idle 0", "prepare 2", "prepare 0", "check 2", "check 0");
  }

  /** The one started last is called first, and closes itself and the one after it. */
  private void startThree(String name, Function<Runnable, Handle> start) {
    List<Handle> handles = new ArrayList<>();
    for (int i = 0; i < HANDLES; i++) {
      String called = name + " " + i;
      boolean first = i == HANDLES - 1;
      handles.add(
          start.apply(
              () -> {
                log.add(called);
                if (first) {
                  handles.get(2).close();
                  handles.get(1).close();
                }
              }));
    }
  }
}
