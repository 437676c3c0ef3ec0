// SPDX-License-Identifier: MIT
package io.minilibuv.examples.progress;

import io.minilibuv.async.AsyncQueue;
import io.minilibuv.core.Loop;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Messages told through an {@link AsyncQueue}: the same sends, and none of them is lost. */
final class QueuedMessages implements ProgressRound {
  /** Says who sends, and how often it has sent before. */
  record Message(int sender, int number) {}

  private final Loop loop;
  private final Senders senders;
  private final LongConsumer progressed;
  private final AsyncQueue<Message> queue;
  private final AtomicLong offered = new AtomicLong();
  private final int[] next;
  private boolean allSent;
  private long received;
  private long outOfOrder;
  private long batches;
  private long lastBatchIn = -1;

  /**
   * Nothing is sent yet.
   *
   * @param progressed told how many messages there were, whenever there is one
   */
  QueuedMessages(Loop loop, Senders.Plan plan, LongConsumer progressed) {
    this.loop = loop;
    this.progressed = progressed;
    next = new int[plan.senders()];
    queue = AsyncQueue.unbounded(loop, this::receive);
    senders = new Senders(plan, this::offer, this::allSent);
  }

  @Override
  public void start() {
    senders.start(loop);
  }

  @Override
  public void stop() {
    senders.stop();
  }

  /** On a worker. */
  private void offer(int sender, int number) {
    offered.incrementAndGet();
    queue.offer(new Message(sender, number));
  }

  /** The callback: once for each message. Those of one iteration of the loop are a batch. */
  private void receive(Message message) {
    long iteration = loop.metrics().loopCount();
    if (iteration != lastBatchIn) {
      lastBatchIn = iteration;
      batches++;
    }
    if (message.number() != next[message.sender()]) {
      outOfOrder++;
    }
    next[message.sender()] = message.number() + 1;
    received++;
    progressed.accept(received);
    closeIfDone();
  }

  private void allSent() {
    allSent = true;
    closeIfDone();
  }

  private void closeIfDone() {
    if (allSent && queue.size() == 0) {
      queue.close();
    }
  }

  /** What has come of it. */
  Outcome outcome() {
    return new Outcome(offered.get(), received, outOfOrder, batches);
  }

  /**
   * How many messages there were, and what came of them.
   *
   * @param outOfOrder how many did not come right after the one that their sender sent before
   * @param batches in how many iterations of the loop they came
   */
  record Outcome(long messages, long received, long outOfOrder, long batches) {
    /** What the queue guarantees: every message, once, and each sender's in order. */
    boolean isAsGuaranteed() {
      return received == messages && outOfOrder == 0;
    }
  }
}
