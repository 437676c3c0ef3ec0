// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a loop is opened with: each part that it stands on can be given as an object, so that a test
 * or a simulation can take its place.
 *
 * <p>Options may be used for several loops, but for {@link #pollBackend(PollBackend)}, which serves
 * one.
 */
public final class LoopOptions {
  private LoopClock clock = LoopClock.system();
  private Supplier<PollBackend> pollBackend = PollBackend::system;
  private boolean recordOrigins;
  private final List<Consumer<LoopField.Values>> given = new ArrayList<>();

  /** Options that change nothing yet. */
  public LoopOptions() {}

  /** The loop's only source of time; the system's monotonic clock unless set. */
  public LoopOptions clock(LoopClock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /** What the loop waits with; {@link PollBackend#system()} unless set. The loop closes it. */
  public LoopOptions pollBackend(PollBackend backend) {
    Objects.requireNonNull(backend, "backend");
    this.pollBackend = () -> backend;
    return this;
  }

  /**
   * Has the loop wait with the backend of this name: {@code nio}, which is always there, or {@code
   * epoll}, which comes with the module {@code io.minilibuv.linux}. It is this one or none: {@link
   * Loop#open(LoopOptions)} fails with ENOSYS, and says why, if it cannot be had here.
   */
  public LoopOptions pollBackend(String name) {
    Objects.requireNonNull(name, "name");
    this.pollBackend = () -> PollBackends.ofProcess().open(name);
    return this;
  }

  /**
   * Whether every handle remembers where it was made, so that {@link Loop#close()} can tell. Off
   * unless set: it costs a stack trace a handle.
   */
  public LoopOptions recordOrigins(boolean record) {
    this.recordOrigins = record;
    return this;
  }

  /** Gives the loop the value of a field that another module owns: a thread pool, say. */
  public <T> LoopOptions with(LoopField<T> field, T value) {
    Objects.requireNonNull(value, "value");
    given.add(values -> field.give(values, value));
    return this;
  }

  LoopClock clock() {
    return clock;
  }

  PollBackend openPollBackend() {
    return pollBackend.get();
  }

  boolean recordsOrigins() {
    return recordOrigins;
  }

  LoopField.Values fields() {
    LoopField.Values values = new LoopField.Values();
    given.forEach(give -> give.accept(values));
    return values;
  }
}
