// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.internal.Shortcuts;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What guards a pool's queues ({@code mutex}, src/threadpool.c). */
@AnyThread
final class PoolMutex {
  /*
   * Whoever finds it locked tries some more before it parks. Nearly all that is done under it is a
   * few stores long (not so a look at the statistics), so the one who has it is through before a
   * thread could be put to sleep and woken up again: two system calls and two switches, of which
   * one is paid by the one who unlocks. If the holder does not run, nothing is gained, and some
   * microseconds are lost; then it parks, as it would have.
   *
   * It is a lock with a condition, and no monitor: a loop may run on a virtual thread, which would
   * hold on to its carrier while it waits for a monitor on JDKs before 24. It is not fair, since
   * workers that queue up for it in turn spend their time on handing it over.
   */
  private static final int TRIES = Shortcuts.SPIN ? 100 : 0;

  private final ReentrantLock lock = new ReentrantLock();

  void lock() {
    for (int i = 0; i < TRIES; i++) {
      if (lock.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  Condition newCondition() {
    return lock.newCondition();
  }
}
