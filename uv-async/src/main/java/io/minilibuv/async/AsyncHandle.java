// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Handle;
import io.minilibuv.core.HandleType;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A handle that lets any thread make its loop call back ({@code uv_async_t}).
 *
 * <p>{@link #send} may be called from any thread, the rest only from the loop's. Sends that come
 * before the callback runs are merged: five may give one call, never none. It carries no data:
 * publish what the callback is to read before you send. Active from {@link #init} to {@link
 * #close}. What hands over data, and loses none, is {@link AsyncQueue}.
 */
// The state that it escapes to works on the same thread, and does not call it back.
@SuppressWarnings("this-escape")
public sealed class AsyncHandle extends Handle permits AsyncQueue, InternalAsyncHandle {

  /** Called when somebody has sent ({@code uv_async_cb}). */
  @FunctionalInterface
  public interface Callback {
    /**
     * Called in the poll phase. It sees all that the senders had written before they sent, of every
     * send that is merged into this call. A send from now on brings another call, in a later poll.
     */
    void onAsync(AsyncHandle handle);
  }

  /*
   * The word. Bit 0 says that a send is pending: the callback has not been called for it. The bits
   * above count the senders that have set it and are still busy waking the loop up.
   *
   *   send    finds no pending: adds both in one step, wakes the loop, takes its count back.
   *           finds pending: a callback is to come anyway, and somebody sees to the wake-up.
   *   loop    takes the pending bit away, then calls back.
   *   close   sets the pending bit for good, so that no sender starts any more, and waits for the
   *           count to become 0. After that nobody touches the wake-up channel by this handle.
   *
   * Since both are in one word, there is no moment in which a sender has begun and close does not
   * know of it.
   *
   * What a sender has written must be visible to the callback that its send is merged into. The
   * edge is the word itself: every way through send ends in a successful compare-and-set, which is a
   * volatile write, and the loop takes the bit by one too, which is a volatile read. The one that
   * comes later sees what was written before the one that comes earlier. If the sender's is earlier,
   * the callback sees its data. If the loop's is earlier, the sender cannot have found the bit set,
   * or its compare-and-set fails and looks again. So a sender that finds pending exchanges the
   * value for itself. A mere read at that place would be cheaper, and wrong: a read is no edge, and
   * the processor may do it before the sender's own writes leave its store buffer. The callback that
   * is to come would miss them, and no other would follow.
   *
   * C leaves all this to the kernel's eventfd, and does not have it on the path of a merged send.
   */
  // @start region="uv_async_t"
  private static final int PENDING = 1;

  private static final int SENDER = 1 << 1;

  /** How often close looks before it gives its turn to a sender that does not run; libuv's. */
  private static final int SPINS = 997;

  // In the handle itself: a sender comes by a handle that no processor has at hand.
  private static final AtomicIntegerFieldUpdater<AsyncHandle> WORD =
      AtomicIntegerFieldUpdater.newUpdater(AsyncHandle.class, "word");

  private volatile int word;
  private final AsyncState state;
  private final @Nullable Callback callback;

  /** The place among the loop's async handles ({@code queue}). Written by the loop's thread. */
  volatile int place;

  // @end region="uv_async_t"

  /** Makes a handle that is active: {@link #init}. For those of the library's own. */
  // @start region="uv_async_init"
  protected AsyncHandle(Loop loop, @Nullable Callback callback) {
    super(AsyncState.start(loop), HandleType.ASYNC);
    this.callback = callback;
    this.state = AsyncState.of(loop);
    state.add(this);
    handleStart();
  }

  // @end region="uv_async_init"

  /**
   * Makes a handle, which is active from now on ({@code uv_async_init}, src/unix/async.c).
   *
   * <p>The handles of a loop are called back in the order of their making, whatever the order of
   * the sends. One that is made by a callback of another waits for the next poll, and comes before
   * those that the loop had not got to then.
   *
   * @param callback may be null: then a send only makes the loop's poll return
   * @throws UvException EMFILE and the like, if this is the loop's first and the wake-up channel
   *     cannot be opened
   */
  public static AsyncHandle init(Loop loop, @Nullable Callback callback) {
    return new AsyncHandle(loop, callback);
  }

  /**
   * Has the loop call back, soon, once or more ({@code uv_async_send}, src/unix/async.c).
   *
   * <p>Never blocks, fails or allocates, and may be called in any state of the thread, interrupted
   * too. Sends since the last callback began are merged. On a handle that is closing it does
   * nothing, and does not wake the loop either.
   *
   * <p>What the calling thread has written before is visible to the callback.
   *
   * <p>Differs from C: that holds for merged sends too.
   */
  // @start region="uv_async_send"
  @AnyThread
  public final void send() {
    int seen = word;
    while (!WORD.compareAndSet(this, seen, sent(seen))) {
      seen = word;
    }
    if ((seen & PENDING) != 0) {
      state.merged(this);
      return;
    }
    // Nothing that can fail comes in between: close waits for our count.
    try {
      state.wakeup(this);
    } finally {
      WORD.getAndAdd(this, -SENDER);
    }
  }

  /** What a send makes of the word: nothing else if it finds it pending. */
  private static int sent(int seen) {
    return isPending(seen) ? seen : seen + PENDING + SENDER;
  }

  private static boolean isPending(int word) {
    return (word & PENDING) != 0;
  }

  // @end region="uv_async_send"

  /** Whether a callback is to come. On the loop's thread, and while this is not closing. */
  final boolean isPending() {
    return isPending(word);
  }

  /** Calls back if somebody has sent, and lets senders begin anew before that. */
  // @start region="deliver"
  final void deliver() {
    if (!isPending()) {
      return;
    }
    WORD.getAndUpdate(this, seen -> seen & ~PENDING);
    if (callback != null) {
      call(this, AsyncHandle::callBack);
    }
  }

  // @end region="deliver"

  private void callBack() {
    Callback current = callback;
    if (current != null) {
      current.onAsync(this);
    }
  }

  /** Has this handle called back before all others of its loop. */
  protected final void goFirst() {
    state.moveToFront(this);
  }

  /** Lets nobody send any more, and leaves the loop's list ({@code uv__async_close}). */
  // @start region="uv__async_close"
  @Override
  protected boolean onClose() {
    spin();
    state.remove(this);
    handleStop();
    return true;
  }

  // @end region="uv__async_close"

  /**
   * Makes all sends from now on do nothing, and waits for those that are going on ({@code
   * uv__async_spin}, src/unix/async.c). On the loop's thread.
   */
  // @start region="uv__async_spin"
  final void spin() {
    WORD.getAndUpdate(this, seen -> seen | PENDING);
    for (int spins = 0; word >= SENDER; spins++) {
      spinOnce(spins);
    }
  }

  /** Lets another thread get on that is about to finish something, for the {@code spins}th time. */
  // One that is not running while we look may need this very processor.
  @SuppressWarnings("ThreadPriorityCheck")
  static void spinOnce(int spins) {
    if (spins % SPINS == SPINS - 1) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }
  // @end region="uv__async_spin"
}
