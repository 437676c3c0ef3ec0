// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.LoopFuture;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What an operation of several file system requests will bring, as a {@link CompletableFuture}.
 * libuv has no such thing.
 *
 * <p>The operation completes it by {@link #settle}, on the loop's thread: stages that are chained
 * to it before then, and have no executor of their own, run there too. A request that fails
 * completes it with {@link UvException}.
 *
 * <p>{@link #cancel} is a wish until the operation next looks, between two requests: it takes back
 * what is half done then, closes what it has open, and only after that this is cancelled. A stage
 * that is chained to this does not pass a cancellation on to it.
 *
 * <p>A loop that is shut down, or whose pool is closed, cancels the operation's next request, and
 * so the operation: what it has open is closed then on the loop's thread.
 *
 * <p>Completing this by other means, {@code complete} or {@code orTimeout}, leaves the operation
 * alone: it goes on, and nobody sees what it brought.
 *
 * @param <T> what the operation brings
 */
@AnyThread
public final class FsTask<T> extends LoopFuture<T> {
  /*
   * Who is first decides: cancel moves RUNNING to CANCELLING, commit moves it to COMMITTED, and
   * neither moves again. So a cancel that has told true is never followed by a value, and one that
   * came too late says so. The state carries nothing but itself; what the operation has brought is
   * made visible by the completion, as with any CompletableFuture.
   */
  private enum State {
    RUNNING,
    CANCELLING,
    COMMITTED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final Loop loop;

  /** Makes a task that is running, for who programs the operation. */
  public FsTask(Loop loop) {
    this.loop = Objects.requireNonNull(loop, "loop");
  }

  /** Whether the operation is to end as soon as it can. It asks between two requests. */
  public boolean isCancelling() {
    return state.get() == State.CANCELLING;
  }

  /**
   * Passes the point after which the operation cannot be taken back, before the request that makes
   * it so. It may be passed again.
   *
   * @return false if it was cancelled before, and is to end
   */
  public boolean commit() {
    return state.compareAndSet(State.RUNNING, State.COMMITTED) || state.get() == State.COMMITTED;
  }

  /**
   * Ends the operation, when everything that it has open is closed. On the loop's thread.
   *
   * <p>If it was cancelled in time this is cancelled, whatever else has happened. So it is by an
   * error that says that a request was cancelled.
   *
   * @param error what the operation has failed with, or null
   * @param value what it has brought, if there is no error
   * @return false if nobody will see the value: this is cancelled, or was completed by other means
   */
  public boolean settle(@Nullable Throwable error, @Nullable T value) {
    if (isCancellation(error)) {
      // So that a cancel from now on says the same.
      state.compareAndSet(State.RUNNING, State.CANCELLING);
      super.cancel(false);
      return false;
    }
    if (!commit()) {
      super.cancel(false);
      return false;
    }
    return error != null ? completeExceptionally(error) : complete(value);
  }

  private static boolean isCancellation(@Nullable Throwable error) {
    return error instanceof UvException told && told.error() == UvError.ECANCELED;
  }

  /**
   * Asks the operation to end, and to take back what is half done. This is cancelled a little
   * later, on the loop's thread, if somebody runs it.
   *
   * @param mayInterruptIfRunning makes no difference: what a worker has begun, it ends
   * @return true if the operation ends cancelled, by this call or another; false if it is past the
   *     point of no return, or done
   */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (isDone()) {
      return isCancelled();
    }
    return state.compareAndSet(State.RUNNING, State.CANCELLING) || isCancelling();
  }

  @Override
  protected Loop loop() {
    return loop;
  }
}
