// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.AdaptiveSpin;
import io.minilibuv.core.internal.Shortcuts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits with a {@link Selector}, on every platform.
 *
 * <p>Ready keys are taken through the selector's callback and not from its set of selected keys:
 * they come in the order of the operating system and not of a hash table, and no set fills up.
 *
 * <p>It cannot tell a peer's half-close, urgent data or an error from plain readiness.
 */
final class NioPollBackend implements PollBackend {
  /*
   * A selector quietly drops the key of a channel that is closed, and a select that is waiting is
   * not woken by it: the loop would wait for ever for what cannot come. So after each select the
   * keys are counted, and if one is missing the channels of all watchers are looked at; and while
   * there are channels of users, no select waits longer than this.
   */
  private static final long CLOSED_CHECK_MILLIS = 1_000;

  private final Selector selector;
  private final Consumer<SelectionKey> collector = this::collect;
  private final Set<IoWatcher> watchers = new LinkedHashSet<>();
  private int liveKeys;
  private boolean someAreClosed;
  private final AdaptiveSpin spin = new AdaptiveSpin();
  private @Nullable NioWakeup wakeup;
  private @Nullable IoWatcher wakeupWatcher;
  private @Nullable ReadyEvents batch;

  /** Whether the wake-up found no room in the last batch. */
  private boolean owesWakeup;

