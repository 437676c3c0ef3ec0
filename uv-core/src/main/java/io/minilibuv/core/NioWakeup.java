// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.WakeupLatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.locks.ReentrantLock;

/** A wake-up channel on a {@link Pipe}: a byte in it ends a wait ({@code uv__make_pipe}). */
final class NioWakeup implements WakeupChannel {
  /*
   * Whether the loop is to be woken is said by the latch. Of the senders that it is set by, only one
   * pays for a write, if any, and the pipe can never fill up.
   *
   * Drain empties the pipe first and opens the latch then. A sender that comes between the two
   * leaves no byte, but everything it wrote before is visible after the latch was opened, and
   * whoever drains looks at what was published only afterwards. The other way round, a sender could
   * set the latch and lose its byte to the drain, and nobody would ever write again.
   *
   * The byte of a sender that was overtaken is left over. The backend finds the pipe readable and
   * the latch open, and drops it.
   *
   * A thread that is interrupted closes a channel by reading or writing only if that is in blocking
   * mode. Both ends are not.
   */
  private final WakeupLatch latch = new WakeupLatch();

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

  /** What says whether the loop is to be woken. */
  WakeupLatch latch() {
    return latch;
  }

  // @start region="uv__async_send"
  @Override
  public void wakeup() {
    if (latch.set()) {
      ring();
    }
  }

  /** Makes the pipe readable. */
  void ring() {
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
        latch.failed();
      }
    }
  }

  // @end region="uv__async_send"

  // @start region="drain"
  @Override
  public void drain() {
    if (latch.isRung()) {
      empty();
    }
    latch.clear();
  }

  /** Takes out of the pipe what is in it. */
  void empty() {
    try {
      do {
        in.clear();
      } while (source.read(in) == in.capacity());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // @end region="drain"

  @Override
  public void close() {
    try (source;
        sink) {
      latch.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
