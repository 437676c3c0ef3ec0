// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static io.minilibuv.linux.poll.EpollEvents.ADD;
import static io.minilibuv.linux.poll.EpollEvents.DELETE;
import static io.minilibuv.linux.poll.EpollEvents.EDGE_TRIGGERED;
import static io.minilibuv.linux.poll.EpollEvents.MODIFY;
import static io.minilibuv.linux.poll.EpollEvents.NONBLOCK;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.PollBackend;
import io.minilibuv.core.ReadyEvents;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.core.WakeupChannel;
import io.minilibuv.core.internal.AdaptiveSpin;
import io.minilibuv.core.internal.Shortcuts;
import io.minilibuv.linux.ffi.Scratch;
import java.nio.channels.SelectableChannel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits with epoll, as libuv does on Linux ({@code uv__io_poll}, src/unix/linux.c).
 *
 * <p>All targets are {@link FdTarget}s. All but the eventfd are watched level-triggered.
 */
final class EpollPollBackend implements PollBackend {
  /*
   * The kernel forgets a descriptor that is closed, without a word, and a loop that watches it would
   * wait for ever. Of a raw descriptor nobody can tell: its number may be in use again, and libuv
   * leaves it at that. A channel knows whether it is closed. So the channels that are watched are
   * looked at once a second, and while there are any no wait is longer than that.
   *
   * A watcher whose descriptor is found to be closed is broken: it is reported as that in each poll,
   * until it is stopped. Its number is not touched any more, for it may be another channel's.
   *
   * An interrupt of the thread has no effect on a native call, and stays for whoever it is meant
   * for.
   */
  private static final long CLOSED_CHECK_MILLIS = 1_000;

  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;

  private final PollCalls calls;
  private final ChannelNumbers numbers;
  private final Epoll epoll;
  private final FdTable table = new FdTable();
  private final Set<IoWatcher> onChannels = new LinkedHashSet<>();
  private final Set<IoWatcher> broken = new LinkedHashSet<>();
  private long lookedForClosed = System.nanoTime();
  private final AdaptiveSpin spin = new AdaptiveSpin();

  /** How many watchers the kernel watches for. */
  private int registered;

  private @Nullable EventfdWakeup wakeup;
  private @Nullable IoWatcher wakeupWatcher;

  EpollPollBackend(PollCalls calls, ChannelNumbers numbers) {
    this.calls = calls;
    this.numbers = numbers;
    this.epoll = new Epoll(calls);
  }

  @Override
  public String name() {
    return "epoll";
  }

  @Override
  public FdTarget targetOf(SelectableChannel channel, String call) {
    FdTarget target = table.find(numbers.numberOf(channel, call), channel);
    if (target.registered != null) {
      onChannels.add(target.registered);
    }
    return target;
  }

  @Override
  public FdTarget targetOf(int fd, String call) {
    return table.find(fd, null);
  }

  @Override
  public int fileno(Object target) {
    return ((FdTarget) target).fd;
  }

  /** The call that refuses files is the one that would begin to watch ({@code uv__io_check_fd}). */
  @Override
  public void prepare(Object target, String call) {
    FdTarget prepared = (FdTarget) target;
    int result = epoll.control(ADD, prepared.fd, EpollEvents.IN);
    if (result == 0 || result == UvError.EEXIST.code()) {
      result = epoll.control(DELETE, prepared.fd, 0);
    }
    UvError.orThrow(result, call);
    if (prepared.channel == null) {
      makeNonBlocking(prepared.fd, call);
    }
    if (prepared.isGone()) {
      throw UvError.EBADF.exception(call);
    }
    claim(prepared);
    prepared.watchers++;
  }

  /** Has it never block ({@code uv__nonblock}, src/unix/internal.h). */
  private void makeNonBlocking(int fd, String call) {
    try (Scratch scratch = Scratch.take()) {
      int flags = UvError.orThrow(calls.fcntl(scratch, fd, F_GETFL, 0), call);
      if ((flags & NONBLOCK) == 0) {
        UvError.orThrow(calls.fcntl(scratch, fd, F_SETFL, flags | NONBLOCK), call);
      }
    }
  }

