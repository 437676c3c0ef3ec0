// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The opposite mistake: a loop that ends too early. */
final class AliveUnrefTimer implements AliveScenario {
  private @Nullable TimerHandle timer;

  @Override
  public String name() {
    return "unref-timer";
  }

  @Override
  public String title() {
    return "a draft that is to be saved in five seconds, and is not";
  }

  @Override
  public String program() {
    return """
    timer.start(save the draft, 5 s)
    timer.unref()                      since somebody has read that this is good for timers
    """;
  }

  @Override
  public void start(Loop loop, Consumer<String> say) {
    timer = TimerHandle.init(loop);
    timer.start(handle -> say.accept("the draft is saved"), 5000, 0);
    timer.unref();
  }

  @Override
  public String mending() {
    return "timer.ref(): this one is worth waiting for";
  }

  @Override
  public void mend() {
    if (timer != null) {
      timer.ref();
    }
  }

  @Override
  public String why() {
    return """
    The timer is active, and its loop is not alive: run() comes back at once, and the draft is
    lost. unref() is for what serves the rest, not for what is to be done.
    """;
  }
}
