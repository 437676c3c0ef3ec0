// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

import io.minilibuv.async.AsyncQueue;
import io.minilibuv.core.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What workers begin, told to the loop.
 *
 * <p>A worker goes on to its next job before the last one has called back. For a reader's sake the
 * beginning of a job is told before its end, and after the end of what the same worker did before.
 */
final class Beginnings {
  private final AsyncQueue<FibJob> queue;
  private final Consumer<FibJob> listener;

  /** What each worker has begun last. Every worker has to do with its own entry alone. */
  private final Map<Thread, FibJob> lastOf = new ConcurrentHashMap<>();

  /** What is known and not told. On the loop's thread. */
  private final List<FibJob> waiting = new ArrayList<>();

  /**
   * Keeps the loop alive until it is closed.
   *
   * @param listener told of each, on the loop's thread
   */
  Beginnings(Loop loop, Consumer<FibJob> listener) {
    this.listener = listener;
    queue = AsyncQueue.unbounded(loop, this::receive);
  }

  /** The caller begins with {@code job}. On a worker. */
  void offer(FibJob job) {
    Thread worker = Thread.currentThread();
    job.begin(worker, lastOf.put(worker, job));
    queue.offer(job);
  }

  private void receive(FibJob job) {
    waiting.add(job);
    tellWaiting();
  }

  /** Tells what may be told by now. */
  void tellWaiting() {
    List<FibJob> next = waiting.stream().filter(FibJob::isNext).toList();
    waiting.removeAll(next);
    next.forEach(this::tell);
  }

  /** Tells that {@code job} was begun, unless that was told: its end may come before. */
  void tell(FibJob job) {
    if (job.tellsBeginning()) {
      listener.accept(job);
    }
  }

  void close() {
    queue.close();
  }
}
