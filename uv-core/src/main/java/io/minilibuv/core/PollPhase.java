// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The IO watchers of one loop, and the phase that waits for them ({@code uv__io_poll},
 * src/unix/linux.c).
 *
 * <p>It does not know what a watcher means: it asks the backend, refreshes the loop's time, and
 * calls those that are ready.
 */
final class PollPhase extends Phase {
  /** How often a full batch is followed by another look before the phase must end. */
  static final int MAX_ROUNDS = 48;

  private final PollBackend backend;
  private final LoopClock clock;
  private final ReadyEvents batch = new ReadyEvents();

  /** Who is started on what: at most one watcher for each target ({@code watchers}). */
  private final Map<Object, IoWatcher> started = new HashMap<>();

  /** Watchers with wishes that the backend does not know yet ({@code watcher_queue}). */
  private final IntrusiveQueue<IoWatcher> changes = new IntrusiveQueue<>();

  /** Whose callback has thrown last, and ended its batch; the next goes on behind it. */
  private @Nullable IoWatcher thrower;

  private boolean polledBefore;
  private boolean forgot;

  private long timeout;
  private PollReason reason = PollReason.NOWAIT;

  PollPhase(Loop loop, PollBackend backend, LoopClock clock) {
    super(loop, LoopPhase.POLL);
    this.backend = backend;
    this.clock = clock;
  }

  PollBackend backend() {
    return backend;
  }

  /** The watcher that is started on {@code target}, or null ({@code uv__fd_exists}). */
  @Nullable IoWatcher startedOn(Object target) {
    return started.get(target);
  }

  /**
   * Whether a poll would first have to tell the backend something. True on a fresh loop, as in C.
   */
  boolean hasUnflushedChanges() {
    return !polledBefore || !changes.isEmpty();
  }

  /** Takes note of a watcher that wants something else now. */
  void changed(IoWatcher watcher) {
    if (watcher.wanted() == 0) {
      watcher.watcherQueue.remove();
      started.remove(watcher.target(), watcher);
      if (watcher.registered() != 0) {
        watcher.setRegistered(0);
        backend.unregister(watcher);
      }
      return;
    }
    started.putIfAbsent(watcher.target(), watcher);
    if (watcher.wanted() != watcher.registered() && !watcher.watcherQueue.isLinked()) {
      changes.insertTail(watcher.watcherQueue);
    }
  }

  /** Drops what the batch still holds for {@code watcher} ({@code uv__platform_invalidate_fd}). */
  void invalidate(IoWatcher watcher) {
    batch.blank(watcher);
  }

  void forget(IoWatcher watcher) {
    invalidate(watcher);
    backend.forget(watcher);
    forgot = true;
  }

  /** Makes targets that were let go free to be closed, before close callbacks may do so. */
  void forgetClosed() {
    if (forgot) {
      forgot = false;
      backend.flush();
    }
  }

  @Override
  void run() {
    goThrough();
  }

  @Override
  boolean hasWork() {
    return true;
  }

  /** Waiting is no work: what is, is timed by itself. */
  @Override
  void timedPass() {
    pass();
  }

  /** Sets how long the next pass may wait. */
  PollPhase waiting(long timeoutMillis, PollReason why) {
    timeout = timeoutMillis;
    reason = why;
    return this;
  }

  /*
   * One pass asks the backend once, in the plain case. It asks again, without waiting, while whole
   * batches come; and it goes on waiting for what is left of the time when it was interrupted, or
   * when everything that was ready had been stopped by then. With idle time measured it looks
   * first, without waiting, to learn what was ready before it would wait.
   */
  // @start region="poll_pass"
  @Override
  void pass() {
    flushChanges();
    long began = loop.now();
    int rounds = MAX_ROUNDS;
    boolean looking = loop.metrics.measuresIdleTime();
    long wait = looking ? 0 : timeout;
    PollReason why = looking ? PollReason.LOOK : reason;
    for (; ; ) {
      int ready = ask(wait, why);
      int called = ready > 0 ? dispatch(looking) : 0;
      if (called > 0) {
        if (ready < ReadyEvents.CAPACITY || --rounds == 0) {
          return;
        }
        looking = false;
        wait = 0;
        why = PollReason.LOOK;
        continue;
      }
      if (!looking && (ready == 0 || wait == 0)) {
        return;
      }
      wait = timeLeft(began);
      looking = false;
      why = reason;
      if (wait == 0) {
        return;
      }
    }
  }

