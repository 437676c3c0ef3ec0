// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.PoolRequest;
import io.minilibuv.threadpool.WorkKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the addresses of a host and the port of a service ({@code uv_getaddrinfo_t}).
 *
 * <p>A worker asks the loop's {@link NameResolver}, which may block it for long; half of the
 * workers at most do such work. Numeric hosts are never looked up. It can be {@link #cancel
 * cancelled} until a worker takes it; the status is {@code UV_EAI_CANCELED} then, and not {@code
 * UV_ECANCELED}. A lookup that has begun cannot be ended.
 *
 * <p>Of an error the status tells the code: {@code EAI_NONAME} if there is no such host, {@code
 * EAI_NODATA} if it has no such addresses, {@code EAI_AGAIN} if the resolver could not be reached,
 * {@code EAI_SERVICE} if there is no such service, and {@code EAI_ADDRFAMILY}, {@code
 * EAI_BADFLAGS}, {@code EAI_FAMILY}, {@code EAI_SOCKTYPE} for hints that do not fit.
 *
 * <p>All methods belong to the loop's thread.
 */
public final class GetAddrInfoRequest extends PoolRequest {

  /** Told what was found ({@code uv_getaddrinfo_cb}). */
  @FunctionalInterface
  public interface Callback {
    /**
     * Called on the loop's thread, once. The request is not active any more.
     *
     * @param status 0; {@code UV_EAI_CANCELED} if the request was cancelled; or another error
     * @param addrinfo what was found, at least one; empty if there was an error, where C has {@code
     *     NULL}
     */
    void onAddrInfo(GetAddrInfoRequest request, int status, List<AddrInfo> addrinfo);
  }

  private final AddrInfoCall call;
  private final NameResolver resolver;
  private final Callback callback;

  /** Written by the worker, and read by the loop's thread when the request has come back. */
  private List<AddrInfo> found = List.of();

  private int status;
  private List<AddrInfo> addrinfo = List.of();

  private GetAddrInfoRequest(Loop loop, AddrInfoCall call, Callback callback) {
    super(loop, RequestType.GETADDRINFO);
    this.call = call;
    this.resolver = NameResolver.OF_LOOP.of(loop);
    this.callback = callback;
  }

  /**
   * Looks {@code node} and {@code service} up on a worker ({@code uv_getaddrinfo},
   * src/unix/getaddrinfo.c). One of them may be null, but not both.
   *
   * <p>The answers come address by address, in the resolver's order; without hints that name a type
   * of socket, each address comes once for every type that the service is offered for; {@code
   * AddrHints.DEFAULT.withSocktype(AddrHints.SOCK_STREAM)} asks for each once. Without a node the
   * addresses are the loopback ones, or the wildcards with {@link AddrHints#AI_PASSIVE}.
   *
   * <p>A service is a number or a name in the system's table ({@code /etc/services}). Names may be
   * in Unicode; they are encoded for DNS.
   *
   * @param node a name, or an address such as {@code 127.0.0.1} or {@code fe80::1%eth0}
   * @param hints null stands for {@link AddrHints#DEFAULT}
   * @throws UvException at once, nothing is registered then: EINVAL without node and service, or
   *     for a node that is empty, longer than 255, or cannot be encoded, or for a NUL in either
   */
  public static GetAddrInfoRequest getaddrinfo(
      Loop loop,
      @Nullable String node,
      @Nullable String service,
      @Nullable AddrHints hints,
      Callback callback) {
    Objects.requireNonNull(callback, "callback");
    AddrInfoCall call = AddrInfoCall.of(node, service, hints);
    GetAddrInfoRequest request = new GetAddrInfoRequest(loop, call, callback);
    request.submit(WorkKind.SLOW_IO);
    return request;
  }

  /**
   * {@link #getaddrinfo(Loop, String, String, AddrHints, Callback)}, done here and now by {@link
   * NameResolver#system()}.
   *
   * @throws UvException for every error
   */
  @AnyThread
  public static List<AddrInfo> getaddrinfo(
      @Nullable String node, @Nullable String service, @Nullable AddrHints hints) {
    return AddrInfoCall.of(node, service, hints).run(NameResolver.system());
  }

  /** What the callback was told ({@code retcode}); 0 until then. */
  public int status() {
    return status;
  }

  /** What was found ({@code addrinfo}); empty until the callback, and after an error. */
  public List<AddrInfo> addrinfo() {
    return addrinfo;
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

  /** Looks up, on a worker ({@code uv__getaddrinfo_work}, src/unix/getaddrinfo.c). */
  @AnyThread
  @Override
  protected void work() {
    found = call.run(resolver);
  }

  /** Tells the user ({@code uv__getaddrinfo_done}, src/unix/getaddrinfo.c). */
  @Override
  protected void done(int result) {
    status = NameErrors.status(result, failure());
    addrinfo = found;
    callback.onAddrInfo(this, status, addrinfo);
  }
}
