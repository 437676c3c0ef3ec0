// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import java.util.function.Consumer;

/** A handle that was closed, by a program that does not give its loop the time to let go of it. */
final class AliveClosedTooLate implements AliveScenario {
  @Override
  public String name() {
    return "closed-too-late";
  }

  @Override
  public String title() {
    return "a handle that is closed after the last run";
  }

  @Override
  public String program() {
    return """
    timer.start(say something, 10 ms)
    run()                              answers false
    timer.close()                      and then loop.close()
    """;
  }

  @Override
  public void start(Loop loop, Consumer<String> say) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> say.accept("10 ms have passed"), 10, 0);
    loop.run();
    timer.close(closed -> say.accept("the timer is closed"));
  }

  @Override
  public String mending() {
    return "that run: timer.close(), run(), and then loop.close()";
  }

  @Override
  public void mend() {
    // It was run once more, to see if it ends.
  }

  @Override
  public String why() {
    return """
    close() of a handle only asks. The loop lets go of it in its next closing phase, and is
    alive until then, whether the handle was active, or ref'd, or not.
    """;
  }
}