  /**
   * Gives {@code target} its number, which only a descriptor that is closed can have had before.
   */
  private void claim(FdTarget target) {
    FdTarget before = table.put(target);
    if (before != null && before.registered != null) {
      breakOff(before.registered, before);
    }
  }

  @Override
  public void register(IoWatcher watcher) {
    FdTarget target = targetOf(watcher);
    if (target.isGone()) {
      broken.add(watcher);
      return;
    }
    boolean wakes = wakeup != null && target == wakeup.target();
    int events = EpollEvents.ofWatcher(watcher.wanted()) | (wakes ? EDGE_TRIGGERED : 0);
    if (!control(target, ADD, UvError.EEXIST, MODIFY, events)) {
      broken.add(watcher);
      return;
    }
    claim(target);
    target.registered = watcher;
    registered++;
    if (wakes) {
      wakeupWatcher = watcher;
    }
    if (target.channel != null) {
      onChannels.add(watcher);
    }
    // If it was closed before that call, the call may have been about somebody else's descriptor.
    if (target.isGone()) {
      epoll.control(DELETE, target.fd, 0);
      breakOff(watcher, target);
    }
  }

  @Override
  public void modify(IoWatcher watcher) {
    FdTarget target = targetOf(watcher);
    if (target.registered != watcher) {
      return;
    }
    int events = EpollEvents.ofWatcher(watcher.wanted());
    events |= watcher == wakeupWatcher ? EDGE_TRIGGERED : 0;
    if (target.isGone() || !control(target, MODIFY, UvError.ENOENT, ADD, events)) {
      breakOff(watcher, target);
    }
  }

  @Override
  public void unregister(IoWatcher watcher) {
    FdTarget target = targetOf(watcher);
    broken.remove(watcher);
    if (target.registered == watcher) {
      detach(watcher, target);
      if (!target.isGone()) {
        // The kernel may have forgotten it already.
        epoll.control(DELETE, target.fd, 0);
      }
    }
  }

  private void breakOff(IoWatcher watcher, FdTarget target) {
    detach(watcher, target);
    broken.add(watcher);
  }

  private void detach(IoWatcher watcher, FdTarget target) {
    target.registered = null;
    registered--;
    onChannels.remove(watcher);
    if (watcher == wakeupWatcher) {
      wakeupWatcher = null;
    }
  }

  /** Nothing is left with the kernel: to stop a watcher has seen to that. */
  @Override
  public void forget(IoWatcher watcher) {
    FdTarget target = targetOf(watcher);
    if (--target.watchers <= 0) {
      table.remove(target);
    }
  }

  @Override
  public void flush() {}

  @Override
  public int poll(long timeoutMillis, ReadyEvents batch) {
    EventfdWakeup waking = watchedWakeup();
    if (waking != null && waking.isReported()) {
      report(waking, batch);
    }
    if (!broken.isEmpty()) {
      broken.forEach(watcher -> batch.add(watcher, IoWatcher.ERROR | IoWatcher.HANGUP));
    }
    boolean now = batch.size() > 0 || timeoutMillis == 0 || (waking != null && wakesAtOnce(waking));
    if (now && Shortcuts.POLL && watchesOnlyWakeup()) {
      reportIfSet(waking, batch);
      return batch.size();
    }
    long left = now ? 0 : timeoutMillis;
    boolean sliced = !onChannels.isEmpty();
    long began = sliced ? System.nanoTime() : 0;
    for (; ; ) {
      long wait = sliced ? slice(left) : left;
      int told = waitFor(wait, batch);
      if (sliced) {
        lookForClosed(wait > 0 && told == 0, batch);
      }
      if (batch.size() > 0) {
        // It may have more to tell, however many of these are still watched.
        return told == ReadyEvents.CAPACITY ? told : batch.size();
      }
      if (told != 0) {
        return INTERRUPTED;
      }
      if (wait == left) {
        return 0;
      }
      left = timeoutMillis < 0 ? timeoutMillis : Math.max(0, timeoutMillis - millisSince(began));
    }
  }

