// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

import static io.minilibuv.examples.cli.Stdio.AT_POSITION;
import static io.minilibuv.examples.cli.Stdio.CHUNK;
import static io.minilibuv.examples.cli.Stdio.STDIN;
import static io.minilibuv.examples.cli.Stdio.STDOUT;

import io.minilibuv.async.LoopExecutor;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsFile;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsStat;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * {@link Cat} on a thread that may block: plain loops, {@code try} and {@code catch}. It is a
 * virtual thread where there are such.
 *
 * <p>The pool has no part in it, and the loop only waits: for the executor, which keeps it alive
 * until the thread is done, and brings what the thread has to tell.
 */
final class CatByThreads implements Cat {
  private final FsStat output;
  private final Listener listener;
  private final LoopExecutor onLoop;

  CatByThreads(Loop loop, FsStat output, Listener listener) {
    this.output = output;
    this.listener = listener;
    this.onLoop = LoopExecutor.init(loop);
  }

  @Override
  public void start(List<String> names) {
    List<String> own = List.copyOf(names);
    BlockingThread.start(() -> run(own));
  }

  // From here on, everything is on the thread.

  private void run(List<String> names) {
    try {
      copyAll(names);
    } catch (RuntimeException | Error e) {
      // A mistake of ours: it ends the program as one in a callback does.
      onLoop.execute(
          () -> {
            throw e;
          });
    } finally {
      // Whatever was handed over before is run before.
      onLoop.execute(onLoop::close);
    }
  }

  private void copyAll(List<String> names) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
    for (String name : names) {
      try {
        copyFile(name, buffer);
      } catch (UvException e) {
        onLoop.execute(() -> listener.failed(Cat.named(e, name)));
        if (Cat.endsAll(e)) {
          // Nobody takes the rest.
          return;
        }
      }
    }
  }

  private void copyFile(String name, ByteBuffer buffer) {
    if (name.equals(DASH)) {
      copy(STDIN, name, buffer);
    } else {
      try (FsFile file = FsFile.open(name, FsFlags.O_RDONLY, 0)) {
        copy(file.fd(), name, buffer);
      }
    }
  }

  private void copy(int fd, String name, ByteBuffer buffer) {
    Cat.refuseOutput(output, stat(fd), name);
    while (Fs.read(fd, buffer.clear(), AT_POSITION) > 0) {
      buffer.flip();
      // One write takes everything, unless an error cuts it short; the next begins with that error.
      while (buffer.hasRemaining()) {
        long written = Fs.write(STDOUT, buffer, AT_POSITION);
        onLoop.execute(() -> listener.written(written));
      }
    }
  }

  private static FsStat stat(int fd) {
    try {
      return Fs.fstat(fd);
    } catch (UvException e) {
      // What cannot be told is taken for another file; if it is none, the read will say so.
      return FsStat.ZERO;
    }
  }
}
