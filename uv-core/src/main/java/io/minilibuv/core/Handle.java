// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something long-lived that calls back while it is active ({@code uv_handle_t}).
 *
 * <p>A handle is made by its type's {@code init}, on a loop that it stays with until it is closed;
 * the loop cannot be closed before. While it is active <em>and</em> ref'd, which it is unless
 * {@link #unref()} says otherwise, it keeps {@link Loop#run(RunMode)} going.
 *
 * <p>All methods belong to the loop's thread. A handle is not {@code AutoCloseable}: {@link
 * #close(CloseCallback)} only asks, and the loop answers later.
 *
 * <p>Subclasses are handle types. What differs by type is {@link #onClose()}; core knows no type.
 */
// The queue node that escapes keeps its owner and does nothing with it.
@SuppressWarnings("this-escape")
public abstract non-sealed class Handle implements EventSource {

  /** Told that a handle is closed ({@code uv_close_cb}). */
  @FunctionalInterface
  public interface CloseCallback {
    /** Called once, in the closing phase; the handle has left its loop. */
    void onClosed(Handle handle);
  }

  private static final int ACTIVE = 1;
  private static final int REF = 1 << 1;
  private static final int CLOSING = 1 << 2;
  private static final int CLOSED = 1 << 3;
  private static final int INTERNAL = 1 << 4;

  private final Loop loop;
  private final HandleType type;
  private final @Nullable Throwable origin;
  private int flags = REF;
  private @Nullable Object data;
  private @Nullable CloseCallback closeCallback;

  /** The place in the loop's list of all handles ({@code handle_queue}). */
  final IntrusiveQueue.Node<Handle> handleQueue = new IntrusiveQueue.Node<>(this);

  /** The handle below this one on the loop's stack of handles to close ({@code next_closing}). */
  @Nullable Handle nextClosing;

  /** Joins {@code loop}, ref'd and inactive ({@code uv__handle_init}, src/uv-common.h). */
  protected Handle(Loop loop, HandleType type) {
    loop.checkThread();
    this.loop = loop;
    this.type = type;
    this.origin = loop.recordsOrigins() ? new Throwable("made here") : null;
    loop.handles.add(this);
  }

  /** The loop that this handle was made on ({@code uv_handle_get_loop}). */
  @Override
  @AnyThread
  public final Loop loop() {
    return loop;
  }

  /** What kind of handle this is ({@code uv_handle_get_type}). */
  @AnyThread
  public final HandleType type() {
    return type;
  }

  /** What the user keeps here ({@code uv_handle_get_data}). */
  public final @Nullable Object data() {
    return data;
  }

  /** Keeps something of the user's here ({@code uv_handle_set_data}). */
  public final void setData(@Nullable Object data) {
    loop.checkThread();
    this.data = data;
  }

  /**
   * Whether this handle has been started and not stopped ({@code uv_is_active}).
   *
   * <p>What that means is the type's: an async handle is active from {@code init} to {@code close}.
   */
  public final boolean isActive() {
    return has(ACTIVE);
  }

  /** Whether {@link #close} has been called; stays true for good ({@code uv_is_closing}). */
  public final boolean isClosing() {
    return has(CLOSING | CLOSED);
  }

  /**
   * Lets this handle keep its loop alive while it is active ({@code uv_ref}).
   *
   * <p>A flag and not a count: calling it twice changes nothing.
   */
  public final void ref() {
    loop.checkThread();
    if (has(REF)) {
      return;
    }
    flags |= REF;
    if (has(ACTIVE) && !has(CLOSING)) {
      loop.activeHandles++;
    }
  }

  /** Lets the loop end although this handle is active ({@code uv_unref}). Idempotent. */
  public final void unref() {
    loop.checkThread();
    dropRef();
  }

  /** Whether this handle is ref'd, active or not ({@code uv_has_ref}). False when it is closed. */
  public final boolean hasRef() {
    return has(REF);
  }

  /** Closes this handle without a callback: {@link #close(CloseCallback)}. */
  public final void close() {
    close(null);
  }

  /**
   * Stops this handle at once and for good, and asks the loop to let go of it ({@code uv_close},
   * src/unix/core.c).
   *
   * <p>No callback of the handle comes after this but {@code callback}, in the next closing phase.
   * Handles closed in one phase are called back last first.
   *
   * @param callback told when the loop has let go of the handle; may be null
   * @throws IllegalStateException if the handle is closing already
   */
  public final void close(@Nullable CloseCallback callback) {
    loop.checkThread();
    if (isClosing()) {
      throw new IllegalStateException(
          (has(CLOSED) ? "already closed: " : "already closing: ") + this);
    }
    flags |= CLOSING;
    closeCallback = callback;
    boolean later = false;
    try {
      later = !onClose();
    } finally {
      if (!later) {
        makeClosePending();
      }
    }
  }

  /** The type, its state as {@link Loop#printAllHandles} prints it, and an identity. */
  @Override
  @AnyThread
  public String toString() {
    return String.format(
        Locale.ROOT,
        "[%c%c%c] %-8s @%s",
        has(REF) ? 'R' : '-',
        has(ACTIVE) ? 'A' : '-',
        has(INTERNAL) ? 'I' : '-',
        type.typeName(),
        identityOf(this));
  }

  /** What tells two of the same type apart in a text, as an address does in C. */
  static String identityOf(Object object) {
    return String.format(Locale.ROOT, "%08x", System.identityHashCode(object));
  }

  /**
   * The type's part of {@link #close}: stops whatever the handle does ({@code uv__x_close}).
   *
   * @return true if the handle can be closed in the next closing phase; false if something must end
   *     first, and the type calls {@link #makeClosePending()} then. An active request or handle
   *     must keep the loop alive meanwhile
   */
  protected abstract boolean onClose();

  /** Queues this handle for the closing phase ({@code uv__make_close_pending}). */
  protected final void makeClosePending() {
    loop.closing.push(this);
  }

  /** Makes this handle active ({@code uv__handle_start}, src/uv-common.h). Idempotent. */
  // @start region="uv__handle_start"
  protected final void handleStart() {
    if (has(ACTIVE)) {
      return;
    }
    flags |= ACTIVE;
    if (has(REF)) {
      loop.activeHandles++;
    }
  }

  // @end region="uv__handle_start"

  /** Makes this handle inactive ({@code uv__handle_stop}, src/uv-common.h). Idempotent. */
  protected final void handleStop() {
    if (!has(ACTIVE)) {
      return;
    }
    flags &= ~ACTIVE;
    if (has(REF)) {
      loop.activeHandles--;
    }
  }

  /**
   * Marks this handle as the library's own ({@code UV_HANDLE_INTERNAL}): {@link Loop#walk} passes
   * over it, and it does not stop the loop from closing.
   */
  protected final void markInternal() {
    flags |= INTERNAL;
  }

  /**
   * Makes a timer of the library's own, for a handle that has a beat: {@linkplain #markInternal
   * internal}, not ref'd, and inactive.
   *
   * <p>The handle closes it. Nobody else would: the loop does not show it, and closes without it.
   * {@link #onClose} therefore answers false until the timer's close callback has come.
   */
  protected final TimerHandle makeInternalTimer() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.markInternal();
    timer.unref();
    return timer;
  }

  /** Fails unless the caller runs on the loop's thread ({@link Loop#checkThread}). */
  protected final void checkThread() {
    loop.checkThread();
  }

  /**
   * Fails if this is closing, as what would start it again does.
   *
   * @throws IllegalStateException if this is closing
   */
  protected final void checkNotClosing() {
    if (isClosing()) {
      throw new IllegalStateException("closing: " + this);
    }
  }

  /** Counts events beyond the one that brought this callback ({@code uv__metrics_inc_events}). */
  protected final void countEvents(int events) {
    loop.metrics.countDelivered(events);
  }

  /**
   * Calls the user's code for {@code handle}, seen by the observer, its exceptions handled as the
   * loop was told.
   *
   * @param callback calls it; a method reference that captures nothing costs no allocation
   */
  protected static <S extends Handle> void call(S handle, Consumer<? super S> callback) {
    handle.loop().call(handle, callback);
  }

  /**
   * Lets go of this handle, and tells who closed it ({@code uv__finish_close}, src/unix/core.c).
   */
  final void finishClose() {
    flags |= CLOSED;
    dropRef();
    handleQueue.remove();
    if (closeCallback != null) {
      loop.call(this, Handle::callClosed);
    }
  }

  final boolean isInternal() {
    return has(INTERNAL);
  }

  final @Nullable Throwable origin() {
    return origin;
  }

  private void callClosed() {
    CloseCallback callback = closeCallback;
    if (callback != null) {
      closeCallback = null;
      callback.onClosed(this);
    }
  }

  private void dropRef() {
    if (!has(REF)) {
      return;
    }
    flags &= ~REF;
    if (has(ACTIVE) && !has(CLOSING)) {
      loop.activeHandles--;
    }
  }

  private boolean has(int anyOf) {
    return (flags & anyOf) != 0;
  }
}