  // @end region="poll_pass"

  private long timeLeft(long began) {
    return timeout < 0 ? timeout : Math.max(0, timeout - (loop.now() - began));
  }

  private void flushChanges() {
    polledBefore = true;
    if (changes.isEmpty()) {
      return;
    }
    for (IoWatcher watcher; (watcher = changes.poll()) != null; ) {
      boolean known = watcher.registered() != 0;
      boolean told = false;
      try {
        if (known) {
          backend.modify(watcher);
        } else {
          backend.register(watcher);
        }
        told = true;
      } finally {
        if (told) {
          watcher.setRegistered(watcher.wanted());
        } else {
          changes.insertHead(watcher.watcherQueue);
        }
      }
    }
    loop.stats.phaseEnds(LoopPhase.POLL);
  }

  private int ask(long wait, PollReason why) {
    LoopObserver observer = loop.observer();
    if (observer != null) {
      observer.pollEnter(loop, wait, why);
    }
    // What an observer that has thrown left behind is out of date.
    batch.clear();
    loop.metrics.pollBegins(wait);
    int ready = 0;
    if (wait == 0 && backend.isQuiet()) {
      loop.stats.pollSkipped(loop.takeTime());
    } else {
      loop.stats.pollBegins();
      ready = waitFor(wait);
      loop.stats.pollReturns(loop.refreshTime());
    }
    if (observer != null) {
      observer.pollReturn(loop, ready > 0 ? batch.size() : 0);
    }
    return ready;
  }

  /** Asks the backend; lets a clock that can skip time do that instead of waiting. */
  private int waitFor(long wait) {
    if (wait > 0 && clock != LoopClock.system()) {
      int ready = backend.poll(0, batch);
      if (ready != 0 || clock.skip(wait, loop.hasActiveRequests())) {
        return ready;
      }
    }
    return backend.poll(wait, batch);
  }

  /** Calls what is ready, and counts it ({@code uv__metrics_inc_events}). */
  private int dispatch(boolean wereWaiting) {
    int called = 0;
    int size = batch.size();
    int first = behindThrower();
    IoWatcher current = null;
    try {
      // @start region="uv__io_poll"
      for (int i = 0; i < size; i++) {
        int index = first + i < size ? first + i : first + i - size;
        current = batch.take(index);
        int events = current == null ? 0 : toldOf(current, batch.events(index));
        if (current != null && events != 0) {
          called++;
          loop.metrics.pollEnds();
          current.call(events);
        }
      }
      // @end region="uv__io_poll"
      current = null;
    } finally {
      // Readiness is level-triggered: what a throwing callback kept from being called comes again.
      // The poller may report it in the same order; then the thrower must not be the first again.
      thrower = current;
      batch.clear();
      loop.metrics.countPolled(called, wereWaiting);
      loop.stats.phaseEnds(LoopPhase.POLL);
    }
    return called;
  }

  private int behindThrower() {
    IoWatcher last = thrower;
    return last == null || last.batchIndex == ReadyEvents.NOT_IN_BATCH ? 0 : last.batchIndex + 1;
  }

  /**
   * What of {@code ready} a watcher is to be told: what it asked for. A bare error or hang-up
   * stands for all of that, so that whoever reads or writes next meets it.
   */
  private static int toldOf(IoWatcher watcher, int ready) {
    int wanted = watcher.wanted();
    int events = ready & (wanted | IoWatcher.ERROR | IoWatcher.HANGUP);
    if (wanted != 0 && (events == IoWatcher.ERROR || events == IoWatcher.HANGUP)) {
      events |= wanted;
    }
    return wanted == 0 ? 0 : events;
  }
}