  NioPollBackend() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw failure(e, "uv_loop_init");
    }
  }

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public Object targetOf(SelectableChannel channel, String call) {
    if (channel.provider() != selector.provider()) {
      throw UvError.EPERM.exception(call);
    }
    return channel;
  }

  @Override
  public void prepare(Object target, String call) {
    SelectableChannel channel = (SelectableChannel) target;
    try {
      channel.configureBlocking(false);
    } catch (ClosedChannelException e) {
      throw new UvException(UvError.EBADF.code(), call, null, e);
    } catch (IOException e) {
      throw failure(e, call);
    }
  }

  @Override
  public void register(IoWatcher watcher) {
    watchers.add(watcher);
    SelectableChannel channel = channelOf(watcher);
    if (wakeup != null && channel == wakeup.target()) {
      wakeupWatcher = watcher;
    }
    SelectionKey key = channel.keyFor(selector);
    if (key != null && key.isValid()) {
      key.attach(watcher);
      setInterest(key, interestOf(watcher));
      return;
    }
    if (key != null) {
      flush();
    }
    try {
      channel.configureBlocking(false);
      channel.register(selector, interestOf(watcher), watcher);
      liveKeys++;
    } catch (ClosedChannelException e) {
      someAreClosed = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void modify(IoWatcher watcher) {
    SelectionKey key = keyOf(watcher);
    if (key != null) {
      setInterest(key, interestOf(watcher));
    }
  }

  @Override
  public void unregister(IoWatcher watcher) {
    watchers.remove(watcher);
    if (watcher == wakeupWatcher) {
      wakeupWatcher = null;
    }
    SelectionKey key = keyOf(watcher);
    if (key != null && key.attachment() == watcher) {
      setInterest(key, 0);
      key.attach(null);
    }
  }

  @Override
  public void forget(IoWatcher watcher) {
    SelectionKey key = keyOf(watcher);
    if (key != null && key.attachment() == null) {
      key.cancel();
      liveKeys--;
    }
  }

  @Override
  public void flush() {
    try {
      selector.selectNow();
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int poll(long timeoutMillis, ReadyEvents batch) {
    this.batch = batch;
    try {
      if (owesWakeup) {
        reportWakeup(batch);
      }
      if (someAreClosed) {
        reportClosed(batch);
      }
      if (batch.size() > 0 || timeoutMillis == 0 || wakesAtOnce()) {
        look(batch);
        return batch.size();
      }
      return await(timeoutMillis, batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      this.batch = null;
    }
  }

  /** Whether the loop is to be woken up before it has begun to wait. */
  private boolean wakesAtOnce() {
    NioWakeup waking = watchedWakeup();
    return waking != null && (waking.latch().isSet() || spin.await(waking.latch()));
  }

  /** Looks for what is ready, and does not wait. */
  private void look(ReadyEvents batch) throws IOException {
    if (!knowsWithoutAsking()) {
      selector.selectNow(collector);
      noticeClosed(batch);
    }
    reportWakeup(batch);
  }

  /*
   * An interrupted thread cannot wait in a select: it returns at once. So the interrupt is put
   * aside while we wait, and given back at the end for whoever it was meant for.
   */
  private int await(long timeoutMillis, ReadyEvents batch) throws IOException {
    boolean wasInterrupted = Thread.interrupted();
    long began = System.nanoTime();
    long left = timeoutMillis;
    try {
      while (left != 0) {
        select(slice(left));
        noticeClosed(batch);
        reportWakeup(batch);
        if (batch.size() > 0) {
          return batch.size();
        }
        if (Thread.interrupted()) {
          wasInterrupted = true;
          return INTERRUPTED;
        }
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        left = timeoutMillis < 0 ? timeoutMillis : Math.max(0, timeoutMillis - waited);
      }
      return 0;
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits in the selector, unless there is a wake-up by now. */
  private void select(long millis) throws IOException {
    NioWakeup waking = watchedWakeup();
    if (waking == null) {
      selector.select(collector, millis);
      return;
    }
    if (waking.latch().fallAsleep()) {
      selector.select(collector, millis);
      spin.waited(waking.latch().isSet());
    } else {
      selector.selectNow(collector);
    }
    waking.latch().wakeUp();
  }

  /** The wake-up channel, if it is watched. */
  private @Nullable NioWakeup watchedWakeup() {
    return wakeupWatcher == null ? null : wakeup;
  }

  /** Puts the wake-up into the batch, if there is one, and sees to it that it will be. */
  private void reportWakeup(ReadyEvents batch) {
    NioWakeup waking = watchedWakeup();
    if (waking != null && wakeupWatcher != null) {
      owesWakeup = waking.latch().isSet() && !batch.add(wakeupWatcher, IoWatcher.READABLE);
    }
  }

  @Override
  public boolean isQuiet() {
    NioWakeup waking = watchedWakeup();
    return knowsWithoutAsking() && !someAreClosed && (waking == null || !waking.latch().isSet());
  }

  /**
   * Whether the selector has nothing to tell that the latch does not. It has, as long as it keeps
   * the key of another channel, be that watched or not: a channel that is closed gives up its
   * descriptor in the next select, and its peer must not wait for that.
   */
  private boolean knowsWithoutAsking() {
    return Shortcuts.POLL && liveKeys <= (wakeupWatcher == null ? 0 : 1);
  }

  private boolean watchesOnlyWakeup() {
    return watchers.size() <= (wakeupWatcher == null ? 0 : 1);
  }

  /** How long one select may wait, in its own terms: 0 is without end. */
  private long slice(long left) {
    if (watchesOnlyWakeup()) {
      return Math.max(0, left);
    }
    return left < 0 ? CLOSED_CHECK_MILLIS : Math.min(left, CLOSED_CHECK_MILLIS);
  }

  private void collect(SelectionKey key) {
    ReadyEvents ready = batch;
    if (ready == null || !(key.attachment() instanceof IoWatcher watcher)) {
      return;
    }
    if (watcher == wakeupWatcher) {
      // Reported by the latch. A byte without it is of a sender who was overtaken.
      if (wakeup != null && !wakeup.latch().isSet()) {
        wakeup.empty();
      }
    } else {
      int events = eventsOf(readyOpsOf(key));
      if (events != 0) {
        ready.add(watcher, events);
      }
    }
  }

  /*
   * Another thread may close a channel at any moment, which makes its key useless between any two
   * lines of ours. That says nothing here: the key goes with the next select, and is missed then.
   */
  private static int readyOpsOf(SelectionKey key) {
    try {
      return key.readyOps();
    } catch (CancelledKeyException e) {
      return 0;
    }
  }

  private static void setInterest(SelectionKey key, int ops) {
    try {
      key.interestOps(ops);
    } catch (CancelledKeyException e) {
      // As above: noticeClosed finds out.
    }
  }

  private void noticeClosed(ReadyEvents batch) {
    int keys = selector.keys().size();
    if (keys < liveKeys) {
      liveKeys = keys;
      reportClosed(batch);
    }
  }

  private void reportClosed(ReadyEvents batch) {
    someAreClosed = false;
    for (IoWatcher watcher : watchers) {
      if (!channelOf(watcher).isOpen()) {
        someAreClosed = true;
        batch.add(watcher, IoWatcher.ERROR | IoWatcher.HANGUP);
      }
    }
  }

  @Override
  public WakeupChannel openWakeup() {
    try {
      wakeup = new NioWakeup(selector.provider().openPipe());
      return wakeup;
    } catch (IOException e) {
      throw failure(e, "uv_async_init");
    }
  }

  @Override
  public void runEnds() {
    NioWakeup waking = watchedWakeup();
    if (waking != null && waking.latch().leave()) {
      waking.ring();
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw failure(e, "uv_loop_close");
    }
  }

  private @Nullable SelectionKey keyOf(IoWatcher watcher) {
    SelectionKey key = channelOf(watcher).keyFor(selector);
    return key != null && key.isValid() ? key : null;
  }

  private static SelectableChannel channelOf(IoWatcher watcher) {
    return (SelectableChannel) watcher.target();
  }

  /** A socket that is not connected yet becomes writable by being connected, as in C. */
  private static int interestOf(IoWatcher watcher) {
    SelectableChannel channel = channelOf(watcher);
    int ops = 0;
    if (watcher.isActive(IoWatcher.READABLE)) {
      ops |= SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    }
    if (watcher.isActive(IoWatcher.WRITABLE)) {
      ops |= SelectionKey.OP_WRITE;
      if (channel instanceof SocketChannel socket && !socket.isConnected()) {
        ops |= SelectionKey.OP_CONNECT;
      }
    }
    return ops & channel.validOps();
  }

  private static int eventsOf(int readyOps) {
    int events = 0;
    if ((readyOps & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
      events |= IoWatcher.READABLE;
    }
    if ((readyOps & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0) {
      events |= IoWatcher.WRITABLE;
    }
    return events;
  }

  private static UvException failure(IOException e, String call) {
    return new UvException(errorOf(e).code(), call, null, e);
  }

  /** The JDK tells a lack of descriptors only by the system's own words, here the English ones. */
  private static UvError errorOf(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Too many open files in system")) {
      return UvError.ENFILE;
    }
    return message.contains("Too many open files") ? UvError.EMFILE : UvError.EIO;
  }
}
