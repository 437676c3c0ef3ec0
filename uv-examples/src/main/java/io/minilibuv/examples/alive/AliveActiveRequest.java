// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.WorkRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** No handle at all: a request that has not come back. */
final class AliveActiveRequest implements AliveScenario {
  /** If nobody lets the work go on, it ends by itself. */
  private static final int PATIENCE_SECONDS = 10;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  @Override
  public String name() {
    return "active-request";
  }

  @Override
  public String title() {
    return "work on the pool that waits for a slow answer";
  }

  @Override
  public String program() {
    return """
    request = WorkRequest.queue(loop, ask a slow server, say so)
    request.cancel()                   after it has begun
    """;
  }

  @Override
  public void start(Loop loop, Consumer<String> say) {
    WorkRequest request =
        WorkRequest.queue(
            loop,
            work -> {
              begun.countDown();
              answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            },
            (done, status) -> say.accept("the work is done"));
    awaitBegin();
    try {
      request.cancel();
    } catch (UvException busy) {
      say.accept("cancel() throws " + busy.getMessage());
    }
  }

  private void awaitBegin() {
    try {
      begun.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String mending() {
    return "the server answers; a limit for how long it is asked would do";
  }

  @Override
  public void mend() {
    answered.countDown();
  }

  @Override
  public String why() {
    return """
    A request keeps its loop alive from when it is submitted until just before its callback,
    and cannot be unref'd. cancel() takes back what no worker has begun, and nothing else. The
    handle in the list is the library's own; it is not ref'd, and is not what holds the loop.
    """;
  }
}
