// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.WakeupLatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/** {@link NioWakeup} once more, with a place for each mistake that a race has to find. */
final class FlawedWakeup implements WakeupChannel {

  /** What is wrong. */
  enum Flaw {
    /** Drain opens the latch before it empties the pipe. */
    OPENS_LATCH_FIRST,
    /** A wake-up that finds the latch set only reads it. */
    MERGES_BY_READING
  }

  /** Makes the channel that is raced against. */
  @FunctionalInterface
  interface Maker {
    WakeupChannel make(Pipe pipe);
  }

  private final WakeupLatch latch = new WakeupLatch();
  private final ByteBuffer in = ByteBuffer.allocate(16);
  private final Pipe pipe;
  private final Flaw flaw;

  private FlawedWakeup(Pipe pipe, Flaw flaw) {
    this.pipe = pipe;
    this.flaw = flaw;
  }

  /** The real thing. */
  static WakeupChannel real(Pipe pipe) {
    try {
      return new NioWakeup(pipe);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes copies with that flaw. */
  static Maker with(Flaw flaw) {
    return pipe -> new FlawedWakeup(pipe, flaw);
  }

  @Override
  public Object target() {
    return pipe.source();
  }

  @Override
  public void wakeup() {
    if ((flaw == Flaw.MERGES_BY_READING && latch.isSet()) || !latch.set()) {
      return;
    }
    try {
      pipe.sink().write(ByteBuffer.allocate(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void drain() {
    boolean rung = latch.isRung();
    if (flaw == Flaw.OPENS_LATCH_FIRST) {
      latch.clear();
    }
    if (rung) {
      empty();
    }
    if (flaw != Flaw.OPENS_LATCH_FIRST) {
      latch.clear();
    }
  }

  private void empty() {
    try {
      do {
        in.clear();
      } while (pipe.source().read(in) == in.capacity());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}
}
