// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import io.minilibuv.core.Loop;
import io.minilibuv.core.Uv;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsCallback;
import io.minilibuv.fs.FsDir;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.FsStatFs;
import io.minilibuv.fs.TempFile;
import io.minilibuv.fs.internal.GiveBack;
import io.minilibuv.threadpool.RequestFuture;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls of {@link Fs} as futures. libuv has no such form.
 *
 * <p>Each asks what the call with a loop and a callback asks, from the loop's thread, and says no
 * more: {@link Fs} tells what the values are and what goes wrong. What is wrong with the arguments
 * is thrown at once, as there; what fails later completes the future with {@link
 * io.minilibuv.core.UvException}, which has the call's name and its path. A call that is cancelled
 * in time has not been made.
 *
 * <p>What is opened for a future that was completed by other means, a timeout for one, is closed
 * again, and removed if it has a name that nobody knows: nobody else could. A stage that is chained
 * to such a future, and cancelled before it runs, is another matter: the future has its value then,
 * and the descriptor belongs to whoever has the future.
 */
public final class FsFutures {
  private FsFutures() {}

  /** {@link Fs#open(Loop, String, int, int, FsCallback)} as a future of its descriptor. */
  public static RequestFuture<Integer> open(Loop loop, String path, int flags, int mode) {
    return opening(
        callback -> Fs.open(loop, path, flags, mode, callback),
        done -> (int) done.result(),
        (of, fd) -> GiveBack.close(of, fd, error -> {}));
  }

  /** {@link Fs#close(Loop, int, FsCallback)} as a future. */
  public static RequestFuture<Void> close(Loop loop, int fd) {
    return done(callback -> Fs.close(loop, fd, callback));
  }

  /**
   * {@link Fs#read(Loop, int, ByteBuffer[], long, FsCallback)} as a future of the number of bytes,
   * 0 at the end.
   */
  public static RequestFuture<Long> read(Loop loop, int fd, ByteBuffer[] buffers, long offset) {
    return future(callback -> Fs.read(loop, fd, buffers, offset, callback), FsRequest::result);
  }

  /**
   * {@link Fs#read(Loop, int, ByteBuffer, long, FsCallback)} as a future of the number of bytes, 0
   * at the end.
   */
  public static RequestFuture<Long> read(Loop loop, int fd, ByteBuffer buffer, long offset) {
    return future(callback -> Fs.read(loop, fd, buffer, offset, callback), FsRequest::result);
  }

  /**
   * {@link Fs#write(Loop, int, ByteBuffer[], long, FsCallback)} as a future of the number of bytes.
   */
  public static RequestFuture<Long> write(Loop loop, int fd, ByteBuffer[] buffers, long offset) {
    return future(callback -> Fs.write(loop, fd, buffers, offset, callback), FsRequest::result);
  }

  /**
   * {@link Fs#write(Loop, int, ByteBuffer, long, FsCallback)} as a future of the number of bytes.
   */
  public static RequestFuture<Long> write(Loop loop, int fd, ByteBuffer buffer, long offset) {
    return future(callback -> Fs.write(loop, fd, buffer, offset, callback), FsRequest::result);
  }

  /** {@link Fs#unlink(Loop, String, FsCallback)} as a future. */
  public static RequestFuture<Void> unlink(Loop loop, String path) {
    return done(callback -> Fs.unlink(loop, path, callback));
  }

  /** {@link Fs#mkdir(Loop, String, int, FsCallback)} as a future. */
  public static RequestFuture<Void> mkdir(Loop loop, String path, int mode) {
    return done(callback -> Fs.mkdir(loop, path, mode, callback));
  }

  /** {@link Fs#rmdir(Loop, String, FsCallback)} as a future. */
  public static RequestFuture<Void> rmdir(Loop loop, String path) {
    return done(callback -> Fs.rmdir(loop, path, callback));
  }

  /** {@link Fs#scandir(Loop, String, FsCallback)} as a future of its entries, in order. */
  public static RequestFuture<List<Dirent>> scandir(Loop loop, String path) {
    return future(callback -> Fs.scandir(loop, path, callback), FsRequest::entries);
  }

  /** {@link Fs#stat(Loop, String, FsCallback)} as a future. */
  public static RequestFuture<FsStat> stat(Loop loop, String path) {
    return future(callback -> Fs.stat(loop, path, callback), FsRequest::stat);
  }

  /** {@link Fs#lstat(Loop, String, FsCallback)} as a future. */
  public static RequestFuture<FsStat> lstat(Loop loop, String path) {
    return future(callback -> Fs.lstat(loop, path, callback), FsRequest::stat);
  }

  /** {@link Fs#fstat(Loop, int, FsCallback)} as a future. */
  public static RequestFuture<FsStat> fstat(Loop loop, int fd) {
    return future(callback -> Fs.fstat(loop, fd, callback), FsRequest::stat);
  }

