// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.stress.Meeting;
import io.minilibuv.stress.MemoryBackend;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@link Lanes} and {@link WorkQueue} once more, for one request, with a place for each mistake
 * that a race has to find. What is queued is the request's status to be.
 */
final class FlawedPool extends PoolUnderTest {

  /** What is wrong. */
  enum Flaw {
    /** Cancel does not hold the pool's mutex. */
    CANCELS_WITHOUT_MUTEX,
    /** Cancel marks the request and leaves it in the queue; the worker looks at the mark. */
    LOOKS_AT_MARK,
    /** Who cancels again moves the request to the end of the loop's queue, whoever it is. */
    MOVES_ANYWHERE
  }

  private static final int CANCELED = UvError.ECANCELED.code();

  private final Flaw flaw;
  private final Loop loop;
  private final AsyncHandle wqAsync;
  private final ReentrantLock mutex = new ReentrantLock();
  private final ReentrantLock wqMutex = new ReentrantLock();
  private final Deque<Integer> wq = new ArrayDeque<>();
  private volatile boolean waiting;
  private volatile boolean finished;
  private volatile boolean cancelled;

  private FlawedPool(Flaw flaw, MemoryBackend backend) {
    this.flaw = flaw;
    loop = backend.openLoop();
    wqAsync = AsyncHandle.init(loop, handle -> deliver());
  }

  /** Makes copies with that flaw. */
  static Maker with(Flaw flaw) {
    return backend -> new FlawedPool(flaw, backend);
  }

  @Override
  Loop loop() {
    return loop;
  }

  @Override
  void submit() {
    waiting = true;
  }

  @Override
  void work() {
    if (fetch() && !(flaw == Flaw.LOOKS_AT_MARK && cancelled)) {
      produce();
      finished = true;
      append(0);
    }
  }

  private boolean fetch() {
    mutex.lock();
    try {
      return unlink();
    } finally {
      mutex.unlock();
    }
  }

  private boolean unlink() {
    boolean was = waiting;
    // As long as it takes to look at a queue's links.
    Meeting.spin(1);
    waiting = false;
    return was;
  }

  @Override
  int cancel() {
    if (cancelled && (flaw == Flaw.MOVES_ANYWHERE || loop.isLoopThread())) {
      wqMutex.lock();
      try {
        wq.clear();
      } finally {
        wqMutex.unlock();
      }
    } else if (!cancelled && !takeBack()) {
      return UvError.EBUSY.code();
    }
    cancelled = true;
    append(CANCELED);
    return 0;
  }

  private boolean takeBack() {
    if (flaw == Flaw.CANCELS_WITHOUT_MUTEX) {
      return unlink();
    }
    if (flaw == Flaw.LOOKS_AT_MARK) {
      return !finished;
    }
    return fetch();
  }

  private void append(int status) {
    wqMutex.lock();
    try {
      wq.add(status);
    } finally {
      wqMutex.unlock();
    }
    wqAsync.send();
  }

  private void deliver() {
    Integer[] taken;
    wqMutex.lock();
    try {
      taken = wq.toArray(new Integer[0]);
      wq.clear();
    } finally {
      wqMutex.unlock();
    }
    for (int status : taken) {
      consume(status);
    }
  }
}
