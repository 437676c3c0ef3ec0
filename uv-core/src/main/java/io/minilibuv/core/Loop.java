// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop ({@code uv_loop_t}): waits for what its handles and requests wait for, and calls
 * them back, one after the other, on one thread.
 *
 * <p>A loop belongs to the thread that opened it, until another thread runs it while nobody does;
 * then it is that thread's. Only the loop's thread may call what is not marked {@link AnyThread}.
 * What changes something checks that, and throws {@link IllegalStateException} naming both threads;
 * what only tells something does not check, and may tell another thread something old. The way in
 * for other threads is an async handle.
 *
 * <p>A callback that throws leaves {@link #run} with its exception at once, and the loop intact:
 * what had not been called yet is still queued, and comes first when the next {@code run} gets to
 * its phase. That one begins a new iteration: a callback that throws every time keeps the phases
 * behind its own from their turn. {@link #setExceptionHandler} makes the loop go on by itself.
 */
public final class Loop implements AutoCloseable {

  /** Is told what a callback has thrown. */
  @FunctionalInterface
  public interface ExceptionHandler {
    /** Called on the loop's thread; what it throws itself leaves {@link Loop#run}. */
    void onException(EventSource source, Throwable thrown);
  }

  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  static {
    // Until the class is loaded, no compiler inlines observer(), which is asked all the time.
    Objects.requireNonNull(LoopObserver.class);
  }

  private static @Nullable Loop defaultLoop;

  private final LoopThread thread = new LoopThread();
  private final LoopClock clock;
  private final boolean recordsOrigins;
  private volatile boolean closed;
  private boolean stopFlag;
  private long time;

  /** What the clock said when {@link #time} was set. */
  private long timeNanos;

  private @Nullable Object data;
  private @Nullable ExceptionHandler exceptionHandler;
  private volatile @Nullable LoopObserver observer;

  final CurrentCallback currentCallback = new CurrentCallback(this, thread);
  final HandleList handles = new HandleList();

  /** How many handles are active and ref'd ({@code active_handles}). */
  int activeHandles;

  /** Requests that have not called back ({@code active_reqs}, which in C is their number). */
  final IntrusiveQueue<Request> activeRequests = new IntrusiveQueue<>();

  final MetricsRecorder metrics;
  final StatsRecorder stats;
  final LoopField.Values fields;

  final TimersPhase timers = new TimersPhase(this);
  final PendingPhase pending = new PendingPhase(this);
  final LoopWatcherPhase idle = new LoopWatcherPhase(this, LoopPhase.IDLE);
  final LoopWatcherPhase prepare = new LoopWatcherPhase(this, LoopPhase.PREPARE);
  final PollPhase poll;
  final LoopWatcherPhase check = new LoopWatcherPhase(this, LoopPhase.CHECK);
  final ClosingPhase closing = new ClosingPhase(this);

  private Loop(LoopOptions options) {
    clock = options.clock();
    recordsOrigins = options.recordsOrigins();
    metrics = new MetricsRecorder(clock);
    stats = new StatsRecorder(clock);
    fields = options.fields();
    poll = new PollPhase(this, options.openPollBackend(), clock);
    refreshTime();
  }

  /**
   * Opens a loop, which belongs to the calling thread ({@code uv_loop_init}, src/unix/loop.c;
   * {@code uv_loop_new}, src/uv-common.c).
   *
   * @throws UvException EMFILE and the like, if the poller cannot be opened
   */
  @AnyThread
  public static Loop open() {
    return open(new LoopOptions());
  }

  /** Opens a loop on parts of the caller's choice: {@link #open()}. */
  @AnyThread
  public static Loop open(LoopOptions options) {
    Loop loop = new Loop(options);
    log.debug("opened {} on {}", loop, loop.backendName());
    return loop;
  }

  /**
   * The loop that the whole process shares, opened by the first call, and again by the first after
   * it was closed ({@code uv_default_loop}, src/uv-common.c).
   *
   * <p>Differs from C: may be called from any thread. The loop still belongs to one.
   */
  @AnyThread
  public static Loop defaultLoop() {
    synchronized (Loop.class) {
      if (defaultLoop == null) {
        defaultLoop = open();
      }
      return defaultLoop;
    }
  }

  /** {@link #run(RunMode) Runs} until nothing keeps this loop alive, or {@link #stop()}. */
  public boolean run() {
    return run(RunMode.DEFAULT);
  }

  /**
   * Runs this loop ({@code uv_run}, src/unix/core.c).
   *
   * <p>Not re-entrant. The calling thread becomes the loop's thread. However it ends, a {@link
   * #stop()} has had its effect then.
   *
   * @return whether the loop is still alive: false if there is nothing more to do
   * @throws IllegalStateException if the loop is being run, or is closed
   */
  public boolean run(RunMode mode) {
    Objects.requireNonNull(mode, "mode");
    thread.beginRun();
    try {
      requireOpen();
      handles.requireNotWalking();
      thread.own();
      currentCallback.runBegins();
      stats.runBegins();
      return iterate(mode);
    } finally {
      stopFlag = false;
      metrics.pollEnds();
      stats.runEnds();
      runEnds();
    }
  }

  private void runEnds() {
    try {
      poll.backend().runEnds();
    } finally {
      thread.endRun();
    }
  }

  // @start region="uv_run"
  private boolean iterate(RunMode mode) {
    boolean alive = isAlive();
    if (!alive) {
      takeTime();
    }
    // Timers come last in an iteration; DEFAULT serves those that are due before it first waits.
    if (mode == RunMode.DEFAULT && alive && !stopFlag) {
      takeTime();
      timers.run();
    }
    while (alive && !stopFlag) {
      boolean canSleep = pending.isEmpty() && idle.isEmpty();
      pending.run();
      idle.run();
      prepare.run();
      PollReason reason = pollReason(mode, canSleep);
      metrics.countIteration();
      stats.iterationBegins();
      poll.waiting(timeoutFor(reason), reason).run();
      pending.runAfterPoll();
      metrics.pollEnds();
      check.run();
      closing.run();
      takeTime();
      timers.run();
      alive = isAlive();
      if (mode != RunMode.DEFAULT) {
        break;
      }
    }
    return alive;
  }

  // @end region="uv_run"

  /**
   * Makes {@link #run} return when its iteration ends, without waiting in it ({@code uv_stop},
   * src/uv-common.c). Called before {@code run}, it makes that return at once.
   */
  public void stop() {
    checkThread();
    stopFlag = true;
  }

  /**
   * Whether {@link #run} has anything to do: an active and ref'd handle, an active request, a fed
   * watcher, or a handle that is closing ({@code uv_loop_alive}, src/unix/core.c).
   */
  public boolean isAlive() {
    return hasActive() || !pending.isEmpty() || !closing.isEmpty();
  }

  /**
   * The loop's time: milliseconds from an arbitrary start ({@code uv_now}, src/uv-common.c).
   *
   * <p>It stands still while callbacks run, and is refreshed after every poll and before the
   * timers.
   */
  public long now() {
    return time;
  }

  /** Refreshes {@link #now()} from the clock ({@code uv_update_time}, src/unix/core.c). */
  public void updateTime() {
    checkThread();
    refreshTime();
  }

  /**
   * How long the next {@link #run} would wait for events ({@code uv_backend_timeout},
   * src/unix/core.c).
   *
   * @return milliseconds; -1 for without end; 0 also while the poller has not been told of all
   *     changes, as on a fresh loop
   */
  public long backendTimeout() {
    return poll.hasUnflushedChanges() ? 0 : timeoutFor(pollReason(RunMode.DEFAULT, true));
  }

  /**
   * Changes a setting of this loop ({@code uv_loop_configure}, src/uv-common.c).
   *
   * @throws UvException ENOSYS if a JVM cannot do that
   */
  public void configure(LoopOption option) {
    checkThread();
    if (Objects.requireNonNull(option, "option") != LoopOption.METRICS_IDLE_TIME) {
      throw UvError.ENOSYS.exception("uv_loop_configure");
    }
    metrics.measureIdleTime();
  }

  /**
   * Calls {@code visitor} with every handle that is not the library's own, in the order of their
   * making, inactive and closing ones included ({@code uv_walk}, src/uv-common.c).
   *
   * <p>The visitor may close handles. Those that it makes are not visited.
   */
  public void walk(Consumer<? super Handle> visitor) {
    checkThread();
    handles.walk(visitor);
  }

  /**
   * Prints a line for every handle ({@code uv_print_all_handles}, src/uv-common.c): {@code [RAI]}
   * for ref'd, active and internal, its type and its identity.
   */
  public void printAllHandles(PrintStream stream) {
    checkThread();
    handles.print(stream, false);
  }

  /** Prints the active ones of {@link #printAllHandles} ({@code uv_print_active_handles}). */
  public void printActiveHandles(PrintStream stream) {
    checkThread();
    handles.print(stream, true);
  }

  /** What the user keeps here, also when the loop is closed ({@code uv_loop_get_data}). */
  public @Nullable Object data() {
    return data;
  }

  /** Keeps something of the user's here ({@code uv_loop_set_data}). */
  public void setData(@Nullable Object data) {
    checkThread();
    this.data = data;
  }

  /** What this loop has counted ({@code uv_metrics_info}, src/uv-common.c). */
  public LoopMetrics metrics() {
    return metrics.snapshot();
  }

  /**
   * Nanoseconds spent waiting for events, the wait that is going on included ({@code
   * uv_metrics_idle_time}, src/uv-common.c); 0 without {@link LoopOption#METRICS_IDLE_TIME}.
   */
  @AnyThread
  public long metricsIdleTime() {
    return metrics.idleNanos();
  }

  /**
   * What this loop has done with its time, up to now; also while it is blocked, or closed.
   *
   * <p>libuv has nothing like it. It is always on: it costs the loop a look at the clock for each
   * phase that has something to do, and the reader some microseconds.
   */
  @AnyThread
  public LoopStats stats() {
    return stats.snapshot();
  }

  /**
   * Sets how long a callback may take. One that takes longer is logged once, as a warning of the
   * logger {@code io.minilibuv.blocked}, with the stack of this loop's thread; nothing else happens
   * to it. libuv has nothing like it.
   *
   * <p>Unless this is called, it is the system property {@code minilibuv.blockedLoopMillis}, and
   * without that two seconds.
   *
   * @param limit {@link Duration#ZERO} to let callbacks take as long as they like
   * @throws IllegalArgumentException if it is negative
   */
  public void setBlockedLimit(Duration limit) {
    checkThread();
    currentCallback.setLimit(limit);
  }

  /**
   * What this loop waits with: {@code nio}, {@code epoll}, or the name of a backend of one's own.
   */
  @AnyThread
  public String backendName() {
    return poll.backend().name();
  }

  /** Whether the caller is on this loop's thread. */
  @AnyThread
  public boolean isLoopThread() {
    return thread.isCurrent();
  }

  /**
   * Fails unless the caller is on this loop's thread.
   *
   * @throws IllegalStateException naming both threads; or if the loop is closed
   */
  public void checkThread() {
    thread.check();
    requireOpen();
  }

  /** Who sees what this loop does, or null. Other threads may see a change late. */
  @AnyThread
  public @Nullable LoopObserver observer() {
    return observer;
  }

  /** Lets {@code observer} see what this loop does; null to stop that. */
  public void setObserver(@Nullable LoopObserver observer) {
    checkThread();
    this.observer = observer;
  }

  /**
   * Gives what callbacks throw to {@code handler}, and goes on; null, as at first, lets it leave
   * {@link #run}.
   */
  public void setExceptionHandler(@Nullable ExceptionHandler handler) {
    checkThread();
    this.exceptionHandler = handler;
  }

  /**
   * Closes everything: cancels what is queued, closes all handles, runs until they are closed and
   * what had begun is done, then {@link #close() closes} this loop. What every libuv program writes
   * by hand.
   *
   * <p>Callbacks are called as ever. If one throws, the exception leaves, and calling this again
   * goes on.
   *
   * @throws IllegalStateException if called from a callback
   */
  public void shutdown() {
    if (closed) {
      return;
    }
    thread.check();
    thread.checkNotRunning();
    handles.requireNotWalking();
    do {
      checkThread();
      requests().forEach(Request::tryCancel);
      walk(
          handle -> {
            if (!handle.isClosing()) {
              handle.close();
            }
          });
      run(RunMode.ONCE);
    } while (isBusy());
    close();
  }

  /**
   * Closes this loop and frees what it holds ({@code uv_loop_close}, {@code uv_loop_delete},
   * src/uv-common.c). Idempotent.
   *
   * @throws LoopBusyException EBUSY, without any effect, while there is an active request or a
   *     handle, be it never started or closing
   * @throws IllegalStateException if called from a callback
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    thread.check();
    thread.checkNotRunning();
    handles.requireNotWalking();
    if (isBusy()) {
      throw new LoopBusyException(handles.ofUser(), requests());
    }
    try {
      fields.close(this);
    } finally {
      closed = true;
      currentCallback.loopCloses();
      poll.backend().close();
      synchronized (Loop.class) {
        if (defaultLoop == this) {
          defaultLoop = null;
        }
      }
    }
    log.debug("closed {}", this);
  }

  /** Calls user code for {@code source}: watched, seen, its exceptions handled. */
  <S extends EventSource> void call(S source, Consumer<? super S> callback) {
    EventSource outer = currentCallback.begins(source);
    try {
      callSeen(source, callback);
    } finally {
      currentCallback.ends(outer);
    }
  }

  private <S extends EventSource> void callSeen(S source, Consumer<? super S> callback) {
    LoopObserver seenBy = observer;
    if (seenBy == null) {
      callUnseen(source, callback);
      return;
    }
    // What the callback was due for has been taken off its queue: it must be called in any case.
    try {
      seenBy.callbackBegin(this, source);
    } finally {
      try {
        callUnseen(source, callback);
      } finally {
        seenBy.callbackEnd(this, source);
      }
    }
  }

  private <S extends EventSource> void callUnseen(S source, Consumer<? super S> callback) {
    try {
      callback.accept(source);
    } catch (Throwable thrown) {
      if (exceptionHandler == null) {
        throw thrown;
      }
      exceptionHandler.onException(source, thrown);
    }
  }

  /** A name that tells loops apart in logs. */
  @Override
  @AnyThread
  public String toString() {
    return "loop @" + Handle.identityOf(this);
  }

  /** Reads the clock, and gives what it said ({@code uv__update_time}, src/unix/internal.h). */
  long refreshTime() {
    return setTime(clock.nanoTime());
  }

  private long setTime(long nanos) {
    timeNanos = nanos;
    time = nanos / 1_000_000;
    return nanos;
  }

  /**
   * Refreshes the time by what the clock said when something was done last: that is now, for
   * nothing has been done since.
   */
  long takeTime() {
    // What an observer does is not recorded.
    return observer == null ? setTime(Math.max(timeNanos, stats.lastDone())) : refreshTime();
  }

  boolean recordsOrigins() {
    return recordsOrigins;
  }

  /** What decides how long the poll phase may wait ({@code uv__backend_timeout}). */
  // @start region="uv__backend_timeout"
  private PollReason pollReason(RunMode mode, boolean canSleep) {
    if (mode == RunMode.NOWAIT) {
      return PollReason.NOWAIT;
    }
    if (mode == RunMode.ONCE && !canSleep) {
      return PollReason.BUSY_AT_START;
    }
    if (stopFlag) {
      return PollReason.STOPPED;
    }
    if (!hasActive()) {
      return PollReason.NOTHING_ACTIVE;
    }
    if (!pending.isEmpty()) {
      return PollReason.PENDING;
    }
    if (!idle.isEmpty()) {
      return PollReason.IDLE;
    }
    if (!closing.isEmpty()) {
      return PollReason.CLOSING;
    }
    return timers.nextTimeout() < 0 ? PollReason.NO_TIMER : PollReason.NEXT_TIMER;
  }

  // @end region="uv__backend_timeout"

  private long timeoutFor(PollReason reason) {
    return switch (reason) {
      case NEXT_TIMER -> timers.nextTimeout();
      case NO_TIMER -> -1;
      default -> 0;
    };
  }

  private boolean hasActive() {
    return activeHandles > 0 || hasActiveRequests();
  }

  private boolean isBusy() {
    return hasActiveRequests() || !handles.ofUser().isEmpty();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the loop is closed");
    }
  }

  boolean hasActiveRequests() {
    return !activeRequests.isEmpty();
  }

  private List<Request> requests() {
    List<Request> found = new ArrayList<>();
    for (Request r = activeRequests.peek(); r != null; r = activeRequests.after(r.activeNode())) {
      found.add(r);
    }
    return found;
  }
}
