// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Does one request after the other, on a thread of a pool ({@code worker}, src/threadpool.c). */
@AnyThread
final class Worker implements Runnable {
  private final Lanes lanes;
  private final Semaphore running;
  private volatile @Nullable Thread thread;

  /** What it was given last and has not told the end of. Guarded by the mutex of the lanes. */
  private @Nullable PoolRequest request;

  /**
   * @param running told when this runs
   */
  Worker(Lanes lanes, Semaphore running) {
    this.lanes = lanes;
    this.running = running;
  }

  /** The thread that this runs on, or null before it does. */
  @Nullable Thread thread() {
    return thread;
  }

  /** Whether the caller runs on this worker's thread. */
  boolean isCurrent() {
    return thread == Thread.currentThread();
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    running.release();
    while (doNext()) {
      // One request after the other.
    }
  }

  /**
   * Waits for a request and does it. A method of its own, so that an idle worker holds on to no
   * request.
   *
   * @return false if there will be no more
   */
  private boolean doNext() {
    PoolRequest next = lanes.fetch(this);
    if (next == null) {
      return false;
    }
    Thread current = Thread.currentThread();
    ClassLoader loader = current.getContextClassLoader();
    // Nobody who interrupted this thread before now can have meant this request.
    Thread.interrupted();
    next.execute();
    current.setContextClassLoader(loader);
    return true;
  }

  /** Takes note of what this does from now on. Under the mutex of the lanes. */
  void begins(PoolRequest next) {
    request = next;
  }

  /** The last request is over; tells its kind, or null. Under the mutex of the lanes. */
  @Nullable WorkKind ends() {
    PoolRequest last = request;
    request = null;
    return last == null ? null : last.kind();
  }
}
