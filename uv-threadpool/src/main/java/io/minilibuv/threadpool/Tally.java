// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Histogram;

/**
 * What one worker has measured of its last requests, before it is counted with that of the others.
 *
 * <p>What all workers count in the same place goes from one processor to the other each time, and
 * that costs more than the counting; so they do it some requests at a time. All of this is called
 * under the mutex of the lanes.
 */
@AnyThread
final class Tally {
  static final int SIZE = 64;

  private final long[] queueWaits = new long[SIZE];
  private final long[] runTimes = new long[SIZE];
  private int size;

  /** Whether there is no room for another request. */
  boolean isFull() {
    return size == SIZE;
  }

  /** Takes note of one request. This must not be full. */
  void add(long queueWait, long runTime) {
    queueWaits[size] = queueWait;
    runTimes[size] = runTime;
    size++;
  }

  /** Counts what is here with that of the others, and forgets it. */
  void addTo(Histogram.Recorder queueWait, Histogram.Recorder runTime) {
    for (int i = 0; i < size; i++) {
      queueWait.record(queueWaits[i]);
      runTime.record(runTimes[i]);
    }
    size = 0;
  }
}
