// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at threads that must not be held up, and logs the stack of one that is.
 *
 * <p>One for the whole process, with one daemon thread, {@value #THREAD_NAME}, which lives as long
 * as something is watched. It warns on the logger {@value #LOGGER_NAME}, once for each task.
 *
 * <p>It interrupts nobody and repairs nothing. A task that ends between two looks is never seen,
 * and so is one that is stuck for hardly more than its limit: the looks are a quarter of that
 * apart.
 */
public final class BlockedThreadChecker {

  /** Where blocked threads are told. */
  public static final String LOGGER_NAME = "io.minilibuv.blocked";

  /** The name of the thread that looks. */
  public static final String THREAD_NAME = "libuv-blocked-checker";

  /** A thread that does one task after the other, as the checker sees it. Any thread may ask. */
  public interface Watched {
    /** Who does the tasks; null if nobody does at present. */
    @Nullable Thread thread();

    /** A number that differs for each task; 0 while none is under way. */
    long task();

    /** How long a task may take; 0 or less if that does not matter. */
    long limitNanos();

    /** Who this is and what it does, for people. */
    String describe();
  }

  /*
   * lock guards the list and whether the thread lives; nothing of others is called under it, so
   * that a logger that hangs holds up the checker alone. An entry's other fields belong to the
   * checker's thread.
   *
   * A task is only seen, so its age is reckoned from below: the time is read after its number when
   * that is new, and before it when it is old. Its stack is read between two looks at the number:
   * if they agree, the stack is that task's.
   */
  private static final class Entry {
    final WeakReference<Watched> watched;
    long task;
    long since;
    boolean told;
    boolean failed;

    Entry(Watched watched) {
      this.watched = new WeakReference<>(watched);
    }
  }

  private static final long MIN_PERIOD = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long MAX_PERIOD = TimeUnit.SECONDS.toNanos(1);

  private static final Logger log = LoggerFactory.getLogger(LOGGER_NAME);
  private static final BlockedThreadChecker shared = new BlockedThreadChecker(System::nanoTime);

  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final List<Entry> entries = new ArrayList<>();

  /** Whether the list has changed since the last look. */
  @GuardedBy("lock")
  private boolean news;

  @GuardedBy("lock")
  private @Nullable Thread thread;

  /** A checker of one's own, for tests. */
  BlockedThreadChecker(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Watches {@code watched} until it is {@link #unwatch unwatched} or garbage: this does not keep
   * it alive. Told again of one it knows, it only asks it for its limit soon.
   */
  public static void watch(Watched watched) {
    shared.add(watched);
    shared.start();
  }

  /** Ceases to watch {@code watched}; a look that is under way may still tell of it. */
  public static void unwatch(Watched watched) {
    shared.remove(watched);
  }

  /**
   * A limit that a system property sets, in milliseconds; 0 turns it off. What is no such number
   * changes nothing, and is warned of.
   *
   * @return nanoseconds
   */
  public static long limitFromProperty(String name, long defaultMillis) {
    String setting = System.getProperty(name);
    long millis = defaultMillis;
    if (setting != null) {
      try {
        long number = Long.parseLong(setting.strip());
        if (number < 0) {
          throw new NumberFormatException("negative");
        }
        millis = number;
      } catch (NumberFormatException e) {
        log.warn("{} is no number of milliseconds: {}; it stays {}", name, setting, defaultMillis);
      }
    }
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /**
   * A limit in nanoseconds; the longest there is, for one that is longer.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public static long limitOf(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("negative limit: " + limit);
    }
    return TimeUnit.NANOSECONDS.convert(limit);
  }

  void add(Watched watched) {
    lock.lock();
    try {
      if (entries.stream().noneMatch(entry -> entry.watched.get() == watched)) {
        entries.add(new Entry(watched));
      }
      news = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void remove(Watched watched) {
    lock.lock();
    try {
      entries.removeIf(entry -> entry.watched.get() == watched);
      news = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    lock.lock();
    try {
      if (thread != null || entries.isEmpty()) {
        return;
      }
      Thread starting = new Thread(null, this::lookNowAndThen, THREAD_NAME, 0, false);
      starting.setDaemon(true);
      starting.start();
      thread = starting;
    } catch (OutOfMemoryError e) {
      // There is no thread to be had. What was to be watched runs all the same.
      log.warn("blocked threads will not be noticed", e);
    } finally {
      lock.unlock();
    }
  }

  private void lookNowAndThen() {
    try {
      for (boolean go = true; go; go = waitFor(round())) {}
    } finally {
      lock.lock();
      try {
        if (thread == Thread.currentThread()) {
          thread = null;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Waits for the next look. With nothing left to watch it does not, and gives up the thread in the
   * same step, so that whoever comes next starts another.
   *
   * @return whether to look again
   */
  private boolean waitFor(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (!news && !entries.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      news = false;
      if (entries.isEmpty()) {
        thread = null;
        return false;
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread, and it has none to end.
      return true;
    } finally {
      lock.unlock();
    }
    return true;
  }

  /**
   * Looks at everything once.
   *
   * @return how long to wait until the next look
   */
  long round() {
    long period = MAX_PERIOD;
    for (Entry entry : present()) {
      Watched watched = entry.watched.get();
      if (watched != null) {
        period = Math.min(period, lookAt(entry, watched));
      }
    }
    return Math.max(period, MIN_PERIOD);
  }

  /** What is watched; what is garbage by now leaves the list. */
  private List<Entry> present() {
    lock.lock();
    try {
      entries.removeIf(entry -> entry.watched.get() == null);
      return new ArrayList<>(entries);
    } finally {
      lock.unlock();
    }
  }

  private long lookAt(Entry entry, Watched watched) {
    try {
      long limit = watched.limitNanos();
      if (limit <= 0) {
        entry.task = 0;
        return MAX_PERIOD;
      }
      check(entry, watched, limit);
      return limit / 4;
    } catch (Throwable e) {
      if (!entry.failed) {
        entry.failed = true;
        log.warn("cannot tell whether a thread is blocked", e);
      }
      return MAX_PERIOD;
    }
  }

  private void check(Entry entry, Watched watched, long limit) {
    long now = clock.getAsLong();
    long task = watched.task();
    if (task == 0 || task != entry.task) {
      entry.task = task;
      entry.since = clock.getAsLong();
      entry.told = false;
      return;
    }
    long age = now - entry.since;
    Thread culprit = watched.thread();
    if (entry.told || age < limit || culprit == null) {
      return;
    }
    BlockedThreadException stack = new BlockedThreadException(culprit);
    String who = watched.describe();
    if (watched.task() == task) {
      entry.told = true;
      log.warn(
          "{} has been blocked for {} ms, the limit is {} ms",
          who,
          TimeUnit.NANOSECONDS.toMillis(age),
          TimeUnit.NANOSECONDS.toMillis(limit),
          stack);
    }
  }
}
