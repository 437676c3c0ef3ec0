// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** A wake-up channel on a {@link Pipe}: one byte in it means awake ({@code uv__make_pipe}). */
final class NioWakeup implements WakeupChannel {
  /*
   * The latch says that a byte is in the pipe, or on its way there, so that only the first of many
   * senders pays for the write, and the pipe can never fill up.
   *
   * Drain empties the pipe first and opens the latch then. A sender that comes between the two
   * leaves no byte, but everything it wrote before is visible after the latch was opened: its
   * getAndSet comes before ours in the order of the latch, and synchronizes with it. Whoever drains
   * looks at what was published only afterwards, and so finds it. The other way round, a sender
   * could set the latch and lose its byte to the drain, and nobody would ever write again.
   *
   * A thread that is interrupted closes a channel by reading or writing only if that is in blocking
   * mode. Both ends are not.
   */
  private final AtomicBoolean awake = new AtomicBoolean();

  private final Pipe.SourceChannel source;
  private final Pipe.SinkChannel sink;
  private final ByteBuffer in = ByteBuffer.allocateDirect(16);
  private final ByteBuffer out = ByteBuffer.allocateDirect(1);
  private final ReentrantLock outLock = new ReentrantLock();

  NioWakeup(Pipe pipe) throws IOException {
    source = pipe.source();
    sink = pipe.sink();
    source.configureBlocking(false);
    sink.configureBlocking(false);
  }

  @Override
  public SelectableChannel target() {
    return source;
  }

  // @start region="uv__async_send"
  @Override
  public void wakeup() {
    if (awake.getAndSet(true)) {
      return;
    }
    boolean written = false;
    // A sender that is slow here can be overtaken by a drain and another sender: two may write.
    outLock.lock();
    try {
      out.clear();
      sink.write(out);
      written = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      outLock.unlock();
      if (!written) {
        awake.set(false);
      }
    }
  }

  // @end region="uv__async_send"

  // @start region="drain"
  @Override
  public void drain() {
    try {
      do {
        in.clear();
      } while (source.read(in) == in.capacity());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awake.getAndSet(false);
  }

  // @end region="drain"

  @Override
  public void close() {
    try (source;
        sink) {
      awake.set(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
