// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.stress.Meeting;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.atomic.AtomicInteger;

/** A pipe without descriptors, which knows only how many bytes are in it. It never fills up. */
final class MemoryPipe extends Pipe {
  /** How much longer it takes to read or write, which in a system is a call to the kernel. */
  private static final int CALL_SPINS = 3;

  private final AtomicInteger bytes = new AtomicInteger();
  private final SourceChannel source = new Source();
  private final SinkChannel sink = new Sink();

  /** Whether a poller would report it. */
  boolean isReadable() {
    return bytes.get() > 0;
  }

  @Override
  public SourceChannel source() {
    return source;
  }

  @Override
  public SinkChannel sink() {
    return sink;
  }

  private int take(int most) {
    return Math.min(most, bytes.getAndUpdate(left -> Math.max(0, left - most)));
  }

  private final class Source extends SourceChannel {
    Source() {
      super(null);
    }

    @Override
    public int read(ByteBuffer into) {
      Meeting.spin(CALL_SPINS);
      int taken = take(into.remaining());
      into.position(into.position() + taken);
      return taken;
    }

    @Override
    public long read(ByteBuffer[] into) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
  }

  private final class Sink extends SinkChannel {
    Sink() {
      super(null);
    }

    @Override
    public int write(ByteBuffer from) {
      Meeting.spin(CALL_SPINS);
      int written = from.remaining();
      from.position(from.limit());
      bytes.getAndAdd(written);
      return written;
    }

    @Override
    public long write(ByteBuffer[] from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
  }
}