  private static long slice(long left) {
    return left < 0 ? CLOSED_CHECK_MILLIS : Math.min(left, CLOSED_CHECK_MILLIS);
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /**
   * Asks the kernel once.
   *
   * @return how many events it told; 0 if the time is up, less if a signal came
   */
  private int waitFor(long millis, ReadyEvents batch) {
    EventfdWakeup waking = watchedWakeup();
    int count = waking == null || millis == 0 ? epoll.await(millis) : sleep(waking, millis);
    for (int i = 0; i < count; i++) {
      collect(epoll.fd(i), epoll.events(i), batch);
    }
    reportIfSet(waking, batch);
    return count;
  }

  private int sleep(EventfdWakeup waking, long millis) {
    boolean asleep = waking.latch().fallAsleep();
    try {
      return epoll.await(asleep ? millis : 0);
    } finally {
      if (asleep) {
        spin.waited(waking.latch().isSet());
      }
      waking.latch().wakeUp();
    }
  }

  /** Whether the loop is to be woken up before it has begun to wait. */
  private boolean wakesAtOnce(EventfdWakeup waking) {
    return waking.latch().isSet() || spin.await(waking.latch());
  }

  @Override
  public boolean isQuiet() {
    EventfdWakeup waking = watchedWakeup();
    return Shortcuts.POLL
        && watchesOnlyWakeup()
        && broken.isEmpty()
        && (waking == null || !waking.latch().isSet());
  }

  private boolean watchesOnlyWakeup() {
    return registered == (wakeupWatcher == null ? 0 : 1);
  }

  private void collect(int fd, int events, ReadyEvents batch) {
    FdTarget target = table.get(fd);
    IoWatcher watcher = target == null ? null : target.registered;
    if (watcher == null) {
      // Nobody here watches it any more, and yet it is open: somebody else has it too.
      epoll.control(DELETE, fd, 0);
    } else if (watcher != wakeupWatcher) {
      batch.add(watcher, EpollEvents.toWatcher(events));
    } else {
      reportIfSet(wakeup, batch);
    }
  }

  /** The wake-up channel, if its watcher is registered. */
  private @Nullable EventfdWakeup watchedWakeup() {
    return wakeupWatcher != null ? wakeup : null;
  }

  private void reportIfSet(@Nullable EventfdWakeup waking, ReadyEvents batch) {
    if (waking != null && waking.latch().isSet()) {
      report(waking, batch);
    }
  }

  private void report(EventfdWakeup waking, ReadyEvents batch) {
    waking.report();
    if (wakeupWatcher != null) {
      batch.add(wakeupWatcher, IoWatcher.READABLE);
    }
  }

  private void lookForClosed(boolean now, ReadyEvents batch) {
    long time = System.nanoTime();
    if (!now && time - lookedForClosed < TimeUnit.MILLISECONDS.toNanos(CLOSED_CHECK_MILLIS)) {
      return;
    }
    lookedForClosed = time;
    for (Iterator<IoWatcher> each = onChannels.iterator(); each.hasNext(); ) {
      IoWatcher watcher = each.next();
      FdTarget target = targetOf(watcher);
      if (target.isGone()) {
        each.remove();
        breakOff(watcher, target);
        batch.add(watcher, IoWatcher.ERROR | IoWatcher.HANGUP);
      }
    }
  }

  @Override
  public WakeupChannel openWakeup() {
    EventfdWakeup opened = EventfdWakeup.open(calls);
    wakeup = opened;
    return opened;
  }

  @Override
  public void runEnds() {
    EventfdWakeup waking = watchedWakeup();
    if (waking != null && waking.latch().leave()) {
      waking.ring();
    }
  }

  @Override
  public void close() {
    epoll.close();
  }

  private static FdTarget targetOf(IoWatcher watcher) {
    return (FdTarget) watcher.target();
  }

  /**
   * Does {@code operation}, or {@code instead} if that says {@code other}.
   *
   * @return false if the descriptor is closed, or of a kind that cannot be watched by now
   * @throws UvException ENOSPC and ENOMEM
   */
  private boolean control(FdTarget target, int operation, UvError other, int instead, int events) {
    int result = epoll.control(operation, target.fd, events);
    if (result == other.code()) {
      result = epoll.control(instead, target.fd, events);
    }
    if (result == UvError.EBADF.code() || result == UvError.EPERM.code()) {
      return false;
    }
    UvError.orThrow(result, "epoll_ctl");
    return true;
  }
}
