// SPDX-License-Identifier: MIT
package io.minilibuv.examples.progress;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.Loop;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Progress told through an {@link AsyncHandle}: a value, and a send that says it has changed. */
final class CoalescedSends implements ProgressRound {
  private final Loop loop;
  private final Senders senders;
  private final LongConsumer progressed;
  private final AsyncHandle async;

  /** What the senders publish. */
  private final AtomicLong progress = new AtomicLong();

  private long callbacks;
  private long seen;

  /**
   * Nothing is sent yet.
   *
   * @param progressed told how much is done, whenever the loop is
   */
  CoalescedSends(Loop loop, Senders.Plan plan, LongConsumer progressed) {
    this.loop = loop;
    this.progressed = progressed;
    async = AsyncHandle.init(loop, handle -> told());
    senders = new Senders(plan, (sender, number) -> publish(), this::allSent);
  }

  @Override
  public void start() {
    senders.start(loop);
  }

  @Override
  public void stop() {
    senders.stop();
  }

  /** On a worker. What the callback is to see comes before the send. */
  private void publish() {
    progress.incrementAndGet();
    async.send();
  }

  /** The callback. It does not know how often somebody has sent, and need not. */
  private void told() {
    callbacks++;
    seen = progress.get();
    progressed.accept(seen);
  }

  /**
   * All senders have called back. The callback for their last send may not have come: to close the
   * handle now would drop it. It comes in this poll phase, and the check phase is the one after it.
   */
  private void allSent() {
    CheckHandle check = CheckHandle.init(loop);
    check.start(
        handle -> {
          async.close();
          check.close();
        });
  }

  /** What has come of it. */
  Outcome outcome() {
    return new Outcome(progress.get(), callbacks, seen);
  }

  /**
   * How often somebody has sent, and what came of it.
   *
   * @param seen what the last callback has read
   */
  record Outcome(long sends, long callbacks, long seen) {
    /** What an async handle guarantees: after a send comes a callback, which sees what it told. */
    boolean isAsGuaranteed() {
      return seen == sends && callbacks <= sends && (callbacks > 0 || sends == 0);
    }
  }
}
