// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request of the pool will bring, as a {@link CompletableFuture}. libuv has no such thing.
 *
 * <p>The request's callback completes it, on the loop's thread: stages that are chained to it
 * before then, and have no executor of their own, run there too. A negative status completes it
 * with {@link UvException}, work that throws with what it has thrown, and a cancelled request
 * cancels it.
 *
 * <p>{@link #cancel} reaches {@code uv_cancel}, and its result tells whether that came in time.
 *
 * <p>Completing this by other means, {@code complete} or {@code orTimeout}, leaves the request
 * alone: it is done, and nobody sees what it brought. Nor does cancelling a stage that is chained
 * to this cancel the request.
 *
 * @param <T> what the request brings
 */
@AnyThread
public final class RequestFuture<T> extends LoopFuture<T> {
  /*
   * The request is written on the loop's thread, before that returns from run and so before it can
   * complete this. Another thread that cancels finds it by the volatile read. It finds null only if
   * it was given this future by the function that submits the request, before that has returned.
   */
  private volatile @Nullable PoolRequest request;

  private RequestFuture() {}

  /**
   * Queues {@code work} for the loop's pool, as {@link WorkRequest#queue} does. On the loop's
   * thread.
   *
   * @param work called on a worker; what it returns or throws completes the future
   * @throws IllegalStateException if called on another thread, or if the loop's pool is closed
   */
  public static <T> RequestFuture<T> work(Loop loop, Callable<? extends T> work) {
    Objects.requireNonNull(work, "work");
    return of(future -> new Computation<T>(work, future).queue(loop));
  }

  /**
   * Makes a future for a request of any type. On the loop's thread.
   *
   * <pre>{@code
   * RequestFuture.<List<AddrInfo>>of(
   *     future ->
   *         GetAddrInfoRequest.getaddrinfo(
   *             loop, "localhost", "80", null,
   *             (request, status, found) ->
   *                 future.settle(request, "uv_getaddrinfo", status, found)))
   * }</pre>
   *
   * @param submit submits the request, with a callback that calls {@link #settle}
   */
  public static <T> RequestFuture<T> of(
      Function<? super RequestFuture<T>, ? extends PoolRequest> submit) {
    RequestFuture<T> future = new RequestFuture<>();
    future.request = Objects.requireNonNull(submit.apply(future), "submitted");
    return future;
  }

  /**
   * Completes this, from the request's callback.
   *
   * @param call what the request asked for, for errors: {@code uv_getaddrinfo}
   * @param status what the callback was told; negative for an error
   * @param value what the request has brought, if there is no error
   */
  public void settle(PoolRequest settled, String call, int status, @Nullable T value) {
    Throwable failure = settled.failure();
    if (failure == null && status < 0) {
      failure = new UvException(status, call, null);
    }
    settle(failure, value);
  }

  /**
   * Completes this, from the callback of a request that tells its own error.
   *
   * @param error what the request has failed with, or null; a {@link UvException} with the code of
   *     a cancellation cancels this
   * @param value what the request has brought, if there is no error
   * @return false if this was completed before, by other means: nobody will see the value
   */
  public boolean settle(@Nullable Throwable error, @Nullable T value) {
    if (error == null) {
      return complete(value);
    }
    if (error instanceof UvException told && isCancellation(told.code())) {
      boolean pending = !isDone();
      super.cancel(false);
      return pending;
    }
    return completeExceptionally(error);
  }

  private static boolean isCancellation(int status) {
    return status == UvError.ECANCELED.code() || status == UvError.EAI_CANCELED.code();
  }

  /**
   * Takes the request back, if no worker has it yet ({@code uv_cancel}).
   *
   * <p>On the loop's thread this is cancelled when it returns true. On others it will be, a little
   * later and on the loop's thread, if somebody runs it. May be called by any thread, which {@code
   * uv_cancel} may not.
   *
   * @param mayInterruptIfRunning makes no difference: what a worker has begun, it ends
   * @return true if the request was cancelled before it ran, by this call or another; false if it
   *     was already running or done, and this future is completed with what it brings
   */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    PoolRequest current = request;
    if (isDone() || current == null || current.takeBack() != 0) {
      return isCancelled();
    }
    if (current.loop().isLoopThread()) {
      super.cancel(false);
    }
    return true;
  }

  @Override
  protected @Nullable Loop loop() {
    PoolRequest current = request;
    return current != null ? current.loop() : null;
  }

  /** The user's computation, on its way through a worker and back. */
  private static final class Computation<T> {
    private final Callable<? extends T> work;
    private final RequestFuture<T> future;
    private @Nullable T value;

    Computation(Callable<? extends T> work, RequestFuture<T> future) {
      this.work = work;
      this.future = future;
    }

    PoolRequest queue(Loop loop) {
      return WorkRequest.queue(
          loop,
          request -> value = work.call(),
          (request, status) -> future.settle(request, "uv_queue_work", status, value));
    }
  }
}
