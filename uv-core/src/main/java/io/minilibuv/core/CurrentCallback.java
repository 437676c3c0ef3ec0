// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.BlockedThreadChecker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which callback a loop is in, and for how long it may be: what the checker for blocked threads
 * sees of the loop.
 *
 * <p>The outermost callback is what is timed. What it calls back in turn, as a handle does with the
 * requests that it delivers, belongs to it: the loop cannot poll before all of that is done. But
 * the innermost is what is named: that is the user's.
 */
final class CurrentCallback implements BlockedThreadChecker.Watched {
  /** How long a callback may take, unless that is said: a system property, in milliseconds. */
  static final String LIMIT_PROPERTY = "minilibuv.blockedLoopMillis";

  private static final long DEFAULT_LIMIT =
      BlockedThreadChecker.limitFromProperty(LIMIT_PROPERTY, 2000);

  /*
   * The loop's thread writes task and source, the checker's thread reads them. Each outermost
   * callback has a number of its own, which never comes back. Its source is written before the
   * number, with release, and read after it, with acquire: so whoever sees the number sees that
   * source, or that of a callback within it, or null, or a later one. One of a later number is
   * written after this number has gone, with a store fence between; so whoever has seen it does not
   * see the number again, if a load fence lies between the two, and says nothing. A source is
   * written with release, since it may be younger than the number: whoever reads it can ask it for
   * its name. None of this costs the loop's thread more than a plain store on x86.
   */
  private static final VarHandle TASK;

  private static final VarHandle SOURCE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      TASK = lookup.findVarHandle(CurrentCallback.class, "task", long.class);
      SOURCE = lookup.findVarHandle(CurrentCallback.class, "source", EventSource.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final LoopThread thread;
  private final Loop loop;
  private long task;
  private @Nullable EventSource source;
  private volatile long limitNanos = DEFAULT_LIMIT;

  // The loop's thread alone.
  private long lastTask;
  private boolean hasRun;
  private boolean watched;

  CurrentCallback(Loop loop, LoopThread thread) {
    this.loop = loop;
    this.thread = thread;
  }

  /**
   * A callback of {@code of} begins.
   *
   * @return what the callback that it is called from belongs to; null if it is an outermost one
   */
  @Nullable EventSource begins(EventSource of) {
    if (task != 0) {
      EventSource outer = source;
      SOURCE.setRelease(this, of);
      return outer;
    }
    VarHandle.storeStoreFence();
    SOURCE.setRelease(this, of);
    TASK.setRelease(this, ++lastTask);
    return null;
  }

  /** A callback has ended: the loop is in one of {@code outer} again, or in none. */
  void ends(@Nullable EventSource outer) {
    if (outer == null) {
      TASK.setRelease(this, 0L);
    }
    SOURCE.setRelease(this, outer);
  }

  /** The loop is about to be run: there is something to watch from the first time on. */
  void runBegins() {
    // A run is no part of a callback, wherever it was called from.
    ends(null);
    if (!hasRun) {
      hasRun = true;
      watch(limitNanos > 0);
    }
  }

  /** Sets how long a callback may take; 0 for as long as it likes. */
  void setLimit(Duration limit) {
    limitNanos = BlockedThreadChecker.limitOf(limit);
    if (hasRun) {
      watch(limitNanos > 0);
    }
  }

  void loopCloses() {
    watch(false);
  }

  private void watch(boolean wanted) {
    if (wanted) {
      BlockedThreadChecker.watch(this);
    } else if (watched) {
      BlockedThreadChecker.unwatch(this);
    }
    watched = wanted;
  }

  @Override
  public Thread thread() {
    return thread.owner();
  }

  @Override
  public long task() {
    // The fence keeps what was read before this in front of it.
    VarHandle.acquireFence();
    return (long) TASK.getAcquire(this);
  }

  @Override
  public long limitNanos() {
    return limitNanos;
  }

  @Override
  public String describe() {
    String name = loop.toString();
    EventSource current = (EventSource) SOURCE.getAcquire(this);
    return current == null ? name : name + ", in a callback of " + current + ",";
  }
}
