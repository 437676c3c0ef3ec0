// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when an amount of time has passed, once or again and again ({@code uv_timer_t}).
 *
 * <p>Times are whole milliseconds of the loop's own time, which stands still between one {@link
 * Loop#updateTime()} and the next. They are unsigned, as in C: {@code -1L} is 2<sup>64</sup>-1, and
 * means never. A timer fires in the first timer phase in which it is due, not before, and as much
 * later as the callbacks before it take.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class TimerHandle extends Handle {

  /** Called when the timer is due ({@code uv_timer_cb}). */
  @FunctionalInterface
  public interface Callback {
    /** Called in the timer phase; a repeating timer has been re-armed already. */
    void onTimer(TimerHandle handle);
  }

  /** {@link #place} of a timer that is neither in the heap nor in the ready queue. */
  static final int NOWHERE = -1;

  /** The index in the heap; {@link #NOWHERE}; or below that, {@link #readyPlace}. */
  int place = NOWHERE;

  long deadline;
  long startId;
  private long repeat;
  private @Nullable Callback callback;

  private TimerHandle(Loop loop) {
    super(loop, HandleType.TIMER);
  }

  /** Makes a timer, inactive and without a repeat ({@code uv_timer_init}, src/timer.c). */
  public static TimerHandle init(Loop loop) {
    return new TimerHandle(loop);
  }

  /**
   * Starts this timer, or starts it anew ({@code uv_timer_start}, src/timer.c).
   *
   * <p>Timers for the same moment fire in the order in which they were started. With 0 the timer
   * fires in the next timer phase that begins; from a timer callback, that is the next iteration's.
   * The loop's time is not refreshed first: after long work, call {@link Loop#updateTime()}.
   *
   * @param timeout milliseconds from {@link Loop#now()}, unsigned; saturates
   * @param repeat milliseconds between further calls, unsigned; 0 for a single one
   * @throws UvException EINVAL if this handle is closing
   */
  public void start(Callback callback, long timeout, long repeat) {
    checkThread();
    Objects.requireNonNull(callback, "callback");
    if (isClosing()) {
      throw UvError.EINVAL.exception("uv_timer_start");
    }
    stop();
    this.callback = callback;
    this.repeat = repeat;
    arm(timeout);
  }

  /**
   * Stops this timer, also if it is due in the timer phase that is going on ({@code uv_timer_stop},
   * src/timer.c). Idempotent.
   */
  public void stop() {
    checkThread();
    loop().timers.remove(this);
    handleStop();
  }

  /**
   * Starts this timer anew with its repeat as the timeout ({@code uv_timer_again}, src/timer.c).
   *
   * <p>Without a repeat it does nothing at all: an active timer goes on.
   *
   * @throws UvException EINVAL if this timer was never started
   */
  public void again() {
    checkThread();
    if (callback == null) {
      throw UvError.EINVAL.exception("uv_timer_again");
    }
    rearm();
  }

  /**
   * Sets the repeat, from the next re-arming on ({@code uv_timer_set_repeat}, src/timer.c).
   *
   * <p>A repeating timer is re-armed before its callback, so that a change made there counts one
   * call later. A single-shot timer that is given a repeat repeats from its first call on.
   *
   * @param repeat milliseconds, unsigned; 0 for none
   */
  public void setRepeat(long repeat) {
    checkThread();
    this.repeat = repeat;
  }

  /** The repeat in milliseconds, unsigned, 0 if none ({@code uv_timer_get_repeat}, src/timer.c). */
  public long repeat() {
    return repeat;
  }

  /**
   * Milliseconds from {@link Loop#now()} to the deadline, unsigned, 0 if it has passed ({@code
   * uv_timer_get_due_in}, src/timer.c). A stopped timer still tells of its last deadline.
   */
  public long dueIn() {
    long now = loop().now();
    return Long.compareUnsigned(now, deadline) >= 0 ? 0 : deadline - now;
  }

  @Override
  protected boolean onClose() {
    stop();
    return true;
  }

  /** Starts a repeating timer anew, from the loop's now: beats that were missed are lost. */
  void rearm() {
    if (repeat != 0 && !isClosing()) {
      stop();
      arm(repeat);
    }
  }

  void callBack() {
    Callback current = callback;
    if (current != null) {
      current.onTimer(this);
    }
  }

  static int readyPlace(int index) {
    return NOWHERE - 1 - index;
  }

  static int readyIndex(int place) {
    return NOWHERE - 1 - place;
  }

  // @start region="arm"
  private void arm(long timeout) {
    long now = loop().now();
    long sum = now + timeout;
    deadline = Long.compareUnsigned(sum, timeout) < 0 ? -1 : sum;
    loop().timers.add(this);
    handleStart();
  }

  // @end region="arm"
}
