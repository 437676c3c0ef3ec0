// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something short-lived that is asked for once and answers once ({@code uv_req_t}).
 *
 * <p>From the moment that it is submitted until just before its callback, a request is active and
 * keeps its loop alive. All methods belong to the loop's thread.
 *
 * <p>Subclasses are request types: they register when they are submitted, and unregister
 * <em>before</em> they call back, so that in the last callback the loop is no longer alive.
 */
// The queue node that escapes keeps its owner and does nothing with it.
@SuppressWarnings("this-escape")
public abstract non-sealed class Request implements EventSource {

  private final Loop loop;
  private final RequestType type;
  private final IntrusiveQueue.Node<Request> activeQueue = new IntrusiveQueue.Node<>(this);
  private @Nullable Object data;

  /** Makes a request that is not active yet ({@code uv__req_init}, src/uv-common.h, first half). */
  protected Request(Loop loop, RequestType type) {
    loop.checkThread();
    this.loop = loop;
    this.type = type;
  }

  @Override
  @AnyThread
  public final Loop loop() {
    return loop;
  }

  /** What kind of request this is ({@code uv_req_get_type}). */
  @AnyThread
  public final RequestType type() {
    return type;
  }

  /** What the user keeps here ({@code uv_req_get_data}). */
  public final @Nullable Object data() {
    return data;
  }

  /** Keeps something of the user's here ({@code uv_req_set_data}). */
  public final void setData(@Nullable Object data) {
    loop.checkThread();
    this.data = data;
  }

  /** Whether this request has been submitted and has not called back. */
  public final boolean isActive() {
    return activeQueue.isLinked();
  }

  /**
   * Takes this request back, if it has not begun ({@code uv_cancel}, src/threadpool.c).
   *
   * <p>A cancelled request still calls back, later and not from here, with {@code UV_ECANCELED};
   * with {@code UV_EAI_CANCELED} if it looks up a name or an address.
   *
   * @throws UvException EBUSY if it has begun or is done; EINVAL if its type cannot be cancelled
   */
  public final void cancel() {
    loop.checkThread();
    UvError.orThrow(tryCancel(), "uv_cancel");
  }

  /** The type's part of {@link #cancel}: 0, or a negative code. */
  protected int tryCancel() {
    return UvError.EINVAL.code();
  }

  /** Makes this request active ({@code uv__req_register}, src/uv-common.h). */
  protected final void register() {
    loop.checkThread();
    loop.activeRequests.insertTail(activeQueue);
  }

  /** Makes this request inactive ({@code uv__req_unregister}, src/uv-common.h). */
  protected final void unregister() {
    activeQueue.remove();
  }

  /**
   * Calls the user's code for {@code request}, seen by the observer, its exceptions handled as the
   * loop was told.
   *
   * @param callback calls it; a method reference that captures nothing costs no allocation
   */
  protected static <S extends Request> void call(S request, Consumer<? super S> callback) {
    request.loop().call(request, callback);
  }

  @Override
  @AnyThread
  public String toString() {
    return type.typeName() + " request @" + Handle.identityOf(this);
  }

  final IntrusiveQueue.Node<Request> activeNode() {
    return activeQueue;
  }
}
