// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Handle;
import io.minilibuv.core.HandleType;
import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a path again and again, and calls back when the answer is another ({@code
 * uv_fs_poll_t}). It works on every file system, also where nothing tells of changes by itself.
 *
 * <p>The first answer is only what later ones are compared with. After that there is a callback
 * when the file has changed; when asking for it fails, once for each error that is not the one
 * before; and when it succeeds again, even if the file is as it was.
 *
 * <p>A file has changed if its device, number, mode, owner, group, size, flags, generation, {@code
 * mtim}, {@code ctim} or {@code birthtim} has. That it was read, has another number of names or
 * takes another amount of space does not count. Changes between two answers are seen as one, or not
 * at all if they cancel out.
 *
 * <p>The asking is an ordinary {@link FsRequest}. While it is going on it keeps the loop alive even
 * if this handle is not ref'd, and the close callback waits for it, since it is not cancelled.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class FsPollHandle extends Handle {
  /** {@link Polling#seen}: no answer yet. */
  private static final int NOTHING = 0;

  /** {@link Polling#seen}: the last answer was a stat. What is below 0 is an error. */
  private static final int STAT = 1;

  /** What the last start began, or null if this is not active. */
  private @Nullable Polling current;

  /** How many pollings have not let go of their timer; close waits for all of them. */
  private int unfinished;

  private FsPollHandle(Loop loop) {
    super(loop, HandleType.FS_POLL);
  }

  /** Makes a handle, inactive ({@code uv_fs_poll_init}, src/fs-poll.c). */
  public static FsPollHandle init(Loop loop) {
    return new FsPollHandle(loop);
  }

  /**
   * Begins to ask for {@code path}, at once and then every {@code interval} ({@code
   * uv_fs_poll_start}, src/fs-poll.c). If this handle is active nothing happens: it goes on with
   * the path, the interval and the callback that it has.
   *
   * <p>The beat is counted from the moment of asking. An answer that comes late makes the handle
   * leave beats out; it neither shifts those that follow, nor are there two at once. A loop that is
   * late to ask does shift them.
   *
   * <p>Differs from C: to stop and start again while the answer is on its way is fine; in C the old
   * and the new polling then get into each other's way. And a handle that is closing is refused.
   *
   * @param path asked for with {@link Fs#stat(Loop, String, FsCallback)}: links are followed
   * @param interval milliseconds, unsigned; 0 counts as 1
   * @throws IllegalStateException if this handle is closing
   */
  public void start(String path, long interval, FsPollCallback callback) {
    checkThread();
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(callback, "callback");
    checkNotClosing();
    if (isActive()) {
      return;
    }
    Polling polling = new Polling(path, interval == 0 ? 1 : interval, callback);
    current = polling;
    unfinished++;
    handleStart();
    polling.ask();
  }

  /**
   * Ends the callbacks, also that of an answer which is on its way ({@code uv_fs_poll_stop},
   * src/fs-poll.c). Idempotent.
   *
   * <p>The loop goes on until that answer has come, or, if none is on its way, through one more
   * closing phase.
   */
  public void stop() {
    checkThread();
    Polling stopped = current;
    if (stopped == null) {
      return;
    }
    current = null;
    handleStop();
    if (stopped.isWaiting()) {
      stopped.end();
    }
  }

  /**
   * The path that this handle asks for, as it was given ({@code uv_fs_poll_getpath},
   * src/fs-poll.c).
   *
   * <p>Differs from C: there is no buffer, and so no {@code UV_ENOBUFS}.
   *
   * @throws UvException EINVAL if this handle is not active
   */
  public String getpath() {
    checkThread();
    if (current == null) {
      throw UvError.EINVAL.exception("uv_fs_poll_getpath");
    }
    return current.path;
  }

  /** As other handles; and the path, while this is active. */
  @Override
  @AnyThread
  public String toString() {
    Polling polling = current;
    return polling == null ? super.toString() : super.toString() + " '" + polling.path + '\'';
  }

  /** Stops, and waits for all that was ever started ({@code uv__fs_poll_close}, src/fs-poll.c). */
  @Override
  protected boolean onClose() {
    stop();
    return unfinished == 0;
  }

  /**
   * What goes on between one start and its stop ({@code struct poll_ctx}, src/fs-poll.c), and then
   * until the request and the timer are done with.
   */
  private final class Polling {
    /*
     * A polling waits, with its timer armed or due; or it asks, with a request on its way; or it is in
     * its callback, with neither. The handle's stop takes it out of `current`, which is all that
     * makes it the present one: a handle that was stopped and started again is active too, but with
     * another polling, and one that has been left behind must not report, nor arm its timer.
     *
     *   waits             stop closes the timer.
     *   asks, or calls    stop leaves the timer to onStat, which closes it instead of arming it.
     *
     * A timer that is due is not active any more, although it has not been called: so whether this
     * waits is not to be learnt from the timer. It is closed once in either case, and never while a
     * request is on its way. Its close callback is the end of the polling, and the last of these the end of the handle.
     */
    private final String path;
    private final long interval;
    private final FsPollCallback callback;
    private final TimerHandle timer = makeInternalTimer();
    private boolean waiting;
    private long askedAt;
    private int seen = NOTHING;
    private FsStat known = FsStat.ZERO;

    Polling(String path, long interval, FsPollCallback callback) {
      this.path = path;
      this.interval = interval;
      this.callback = callback;
    }

    boolean isWaiting() {
      return waiting;
    }

    /**
     * Asks for the path ({@code timer_cb}, src/fs-poll.c).
     *
     * <p>Differs from C: if the pool is closed, {@code UV_ECANCELED} is reported, and the handle
     * stopped. C aborts.
     */
    void ask() {
      boolean asked = false;
      try {
        askedAt = loop().now();
        Fs.stat(loop(), path, this::onStat);
        asked = true;
      } finally {
        if (!asked) {
          if (isCurrent()) {
            stop();
          }
          end();
        }
      }
    }

    /** Reports what there is to report, and waits for the next beat ({@code poll_cb}). */
    private void onStat(FsRequest request) {
      try {
        if (isCurrent()) {
          look(request);
        }
      } finally {
        // Nobody can cancel this request, so the pool is closed, and would not take the next.
        if (isCurrent() && request.result() == UvError.ECANCELED.code()) {
          stop();
        }
        if (isCurrent()) {
          timer.start(this::onBeat, untilNextBeat(), 0);
          waiting = true;
        } else {
          end();
        }
      }
    }

    private void look(FsRequest request) {
      int before = seen;
      if (request.result() < 0) {
        seen = (int) request.result();
        if (seen != before) {
          report(seen, known, FsStat.ZERO);
        }
        return;
      }
      FsStat prev = known;
      known = request.stat();
      seen = STAT;
      if (before < 0 || (before == STAT && known.differsFrom(prev))) {
        report(0, prev, known);
      }
    }

    private void report(int status, FsStat prev, FsStat curr) {
      call(FsPollHandle.this, handle -> callback.onFsPoll(handle, status, prev, curr));
    }

    private long untilNextBeat() {
      return interval - Long.remainderUnsigned(loop().now() - askedAt, interval);
    }

    private void onBeat(TimerHandle beat) {
      waiting = false;
      ask();
    }

    /** Closes the timer: nothing of this polling is left then. */
    void end() {
      timer.close(this::onTimerClosed);
    }

    /** {@code timer_close_cb}, src/fs-poll.c. */
    private void onTimerClosed(Handle closed) {
      unfinished--;
      if (unfinished == 0 && isClosing()) {
        makeClosePending();
      }
    }

    private boolean isCurrent() {
      return current == this;
    }
  }
}
