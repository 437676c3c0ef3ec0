// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A timer that somebody else has started, deep in a library, and that repeats for ever. */
final class AliveForgottenTimer implements AliveScenario {
  private @Nullable SessionCache cache;

  @Override
  public String name() {
    return "forgotten-timer";
  }

  @Override
  public String title() {
    return "a cache that tidies up once in a while";
  }

  @Override
  public String program() {
    return """
    cache = new SessionCache(loop)     starts a timer, again every 60 s
    cache.put("anna", "session 1")     and that is all
    """;
  }

  @Override
  public void start(Loop loop, Consumer<String> say) {
    cache = new SessionCache(loop);
    cache.put("anna", "session 1");
  }

  @Override
  public String mending() {
    return "timer.unref(), by the cache: to tidy up is nothing to stay for";
  }

  @Override
  public void mend() {
    if (cache != null) {
      cache.timer.unref();
    }
  }

  @Override
  public String why() {
    return """
    A handle keeps its loop alive while it is active and ref'd. A repeating timer is active
    until it is stopped. With unref() it goes on as long as the loop has something else to do,
    and the loop may end without it. It must still be closed before the loop is.
    """;
  }

  /** What a program uses without knowing that there is a timer in it. */
  private static final class SessionCache {
    private static final int MINUTE = 60_000;

    private final Map<String, String> sessions = new HashMap<>();
    private final TimerHandle timer;

    SessionCache(Loop loop) {
      timer = TimerHandle.init(loop);
      timer.start(handle -> sessions.clear(), MINUTE, MINUTE);
    }

    void put(String user, String session) {
      sessions.put(user, session);
    }
  }
}
