// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An idle handle that goes on when there is nothing left: the loop does not even wait. */
final class AliveBusyIdle implements AliveScenario {
  private static final int PIECES = 3;

  private @Nullable IdleHandle idle;
  private int done;

  @Override
  public String name() {
    return "busy-idle";
  }

  @Override
  public String title() {
    return "work in pieces, between everything else, that is done";
  }

  @Override
  public String program() {
    return """
    idle.start(do a piece of the work, if there is one)
    run(NOWAIT)                        three times: all three pieces are done
    """;
  }

  @Override
  public void start(Loop loop, Consumer<String> say) {
    idle = IdleHandle.init(loop);
    idle.start(
        handle -> {
          if (done < PIECES) {
            say.accept("piece " + ++done + " of " + PIECES);
          }
        });
    for (int i = 0; i < PIECES; i++) {
      loop.run(RunMode.NOWAIT);
    }
  }

  @Override
  public String mending() {
    return "idle.stop(), in its callback, when there is no piece left";
  }

  @Override
  public void mend() {
    if (idle != null) {
      idle.stop();
    }
  }

  @Override
  public String why() {
    return """
    An idle handle is called in every iteration, and while one is active the poll does not wait:
    this program would not only stay, it would use a whole processor. unref() would let it end,
    but as long as something else keeps the loop alive it would spin all the same.
    """;
  }
}