  /** {@link Fs#rename(Loop, String, String, FsCallback)} as a future. */
  public static RequestFuture<Void> rename(Loop loop, String path, String newPath) {
    return done(callback -> Fs.rename(loop, path, newPath, callback));
  }

  /** {@link Fs#fsync(Loop, int, FsCallback)} as a future. */
  public static RequestFuture<Void> fsync(Loop loop, int fd) {
    return done(callback -> Fs.fsync(loop, fd, callback));
  }

  /** {@link Fs#fdatasync(Loop, int, FsCallback)} as a future. */
  public static RequestFuture<Void> fdatasync(Loop loop, int fd) {
    return done(callback -> Fs.fdatasync(loop, fd, callback));
  }

  /** {@link Fs#ftruncate(Loop, int, long, FsCallback)} as a future. */
  public static RequestFuture<Void> ftruncate(Loop loop, int fd, long length) {
    return done(callback -> Fs.ftruncate(loop, fd, length, callback));
  }

  /** {@link Fs#access(Loop, String, int, FsCallback)} as a future. */
  public static RequestFuture<Void> access(Loop loop, String path, int mode) {
    return done(callback -> Fs.access(loop, path, mode, callback));
  }

  /** {@link Fs#chmod(Loop, String, int, FsCallback)} as a future. */
  public static RequestFuture<Void> chmod(Loop loop, String path, int mode) {
    return done(callback -> Fs.chmod(loop, path, mode, callback));
  }

  /** {@link Fs#fchmod(Loop, int, int, FsCallback)} as a future. */
  public static RequestFuture<Void> fchmod(Loop loop, int fd, int mode) {
    return done(callback -> Fs.fchmod(loop, fd, mode, callback));
  }

  /** {@link Fs#utime(Loop, String, double, double, FsCallback)} as a future. */
  public static RequestFuture<Void> utime(Loop loop, String path, double atime, double mtime) {
    return done(callback -> Fs.utime(loop, path, atime, mtime, callback));
  }

  /** {@link Fs#utime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)} as a future. */
  public static RequestFuture<Void> utime(
      Loop loop, String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return done(callback -> Fs.utime(loop, path, atime, mtime, callback));
  }

  /** {@link Fs#futime(Loop, int, double, double, FsCallback)} as a future. */
  public static RequestFuture<Void> futime(Loop loop, int fd, double atime, double mtime) {
    return done(callback -> Fs.futime(loop, fd, atime, mtime, callback));
  }

  /** {@link Fs#futime(Loop, int, Uv.Timespec, Uv.Timespec, FsCallback)} as a future. */
  public static RequestFuture<Void> futime(
      Loop loop, int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    return done(callback -> Fs.futime(loop, fd, atime, mtime, callback));
  }

  /** {@link Fs#lutime(Loop, String, double, double, FsCallback)} as a future. */
  public static RequestFuture<Void> lutime(Loop loop, String path, double atime, double mtime) {
    return done(callback -> Fs.lutime(loop, path, atime, mtime, callback));
  }

  /** {@link Fs#lutime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)} as a future. */
  public static RequestFuture<Void> lutime(
      Loop loop, String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return done(callback -> Fs.lutime(loop, path, atime, mtime, callback));
  }

  /** {@link Fs#link(Loop, String, String, FsCallback)} as a future. */
  public static RequestFuture<Void> link(Loop loop, String path, String newPath) {
    return done(callback -> Fs.link(loop, path, newPath, callback));
  }

  /** {@link Fs#symlink(Loop, String, String, FsCallback)} as a future. */
  public static RequestFuture<Void> symlink(Loop loop, String path, String newPath) {
    return done(callback -> Fs.symlink(loop, path, newPath, callback));
  }

  /** {@link Fs#readlink(Loop, String, FsCallback)} as a future of what is in the link. */
  public static RequestFuture<String> readlink(Loop loop, String path) {
    return future(callback -> Fs.readlink(loop, path, callback), FsFutures::text);
  }

  /** {@link Fs#realpath(Loop, String, FsCallback)} as a future of the path without links. */
  public static RequestFuture<String> realpath(Loop loop, String path) {
    return future(callback -> Fs.realpath(loop, path, callback), FsFutures::text);
  }

  /** {@link Fs#mkdtemp(Loop, String, FsCallback)} as a future of the name that was made. */
  public static RequestFuture<String> mkdtemp(Loop loop, String template) {
    return opening(
        callback -> Fs.mkdtemp(loop, template, callback),
        FsFutures::madePath,
        (of, path) -> GiveBack.rmdir(of, path, error -> {}));
  }

