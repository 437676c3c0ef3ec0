// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.PoolRequest;
import io.minilibuv.threadpool.WorkKind;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the names of an address and a port ({@code uv_getnameinfo_t}).
 *
 * <p>A worker asks the loop's {@link NameResolver}, which may block it for long; half of the
 * workers at most do such work. It can be {@link #cancel cancelled} until a worker takes it; the
 * status is {@code UV_EAI_CANCELED} then, and not {@code UV_ECANCELED}. A lookup that has begun
 * cannot be ended.
 *
 * <p>A host without a name is told by its address, and a service without one by its number: that is
 * no error, but for {@link NameInfoFlags#NI_NAMEREQD}. Errors are {@code EAI_NONAME}, {@code
 * EAI_AGAIN} and {@code EAI_BADFLAGS}.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class GetNameInfoRequest extends PoolRequest {

  /** Told what was found ({@code uv_getnameinfo_cb}). */
  @FunctionalInterface
  public interface Callback {
    /**
     * Called on the loop's thread, once. The request is not active any more.
     *
     * @param status 0; {@code UV_EAI_CANCELED} if the request was cancelled; or another error
     * @param host null if there was an error
     * @param service null if there was an error
     */
    void onNameInfo(
        GetNameInfoRequest request, int status, @Nullable String host, @Nullable String service);
  }

  private final NameInfoCall call;
  private final NameResolver resolver;
  private final Callback callback;

  /** Written by the worker, and read by the loop's thread when the request has come back. */
  private @Nullable NameInfo found;

  private int status;
  private @Nullable NameInfo nameinfo;

  private GetNameInfoRequest(Loop loop, NameInfoCall call, Callback callback) {
    super(loop, RequestType.GETNAMEINFO);
    this.call = call;
    this.resolver = NameResolver.OF_LOOP.of(loop);
    this.callback = callback;
  }

  /**
   * Looks {@code address} up on a worker ({@code uv_getnameinfo}, src/unix/getnameinfo.c).
   *
   * @param flags {@link NameInfoFlags}, or-ed
   * @throws UvException at once, nothing is registered then: EINVAL if the address is unresolved
   */
  public static GetNameInfoRequest getnameinfo(
      Loop loop, InetSocketAddress address, int flags, Callback callback) {
    Objects.requireNonNull(callback, "callback");
    NameInfoCall call = NameInfoCall.of(address, flags);
    GetNameInfoRequest request = new GetNameInfoRequest(loop, call, callback);
    request.submit(WorkKind.SLOW_IO);
    return request;
  }

  /**
   * {@link #getnameinfo(Loop, InetSocketAddress, int, Callback)}, done here and now by {@link
   * NameResolver#system()}.
   *
   * @throws UvException for every error
   */
  @AnyThread
  public static NameInfo getnameinfo(InetSocketAddress address, int flags) {
    return NameInfoCall.of(address, flags).run(NameResolver.system());
  }

  /** What the callback was told ({@code retcode}); 0 until then. */
  public int status() {
    return status;
  }

  /** The names ({@code host}, {@code service}); null until the callback, and after an error. */
  public @Nullable NameInfo nameinfo() {
    return nameinfo;
  }

  /**
   * What the lookup has failed with, or null if it has not, or was cancelled. To be looked at from
   * the callback on.
   *
   * <p>It is a {@link UvException}, caused by what the resolver has thrown if it was that; or what
   * the resolver should not have thrown, and the status is {@code UV_UNKNOWN} then.
   */
  @Override
  public @Nullable Throwable failure() {
    return super.failure();
  }

  /** Looks up, on a worker ({@code uv__getnameinfo_work}, src/unix/getnameinfo.c). */
  @AnyThread
  @Override
  protected void work() {
    found = call.run(resolver);
  }

  /** Tells the user ({@code uv__getnameinfo_done}, src/unix/getnameinfo.c). */
  @Override
  protected void done(int result) {
    status = NameErrors.status(result, failure());
    nameinfo = found;
    String host = nameinfo == null ? null : nameinfo.host();
    String service = nameinfo == null ? null : nameinfo.service();
    callback.onNameInfo(this, status, host, service);
  }
}
