// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An async handle, which needs no start to be active. */
final class AliveOpenAsync implements AliveScenario {
  private @Nullable Inbox inbox;

  @Override
  public String name() {
    return "open-async";
  }

  @Override
  public String title() {
    return "an inbox that nobody will write to any more";
  }

  @Override
  public String program() {
    return """
    inbox = new Inbox(loop)            has an async handle, for other threads to send
    inbox.put("hello")
    run(NOWAIT)                        brings it
    """;
  }

  @Override
  public void start(Loop loop, Consumer<String> say) {
    inbox = new Inbox(loop, say);
    inbox.put("hello");
    loop.run(RunMode.NOWAIT);
  }

  @Override
  public String mending() {
    return "async.close(), by the inbox, when its last message has come";
  }

  @Override
  public void mend() {
    if (inbox != null) {
      inbox.async.close();
    }
  }

  @Override
  public String why() {
    return """
    An async handle is active from init to close: somebody might send at any time, and the loop
    cannot know who. It has no stop. Whoever makes one says when it is over, or unrefs it.
    """;
  }

  /** Takes messages from any thread. */
  private static final class Inbox {
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private final AsyncHandle async;

    Inbox(Loop loop, Consumer<String> receiver) {
      async = AsyncHandle.init(loop, handle -> deliver(receiver));
    }

    void put(String message) {
      messages.add(message);
      async.send();
    }

    private void deliver(Consumer<String> receiver) {
      for (String message; (message = messages.poll()) != null; ) {
        receiver.accept("a message: " + message);
      }
    }
  }
}