  /** {@link Fs#mkstemp(Loop, String, FsCallback)} as a future of the file, open. */
  public static RequestFuture<TempFile> mkstemp(Loop loop, String template) {
    return opening(
        callback -> Fs.mkstemp(loop, template, callback), FsFutures::tempFile, FsFutures::discard);
  }

  /** {@link Fs#opendir(Loop, String, FsCallback)} as a future of the directory, open. */
  public static RequestFuture<FsDir> opendir(Loop loop, String path) {
    return opening(
        callback -> Fs.opendir(loop, path, callback),
        FsRequest::dir,
        (of, dir) -> GiveBack.closedir(of, dir, error -> {}));
  }

  /**
   * {@link Fs#readdir(Loop, FsDir, int, FsCallback)} as a future of the next entries; none at the
   * end.
   */
  public static RequestFuture<List<Dirent>> readdir(Loop loop, FsDir dir, int count) {
    return future(callback -> Fs.readdir(loop, dir, count, callback), FsRequest::entries);
  }

  /** {@link Fs#closedir(Loop, FsDir, FsCallback)} as a future. */
  public static RequestFuture<Void> closedir(Loop loop, FsDir dir) {
    return done(callback -> Fs.closedir(loop, dir, callback));
  }

  /** {@link Fs#statfs(Loop, String, FsCallback)} as a future. */
  public static RequestFuture<FsStatFs> statfs(Loop loop, String path) {
    return future(callback -> Fs.statfs(loop, path, callback), FsRequest::statFs);
  }

  /**
   * {@link Fs#sendfile(Loop, int, int, long, long, FsCallback)} as a future of the number of bytes,
   * 0 at the end.
   */
  public static RequestFuture<Long> sendfile(
      Loop loop, int outFd, int inFd, long inOffset, long length) {
    return future(
        callback -> Fs.sendfile(loop, outFd, inFd, inOffset, length, callback), FsRequest::result);
  }

  /** {@link Fs#chown(Loop, String, long, long, FsCallback)} as a future. */
  public static RequestFuture<Void> chown(Loop loop, String path, long uid, long gid) {
    return done(callback -> Fs.chown(loop, path, uid, gid, callback));
  }

  /** {@link Fs#fchown(Loop, int, long, long, FsCallback)} as a future. */
  public static RequestFuture<Void> fchown(Loop loop, int fd, long uid, long gid) {
    return done(callback -> Fs.fchown(loop, fd, uid, gid, callback));
  }

  /** {@link Fs#lchown(Loop, String, long, long, FsCallback)} as a future. */
  public static RequestFuture<Void> lchown(Loop loop, String path, long uid, long gid) {
    return done(callback -> Fs.lchown(loop, path, uid, gid, callback));
  }

  /** {@link Fs#copyfile(Loop, String, String, int, FsCallback)} as a future. */
  public static RequestFuture<Void> copyfile(Loop loop, String path, String newPath, int flags) {
    return done(callback -> Fs.copyfile(loop, path, newPath, flags, callback));
  }

  private static RequestFuture<Void> done(Function<FsCallback, FsRequest> call) {
    return RequestFuture.of(future -> call.apply(request -> future.settle(request.error(), null)));
  }

  private static <T> RequestFuture<T> future(
      Function<FsCallback, FsRequest> call, Function<FsRequest, T> value) {
    return opening(call, value, (loop, unseen) -> {});
  }

  /** A call that makes something that has to be given back, by {@code close} if nobody sees it. */
  static <T> RequestFuture<T> opening(
      Function<FsCallback, FsRequest> call,
      Function<FsRequest, T> value,
      BiConsumer<Loop, T> close) {
    return RequestFuture.of(
        future ->
            call.apply(
                request -> {
                  Throwable error = request.error();
                  T made = error == null ? value.apply(request) : null;
                  if (!future.settle(error, made) && made != null) {
                    close.accept(request.loop(), made);
                  }
                }));
  }

  /** What {@code request} has failed with, or null; one on a descriptor does not know the path. */
  static @Nullable UvException errorOf(FsRequest request, String path) {
    UvException error = request.error();
    return error == null ? null : about(path, error);
  }

  /** {@code error} as one that is about {@code path}. */
  static UvException about(String path, UvException error) {
    return new UvException(error.code(), error.call(), path, error.getCause());
  }

  private static String text(FsRequest request) {
    return Objects.requireNonNull(request.text(), "no text");
  }

  private static String madePath(FsRequest request) {
    return Objects.requireNonNull(request.path(), "no name");
  }

  /** Nobody will ever know its name. */
  private static void discard(Loop loop, TempFile file) {
    GiveBack.close(loop, file.fd(), closed -> GiveBack.unlink(loop, file.path(), unlinked -> {}));
  }

  private static TempFile tempFile(FsRequest request) {
    return new TempFile((int) request.result(), madePath(request));
  }
}
