// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Loop;
import io.minilibuv.core.PollHandle;
import io.minilibuv.core.RunMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/** A byte through one of many pipes, each of which is watched. */
final class UvWatchers implements Workload {
  private final int n;
  private final Loop loop = Loop.open();
  private final Pipe[] pipes;
  private final PollHandle[] handles;
  private final ByteBuffer out = ByteBuffer.allocateDirect(1);
  private final ByteBuffer in = ByteBuffer.allocateDirect(1);
  private final Lottery lottery = new Lottery();
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
      handles[i].start(PollHandle.READABLE, (handle, status, events) -> read(pipe));
    }
  }

  private void read(Pipe pipe) {
    in.clear();
    try {
      if (pipe.source().read(in) != 1) {
        throw new IllegalStateException("nothing to read");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    calls++;
  }

  @Override
  public long round() throws IOException {
    long before = calls;
    for (int i = 0; i < n; i++) {
      out.clear();
      pipes[lottery.next(pipes.length)].sink().write(out);
      loop.run(RunMode.ONCE);
    }
    return calls - before;
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
