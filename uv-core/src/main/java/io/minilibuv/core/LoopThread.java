// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which thread a loop belongs to: the one that opened it, until another one runs it while nobody
 * does.
 */
final class LoopThread {
  /*
   * The loop's data is handed over with the loop, without a lock. A thread that takes it must see
   * what the last owner did. If that one ran the loop, the edge is runner: cleared when its run
   * ends, set with compare-and-set when ours begins. If it has ended, the edge is isAlive() giving
   * false. If it is alive and never ran the loop, whatever made the two threads agree on who is
   * next is the edge, and theirs to provide: a Thread.start, a queue.
   */
  private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
  private volatile Thread owner = Thread.currentThread();

  /**
   * Fails unless the caller is the loop's thread. A thread that has ended owns nothing: the next
   * caller takes its place.
   *
   * @throws IllegalStateException naming both threads
   */
  void check() {
    if (owner != Thread.currentThread()) {
      takeFromTheDead();
    }
  }

  /** Whether the caller is the loop's thread. */
  boolean isCurrent() {
    return owner == Thread.currentThread();
  }

  /** The loop's thread, as far as it is known where this is called. */
  Thread owner() {
    return owner;
  }

  /**
   * The caller begins to run the loop: nobody else can, until {@link #endRun}.
   *
   * @throws IllegalStateException if it is being run
   */
  void beginRun() {
    Thread me = Thread.currentThread();
    Thread busy = runner.compareAndExchange(null, me);
    if (busy == me) {
      throw new IllegalStateException("Loop.run was called from a callback: it is not re-entrant");
    }
    if (busy != null) {
      throw new IllegalStateException(
          "the loop is being run by " + named(busy) + "; " + named(me) + " cannot run it too");
    }
  }

  /** The caller, who runs the loop, owns it from now on. */
  void own() {
    owner = Thread.currentThread();
  }

  /**
   * Fails if the loop is being run: by a callback's caller, who would find it closed.
   *
   * @throws IllegalStateException if so
   */
  void checkNotRunning() {
    if (runner.get() != null) {
      throw new IllegalStateException("not from a callback: the loop is being run");
    }
  }

  void endRun() {
    runner.set(null);
  }

  private void takeFromTheDead() {
    Thread me = Thread.currentThread();
    Thread last = owner;
    if (!last.isAlive() && runner.compareAndSet(null, me)) {
      // Held like this, no other thread can take the loop as well, to use it or to run it.
      boolean stillDead = owner == last;
      if (stillDead) {
        owner = me;
      }
      runner.set(null);
      if (stillDead) {
        return;
      }
    }
    throw new IllegalStateException(
        "the loop belongs to "
            + named(owner)
            + ", and "
            + named(me)
            + " may not touch it; from there, hand the loop what it is to do with"
            + " LoopExecutor.execute, or make it call back with AsyncHandle.send");
  }

  private static String named(Thread thread) {
    return "thread \"" + thread.getName() + '"';
  }
}
