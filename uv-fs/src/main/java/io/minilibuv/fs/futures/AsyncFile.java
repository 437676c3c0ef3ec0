// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsCallback;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.internal.GiveBack;
import io.minilibuv.threadpool.RequestFuture;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An open file. libuv has no such thing; Node.js has, as {@code FileHandle}.
 *
 * <p>It adds two orders to what descriptors do. Reads and writes at the file position are done one
 * after the other, in the order in which they were asked for, which workers do not keep by
 * themselves. And {@link #close} waits for what is under way, so that no request meets a descriptor
 * that has become another file's.
 *
 * <p>All methods belong to the loop's thread, and so do the completions. A call on a file that is
 * closed, or is to be, throws {@link UvException} with EBADF.
 */
public final class AsyncFile {
  private final Loop loop;
  private final String path;
  private final int fd;

  /** Reads and writes at the file position; the first is under way. */
  private final Deque<Turn> atPosition = new ArrayDeque<>();

  private int underWay;
  private @Nullable FsTask<Void> closing;

  private AsyncFile(Loop loop, String path, int fd) {
    this.loop = loop;
    this.path = path;
    this.fd = fd;
  }

  /**
   * Opens a file, as {@link Fs#open(Loop, String, int, int, FsCallback)} does.
   *
   * <p>Cancel what this returns, and not a stage that is chained to it: one that is cancelled does
   * not run when the file is open, and then nobody closes it.
   *
   * @param flags {@link FsFlags}
   * @param mode permissions of a file that is created, less the umask
   */
  public static RequestFuture<AsyncFile> open(Loop loop, String path, int flags, int mode) {
    return FsFutures.opening(
        callback -> Fs.open(loop, path, flags, mode, callback),
        open -> new AsyncFile(loop, path, (int) open.result()),
        (closer, unseen) -> GiveBack.close(closer, unseen.fd, error -> {}));
  }

  /** The descriptor. Whoever closes it by other means breaks what this promises. */
  @AnyThread
  public int fd() {
    return fd;
  }

  /** What it was opened as. */
  @AnyThread
  public String path() {
    return path;
  }

  /** Whether it is open: nobody has called {@link #close}. */
  public boolean isOpen() {
    return closing == null;
  }

  /**
   * Reads once at an offset: {@link Fs#read(Loop, int, ByteBuffer, long, FsCallback)}. The value is
   * the number of bytes, 0 at the end.
   *
   * @param offset where in the file, not negative
   */
  public RequestFuture<Long> read(ByteBuffer buffer, long offset) {
    checkOffset("read", offset);
    return ask("read", callback -> Fs.read(loop, fd, buffer, offset, callback), FsRequest::result);
  }

  /**
   * Writes the buffer at an offset: {@link Fs#write(Loop, int, ByteBuffer, long, FsCallback)}. The
   * value is the number of bytes.
   *
   * @param offset where in the file, not negative
   */
  public RequestFuture<Long> write(ByteBuffer buffer, long offset) {
    checkOffset("write", offset);
    return ask(
        "write", callback -> Fs.write(loop, fd, buffer, offset, callback), FsRequest::result);
  }

  /**
   * Reads once at the file position, after all reads and writes there that were asked for before.
   * The value is the number of bytes, 0 at the end. Cancelling it works until it has begun.
   */
  public FsTask<Long> read(ByteBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw UvError.EFAULT.exception("read", path);
    }
    return queue("read", callback -> Fs.read(loop, fd, buffer, -1, callback));
  }

  /**
   * Writes the buffer at the file position, after all reads and writes there that were asked for
   * before. The value is the number of bytes. Cancelling it works until it has begun.
   */
  public FsTask<Long> write(ByteBuffer buffer) {
    Objects.requireNonNull(buffer, "buffer");
    return queue("write", callback -> Fs.write(loop, fd, buffer, -1, callback));
  }

  /** Tells of the file: {@link Fs#fstat(Loop, int, FsCallback)}. */
  public RequestFuture<FsStat> stat() {
    return ask("fstat", callback -> Fs.fstat(loop, fd, callback), FsRequest::stat);
  }

  /** Cuts or extends it: {@link Fs#ftruncate(Loop, int, long, FsCallback)}. */
  public RequestFuture<Void> truncate(long length) {
    return ask("ftruncate", callback -> Fs.ftruncate(loop, fd, length, callback), done -> null);
  }

  /** Brings it to the disk: {@link Fs#fsync(Loop, int, FsCallback)}. */
  public RequestFuture<Void> sync() {
    return ask("fsync", callback -> Fs.fsync(loop, fd, callback), done -> null);
  }

  /** Brings its data to the disk: {@link Fs#fdatasync(Loop, int, FsCallback)}. */
  public RequestFuture<Void> datasync() {
    return ask("fdatasync", callback -> Fs.fdatasync(loop, fd, callback), done -> null);
  }

  /**
   * Closes it when everything that was asked for is done. May be called again, for the same future;
   * it cannot be cancelled.
   */
  public FsTask<Void> close() {
    loop.checkThread();
    FsTask<Void> called = closing;
    if (called == null) {
      called = new FsTask<>(loop);
      called.commit();
      closing = called;
      closeIfIdle();
    }
    return called;
  }

  /** The path and the descriptor. */
  @Override
  @AnyThread
  public String toString() {
    return "file '" + path + "' as " + fd;
  }

  /**
   * Asks {@code call} at once; until its callback it is under way, whoever completes its future.
   */
  private <T> RequestFuture<T> ask(
      String name, Function<FsCallback, FsRequest> call, Function<FsRequest, @Nullable T> value) {
    checkOpen(name);
    RequestFuture<T> asked =
        RequestFuture.of(
            future ->
                call.apply(
                    request -> {
                      UvException error = FsFutures.errorOf(request, path);
                      future.settle(error, error == null ? value.apply(request) : null);
                      returned();
                    }));
    underWay++;
    return asked;
  }

  /** Asks {@code call} when everything before it at the file position is done. */
  private FsTask<Long> queue(String name, Consumer<FsCallback> call) {
    checkOpen(name);
    Turn turn = new Turn(new FsTask<>(loop), call);
    atPosition.add(turn);
    underWay++;
    if (atPosition.size() == 1) {
      takeTurns();
    }
    return turn.task;
  }

  /** Begins what is first, or the next after it if that was cancelled. */
  private void takeTurns() {
    Turn turn = atPosition.peek();
    while (turn != null && !begin(turn)) {
      turn.task.settle(null, null);
      atPosition.remove();
      underWay--;
      turn = atPosition.peek();
    }
    closeIfIdle();
  }

  private boolean begin(Turn turn) {
    if (!turn.task.commit()) {
      return false;
    }
    turn.call.accept(
        request -> {
          turn.task.settle(FsFutures.errorOf(request, path), request.result());
          atPosition.remove();
          underWay--;
          takeTurns();
        });
    return true;
  }

  private void returned() {
    underWay--;
    closeIfIdle();
  }

  private void closeIfIdle() {
    FsTask<Void> called = closing;
    if (called != null && underWay == 0) {
      GiveBack.close(
          loop,
          fd,
          error -> called.settle(error == null ? null : FsFutures.about(path, error), null));
    }
  }

  private void checkOpen(String call) {
    loop.checkThread();
    if (closing != null) {
      throw UvError.EBADF.exception(call, path);
    }
  }

  private void checkOffset(String call, long offset) {
    if (offset < 0) {
      throw UvError.EINVAL.exception(call, path);
    }
  }

  /** A read or write at the file position, and the future of it. */
  private record Turn(FsTask<Long> task, Consumer<FsCallback> call) {}
}
