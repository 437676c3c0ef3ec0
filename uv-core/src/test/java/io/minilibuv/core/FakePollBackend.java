// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.nio.channels.SelectableChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A poll backend that a test plays: it answers what it was told to, one answer a poll, and keeps
 * what it was told about watchers. Without an answer left, the time is up.
 */
final class FakePollBackend implements PollBackend {

  /** One answer of {@link #poll}. */
  @FunctionalInterface
  interface Answer {
    int poll(long timeoutMillis, ReadyEvents batch);
  }

  /** What the loop has said about its watchers, in order. */
  final List<String> told = new ArrayList<>();

  /** The timeouts of all polls. */
  final List<Long> timeouts = new ArrayList<>();

  final Set<IoWatcher> registered = new LinkedHashSet<>();

  boolean closed;

  private RuntimeException failure;

  private final Deque<Answer> answers = new ArrayDeque<>();

  FakePollBackend answer(Answer answer) {
    answers.add(answer);
    return this;
  }

  /** The next poll has this watcher ready. */
  FakePollBackend ready(IoWatcher watcher, int events) {
    return answer(
        (timeout, batch) -> {
          batch.add(watcher, events);
          return batch.size();
        });
  }

  /** The next poll has nothing ready, and its time is up at once. */
  FakePollBackend nothing() {
    return answer((timeout, batch) -> 0);
  }

  /** The next poll is interrupted. */
  FakePollBackend interrupted() {
    return answer((timeout, batch) -> INTERRUPTED);
  }

  /** The next poll has every registered watcher ready for all that it wants. */
  FakePollBackend everything() {
    return answer(
        (timeout, batch) -> {
          for (IoWatcher watcher : registered) {
            if (!batch.add(watcher, watcher.wanted())) {
              break;
            }
          }
          return batch.size();
        });
  }

  /** The next {@link #register} or {@link #flush} throws. */
  void failNext(RuntimeException failure) {
    this.failure = failure;
  }

  private void failIfTold() {
    RuntimeException due = failure;
    failure = null;
    if (due != null) {
      throw due;
    }
  }

  int answersLeft() {
    return answers.size();
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Object targetOf(SelectableChannel channel, String call) {
    return channel;
  }

  @Override
  public void prepare(Object target, String call) {
    told.add("prepare");
  }

  @Override
  public void register(IoWatcher watcher) {
    failIfTold();
    told.add("register " + watcher.wanted());
    if (!registered.add(watcher)) {
      throw new AssertionError("registered twice");
    }
  }

  @Override
  public void modify(IoWatcher watcher) {
    told.add("modify " + watcher.wanted());
    requireRegistered(watcher);
  }

  @Override
  public void unregister(IoWatcher watcher) {
    told.add("unregister");
    requireRegistered(watcher);
    registered.remove(watcher);
  }

  @Override
  public void forget(IoWatcher watcher) {
    told.add("forget");
  }

  @Override
  public void flush() {
    failIfTold();
    told.add("flush");
  }

  @Override
  public int poll(long timeoutMillis, ReadyEvents batch) {
    timeouts.add(timeoutMillis);
    Answer answer = answers.poll();
    if (answer != null) {
      return answer.poll(timeoutMillis, batch);
    }
    if (timeoutMillis < 0) {
      throw new AssertionError("this poll would never return");
    }
    return 0;
  }

  @Override
  public WakeupChannel openWakeup() {
    throw new UnsupportedOperationException("no fake wake-up");
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireRegistered(IoWatcher watcher) {
    if (!registered.contains(watcher)) {
      throw new AssertionError("not registered");
    }
  }
}
