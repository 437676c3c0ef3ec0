// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

import static io.minilibuv.examples.cli.Stdio.AT_POSITION;
import static io.minilibuv.examples.cli.Stdio.CHUNK;
import static io.minilibuv.examples.cli.Stdio.STDIN;
import static io.minilibuv.examples.cli.Stdio.STDOUT;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.futures.FsFutures;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * {@link Cat} by futures: the way of a file is one chain, and what fails anywhere in it comes out
 * at its end. The requests are the same, and so is the thread: all stages run on the loop's.
 */
final class CatByFutures implements Cat {
  private final Loop loop;
  private final FsStat output;
  private final Listener listener;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);

  /** Whether standard output has failed: nobody takes the rest. */
  private boolean ended;

  CatByFutures(Loop loop, FsStat output, Listener listener) {
    this.loop = loop;
    this.output = output;
    this.listener = listener;
  }

  @Override
  public void start(List<String> names) {
    CompletableFuture<Void> all = completedFuture(null);
    for (String name : names) {
      all =
          all.thenCompose(done -> ended ? completedFuture(null) : copyFile(name))
              .exceptionally(
                  failure -> {
                    tell(failure, name);
                    return null;
                  });
    }
  }

  private CompletableFuture<Void> copyFile(String name) {
    return name.equals(DASH)
        ? copy(STDIN, name)
        : FsFutures.open(loop, name, FsFlags.O_RDONLY, 0)
            .thenCompose(fd -> thenClose(fd, copy(fd, name)));
  }

  /** What {@code copying} comes to, once the file is closed. */
  private CompletableFuture<Void> thenClose(int fd, CompletableFuture<Void> copying) {
    return copying
        .exceptionally(failure -> null)
        .thenCompose(done -> FsFutures.close(loop, fd))
        .thenCompose(closed -> copying);
  }

  private CompletableFuture<Void> copy(int fd, String name) {
    return FsFutures.fstat(loop, fd)
        // What cannot be told is taken for another file; if it is none, the read will say so.
        .exceptionally(unknown -> FsStat.ZERO)
        .thenCompose(
            input -> {
              Cat.refuseOutput(output, input, name);
              return copyChunks(fd);
            });
  }

  /**
   * A loop is no chain: one that gets a stage longer with each chunk would keep them all until the
   * end of the file, and an endless one would fill the memory. So each chunk has a chain of its
   * own, and the last completes {@code end}.
   */
  private CompletableFuture<Void> copyChunks(int fd) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    copyNext(fd, end);
    return end;
  }

  private void copyNext(int fd, CompletableFuture<Void> end) {
    CompletableFuture<Boolean> unused =
        FsFutures.read(loop, fd, buffer.clear(), AT_POSITION)
            .thenCompose(read -> read == 0 ? completedFuture(true) : writeAll(buffer.flip()))
            .whenComplete(
                (isLast, failure) -> {
                  if (failure != null) {
                    end.completeExceptionally(failure);
                  } else if (isLast) {
                    end.complete(null);
                  } else {
                    copyNext(fd, end);
                  }
                });
  }

  /** Writes what was read. Brings false: that was not the end of the file. */
  private CompletableFuture<Boolean> writeAll(ByteBuffer bytes) {
    return FsFutures.write(loop, STDOUT, bytes, AT_POSITION)
        .thenCompose(
            written -> {
              listener.written(written);
              // An error cut it short. The next write begins with that error, and tells it.
              return bytes.hasRemaining() ? writeAll(bytes) : completedFuture(false);
            });
  }

  private void tell(Throwable failure, String name) {
    // What a stage passes on from another comes wrapped.
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    UvException error =
        cause instanceof UvException told
            ? told
            : new UvException(UvError.UNKNOWN.code(), "cat", name, cause);
    listener.failed(Cat.named(error, name));
    ended = Cat.endsAll(error);
  }
}
