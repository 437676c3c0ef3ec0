// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

import io.minilibuv.examples.cli.Requests;
import io.minilibuv.threadpool.WorkRequest;
import org.jspecify.annotations.Nullable;

/** One number that is to be computed: its request, and what became of it. */
final class FibJob {
  private final int n;

  // Of the loop's thread.
  private @Nullable WorkRequest request;
  private boolean begunTold;
  private boolean refused;
  private boolean over;

  // Written by the worker before it tells of its beginning, and read by the loop's thread after.
  private @Nullable Thread worker;
  private @Nullable FibJob before;
  private boolean waiting;

  // Written by the worker, and read by the loop's thread when the request has come back.
  private long value;
  private boolean givenUp;

  FibJob(int n) {
    this.n = n;
  }

  int n() {
    return n;
  }

  /** Takes note of the request that was queued for this. */
  void queuedAs(WorkRequest queued) {
    request = queued;
    queued.setData(this);
  }

  /** Whether the worker waits, before it computes, until the rest was cancelled. On that worker. */
  void waitsForCancel(boolean waits) {
    waiting = waits;
  }

  /**
   * A worker has taken this. On that worker.
   *
   * @param before what the same worker did before this, if it has done anything
   */
  void begin(Thread worker, @Nullable FibJob before) {
    this.worker = worker;
    this.before = before;
  }

  /** The worker is done with this. On that worker. */
  void end(long value, boolean givenUp) {
    this.value = value;
    this.givenUp = givenUp;
  }

  /** Who has begun this; null if nobody has. */
  @Nullable Thread worker() {
    return worker;
  }

  boolean isWaiting() {
    return waiting;
  }

  long value() {
    return value;
  }

  /** Whether the worker has stopped half-way. */
  boolean isGivenUp() {
    return givenUp;
  }

  /** Asks for the request back; whether that was granted, or it has begun. */
  boolean cancel() {
    refused = request != null && !Requests.tryCancel(request);
    return !refused;
  }

  /** Whether it was asked for in vain. */
  boolean isRefused() {
    return refused;
  }

  /** The request has called back. */
  void calledBack() {
    over = true;
  }

  /** Whether the request may still be asked for. */
  boolean isOpen() {
    return !over;
  }

  /** Whether the beginning may be told: the worker's last job has been told to the end. */
  boolean isNext() {
    return before == null || before.over;
  }

  /** Whether nobody was told of the beginning; from now on somebody was. */
  boolean tellsBeginning() {
    boolean first = !begunTold;
    begunTold = true;
    return first;
  }

  @Override
  public String toString() {
    return "fib(" + n + ")";
  }
}
