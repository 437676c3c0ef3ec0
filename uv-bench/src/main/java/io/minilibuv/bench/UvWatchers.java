// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Loop;
import io.minilibuv.core.PollHandle;
import io.minilibuv.core.RunMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/**
 * A byte through one of many pipes, each of which is watched.
 *
 * <p>What is measured is the loop's part, and with it a write and a read of one byte. Those are
 * {@code java.nio}'s here, which cost more than the bare calls of C's program, but the same however
 * many watchers there are. With epoll the loop watches the number of the channel's descriptor, as C
 * does.
 */
final class UvWatchers implements Workload {
  private final int n;
  private final Loop loop = Loop.open();
  private final Pipe[] pipes;
  private final PollHandle[] handles;
  private final ByteBuffer out = ByteBuffer.allocateDirect(1);
  private final ByteBuffer in = ByteBuffer.allocateDirect(1);
  private long calls;

  UvWatchers(int watchers, int n) throws IOException {
    this.n = n;
    pipes = new Pipe[watchers];
    handles = new PollHandle[watchers];
    for (int i = 0; i < watchers; i++) {
      Pipe pipe = Pipe.open();
      pipe.source().configureBlocking(false);
      pipes[i] = pipe;
      handles[i] = PollHandle.init(loop, pipe.source());
      handles[i].start(
          PollHandle.READABLE, (handle, status, events) -> onReadable(pipe, status, events));
    }
  }

  private void onReadable(Pipe pipe, int status, int events) {
    Workload.exactly(0, status);
    Workload.exactly(PollHandle.READABLE, events);
    in.clear();
    try {
      Workload.exactly(1, pipe.source().read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    calls++;
  }

  @Override
  public void prepare() {
    calls = 0;
  }

  @Override
  public long round() throws IOException {
    Lottery lottery = new Lottery();
    for (int i = 1; i <= n; i++) {
      out.clear();
      Workload.exactly(1, pipes[lottery.next(pipes.length)].sink().write(out));
      while (calls < i) {
        loop.run(RunMode.ONCE);
      }
    }
    return Workload.exactly(n, calls);
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < pipes.length; i++) {
      handles[i].close();
      pipes[i].sink().close();
    }
    loop.run();
    for (Pipe pipe : pipes) {
      pipe.source().close();
    }
    loop.close();
  }
}
