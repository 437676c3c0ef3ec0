// SPDX-License-Identifier: MIT
package io.minilibuv.examples.progress;

import io.minilibuv.core.Loop;
import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.examples.cli.Requests;
import io.minilibuv.threadpool.WorkRequest;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers that have something to tell the loop, again and again. */
final class Senders {
  private static final Logger log = LoggerFactory.getLogger(Senders.class);

  /** Tells the loop something. */
  @FunctionalInterface
  interface Sending {
    /**
     * Called on a worker.
     *
     * @param sender which of the senders it is, from 0 on
     * @param number how often it has sent before
     */
    void send(int sender, int number);
  }

  /**
   * How much is to be sent.
   *
   * @param sends how often, by all together
   * @param senders how many requests do it
   * @param workMicros how long each computes before it sends
   */
  record Plan(int sends, int senders, int workMicros) {
    /** How often one of them sends: the first ones once more, if it cannot be divided. */
    int share(int sender) {
      return sends / senders + (sender < sends % senders ? 1 : 0);
    }
  }

  private final Plan plan;
  private final Sending sending;
  private final Runnable allDone;
  private final List<WorkRequest> requests = new ArrayList<>();
  private int left;
  private volatile boolean stopped;

  /**
   * Nothing is sent yet.
   *
   * @param allDone called on the loop's thread, when nobody will send any more
   */
  Senders(Plan plan, Sending sending, Runnable allDone) {
    this.plan = plan;
    this.sending = sending;
    this.allDone = allDone;
  }

  /** Queues the senders for the loop's pool. */
  void start(Loop loop) {
    left = plan.senders();
    for (int i = 0; i < plan.senders(); i++) {
      int sender = i;
      requests.add(
          WorkRequest.queue(loop, request -> sendAll(sender), (request, status) -> done(status)));
    }
  }

  /** On a worker. */
  private void sendAll(int sender) {
    log.debug("sender {} begins", sender);
    for (int number = 0; number < plan.share(sender) && !stopped; number++) {
      compute();
      sending.send(sender, number);
    }
  }

  /** What the progress is of. */
  private void compute() {
    long until = Uv.hrtime() + plan.workMicros() * 1000L;
    while (plan.workMicros() > 0 && Uv.hrtime() < until && !stopped) {
      Thread.onSpinWait();
    }
  }

  private void done(int status) {
    if (status != UvError.ECANCELED.code()) {
      UvError.orThrow(status, "uv_queue_work");
    }
    left--;
    if (left == 0) {
      allDone.run();
    }
  }

  /** Takes back the senders that have not begun, and after that has the others stop. */
  void stop() {
    requests.forEach(Requests::tryCancel);
    stopped = true;
  }
}
