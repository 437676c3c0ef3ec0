// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.Uv;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * The file system calls, each in two forms ({@code uv_fs_*}, src/unix/fs.c).
 *
 * <p>With a loop and a callback a call returns at once, from the loop's thread only: a worker of
 * the pool does it, and then the loop calls back. Without, it is done before it returns, on the
 * calling thread, whichever that is; it returns the value where C has it in the request, and throws
 * {@link io.minilibuv.core.UvException} where C returns an error. Each first form says what both
 * do.
 *
 * <p>Paths are as in C: relative to the current directory, and not to be empty (ENOENT). One with a
 * NUL in it is EINVAL, and one that the JVM's encoding has no bytes for EILSEQ. A null argument is
 * a {@link NullPointerException}.
 */
public final class Fs {
  private Fs() {}

  /**
   * Opens a file ({@code uv_fs_open}, src/unix/fs.c). The value is its descriptor, the lowest that
   * is free; the process's children do not inherit it.
   *
   * <p>Fails with ENOENT, EACCES, EEXIST, EISDIR, ELOOP, ENAMETOOLONG, EMFILE and others.
   *
   * @param flags {@link FsFlags}
   * @param mode permissions of a file that is created, less the umask
   */
  public static FsRequest open(Loop loop, String path, int flags, int mode, FsCallback callback) {
    return FsRequest.submit(loop, openCall(path, flags, mode), callback);
  }

  /** {@link #open(Loop, String, int, int, FsCallback)}, done here and now. */
  @AnyThread
  public static int open(String path, int flags, int mode) {
    return (int) openCall(path, flags, mode).runNow();
  }

  private static FsCall openCall(String path, int flags, int mode) {
    return FsCall.of(FsType.OPEN, path, (fs, none) -> fs.open(path, flags, mode));
  }

  /**
   * Closes a descriptor ({@code uv_fs_close}, src/unix/fs.c), which is free from then on also if
   * this fails: with EBADF, EIO and others.
   *
   * <p>Closing 0, 1 or 2 closes the stream that Java has there, too.
   *
   * <p>Differs from C: an error of a file that another call is still using is not told.
   */
  public static FsRequest close(Loop loop, int fd, FsCallback callback) {
    return FsRequest.submit(loop, closeCall(fd), callback);
  }

  /** {@link #close(Loop, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void close(int fd) {
    closeCall(fd).runNow();
  }

  private static FsCall closeCall(int fd) {
    return FsCall.of(FsType.CLOSE, (fs, none) -> fs.close(fd));
  }

  /**
   * Reads once into all buffers, as much as is there ({@code uv_fs_read}, src/unix/fs.c). The value
   * is the number of bytes, which may be less than there is room for, and is 0 at the end of the
   * file. The buffers' positions move by as much, on the caller's or the loop's thread.
   *
   * <p>Fails with EBADF, EISDIR, EINTR and others.
   *
   * @param buffers each from its position to its limit; those beyond 1,024 are not read into
   * @param offset where in the file; if negative, at the file position, which moves then
   * @throws io.minilibuv.core.UvException at once: EINVAL without buffers, EFAULT for one that is
   *     read-only
   */
  public static FsRequest read(
      Loop loop, int fd, ByteBuffer[] buffers, long offset, FsCallback callback) {
    return FsRequest.submit(loop, FsCall.read(fd, buffers, offset), callback);
  }

  /** {@link #read(Loop, int, ByteBuffer[], long, FsCallback)} with one buffer. */
  public static FsRequest read(
      Loop loop, int fd, ByteBuffer buffer, long offset, FsCallback callback) {
    return read(loop, fd, new ByteBuffer[] {buffer}, offset, callback);
  }

  /** {@link #read(Loop, int, ByteBuffer[], long, FsCallback)}, done here and now. */
  @AnyThread
  public static long read(int fd, ByteBuffer[] buffers, long offset) {
    return FsCall.read(fd, buffers, offset).runNow();
  }

  /** {@link #read(Loop, int, ByteBuffer[], long, FsCallback)} with one buffer, here and now. */
  @AnyThread
  public static long read(int fd, ByteBuffer buffer, long offset) {
    return read(fd, new ByteBuffer[] {buffer}, offset);
  }

  /**
   * Writes all buffers ({@code uv_fs_write}, src/unix/fs.c). The value is the number of bytes,
   * which is less than there are only if there was an error after them. The buffers' positions move
   * by as much, on the caller's or the loop's thread.
   *
   * <p>Fails with EBADF, ENOSPC, EFBIG and others.
   *
   * @param buffers each from its position to its limit
   * @param offset where in the file; if negative, at the file position, which moves then. A file
   *     that was opened with {@link FsFlags#O_APPEND} is written at its end whatever this is
   * @throws io.minilibuv.core.UvException at once: EINVAL without buffers
   */
  public static FsRequest write(
      Loop loop, int fd, ByteBuffer[] buffers, long offset, FsCallback callback) {
    return FsRequest.submit(loop, FsCall.write(fd, buffers, offset), callback);
  }

  /** {@link #write(Loop, int, ByteBuffer[], long, FsCallback)} with one buffer. */
  public static FsRequest write(
      Loop loop, int fd, ByteBuffer buffer, long offset, FsCallback callback) {
    return write(loop, fd, new ByteBuffer[] {buffer}, offset, callback);
  }

  /** {@link #write(Loop, int, ByteBuffer[], long, FsCallback)}, done here and now. */
  @AnyThread
  public static long write(int fd, ByteBuffer[] buffers, long offset) {
    return FsCall.write(fd, buffers, offset).runNow();
  }

  /** {@link #write(Loop, int, ByteBuffer[], long, FsCallback)} with one buffer, here and now. */
  @AnyThread
  public static long write(int fd, ByteBuffer buffer, long offset) {
    return write(fd, new ByteBuffer[] {buffer}, offset);
  }

  /**
   * Removes a name that is no directory's ({@code uv_fs_unlink}, src/unix/fs.c). Fails with ENOENT,
   * EISDIR (EPERM but on Linux), EACCES and others.
   */
  public static FsRequest unlink(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, unlinkCall(path), callback);
  }

  /** {@link #unlink(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void unlink(String path) {
    unlinkCall(path).runNow();
  }

  private static FsCall unlinkCall(String path) {
    return FsCall.of(FsType.UNLINK, path, (fs, none) -> fs.unlink(path));
  }

  /**
   * Makes a directory ({@code uv_fs_mkdir}, src/unix/fs.c). Fails with EEXIST, ENOENT and others.
   *
   * @param mode its permissions, less the umask
   */
  public static FsRequest mkdir(Loop loop, String path, int mode, FsCallback callback) {
    return FsRequest.submit(loop, mkdirCall(path, mode), callback);
  }

  /** {@link #mkdir(Loop, String, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void mkdir(String path, int mode) {
    mkdirCall(path, mode).runNow();
  }

  private static FsCall mkdirCall(String path, int mode) {
    return FsCall.of(FsType.MKDIR, path, (fs, none) -> fs.mkdir(path, mode));
  }

  /**
   * Removes an empty directory ({@code uv_fs_rmdir}, src/unix/fs.c). Fails with ENOTEMPTY, ENOTDIR,
   * ENOENT and others.
   */
  public static FsRequest rmdir(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, rmdirCall(path), callback);
  }

  /** {@link #rmdir(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void rmdir(String path) {
    rmdirCall(path).runNow();
  }

  private static FsCall rmdirCall(String path) {
    return FsCall.of(FsType.RMDIR, path, (fs, none) -> fs.rmdir(path));
  }

  /**
   * Lists a directory, all at once ({@code uv_fs_scandir}, src/unix/fs.c): without {@code .} and
   * {@code ..}, sorted by the bytes of the names, links not followed. The value is the number of
   * entries; they are in {@link FsRequest#entries()}. Fails with ENOENT, ENOTDIR and others.
   *
   * <p>Differs from C: there are no flags, which C ignores.
   */
  public static FsRequest scandir(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, scandirCall(path), callback);
  }

  /** {@link #scandir(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static List<Dirent> scandir(String path) {
    return scandirCall(path).runForEntries();
  }

  private static FsCall scandirCall(String path) {
    return FsCall.of(FsType.SCANDIR, path, (fs, answer) -> fs.scandir(path, answer));
  }

  /**
   * Tells of a file, links followed ({@code uv_fs_stat}, src/unix/fs.c). The answer is in {@link
   * FsRequest#stat()}. Fails with ENOENT and others.
   */
  public static FsRequest stat(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, statCall(path), callback);
  }

  /** {@link #stat(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static FsStat stat(String path) {
    return statCall(path).runForStat();
  }

  private static FsCall statCall(String path) {
    return FsCall.of(FsType.STAT, path, (fs, answer) -> fs.stat(path, answer));
  }

  /**
   * Tells of a file, or of the link if it is one ({@code uv_fs_lstat}, src/unix/fs.c). The answer
   * is in {@link FsRequest#stat()}. Fails with ENOENT and others.
   */
  public static FsRequest lstat(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, lstatCall(path), callback);
  }

  /** {@link #lstat(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static FsStat lstat(String path) {
    return lstatCall(path).runForStat();
  }

  private static FsCall lstatCall(String path) {
    return FsCall.of(FsType.LSTAT, path, (fs, answer) -> fs.lstat(path, answer));
  }

  /**
   * Tells of an open file ({@code uv_fs_fstat}, src/unix/fs.c). The answer is in {@link
   * FsRequest#stat()}. Fails with EBADF and others.
   */
  public static FsRequest fstat(Loop loop, int fd, FsCallback callback) {
    return FsRequest.submit(loop, fstatCall(fd), callback);
  }

  /** {@link #fstat(Loop, int, FsCallback)}, done here and now. */
  @AnyThread
  public static FsStat fstat(int fd) {
    return fstatCall(fd).runForStat();
  }

  private static FsCall fstatCall(int fd) {
    return FsCall.of(FsType.FSTAT, (fs, answer) -> fs.fstat(fd, answer));
  }

  /**
   * Gives a file or directory another name in one step ({@code uv_fs_rename}, src/unix/fs.c), and
   * takes the place of what has that name. Fails with ENOENT, EXDEV, ENOTEMPTY, EISDIR and others.
   */
  public static FsRequest rename(Loop loop, String path, String newPath, FsCallback callback) {
    return FsRequest.submit(loop, renameCall(path, newPath), callback);
  }

  /** {@link #rename(Loop, String, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void rename(String path, String newPath) {
    renameCall(path, newPath).runNow();
  }

  private static FsCall renameCall(String path, String newPath) {
    return FsCall.of(FsType.RENAME, path, newPath, (fs, none) -> fs.rename(path, newPath));
  }

  /**
   * Waits until all of an open file is on the disk ({@code uv_fs_fsync}, src/unix/fs.c). Fails with
   * EBADF, EIO and others.
   */
  public static FsRequest fsync(Loop loop, int fd, FsCallback callback) {
    return FsRequest.submit(loop, fsyncCall(fd), callback);
  }

  /** {@link #fsync(Loop, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void fsync(int fd) {
    fsyncCall(fd).runNow();
  }

  private static FsCall fsyncCall(int fd) {
    return FsCall.of(FsType.FSYNC, (fs, none) -> fs.fsync(fd));
  }

  /**
   * Waits until an open file's data is on the disk, and what is needed to read it ({@code
   * uv_fs_fdatasync}, src/unix/fs.c). Fails with EBADF, EIO and others.
   */
  public static FsRequest fdatasync(Loop loop, int fd, FsCallback callback) {
    return FsRequest.submit(loop, fdatasyncCall(fd), callback);
  }

  /** {@link #fdatasync(Loop, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void fdatasync(int fd) {
    fdatasyncCall(fd).runNow();
  }

  private static FsCall fdatasyncCall(int fd) {
    return FsCall.of(FsType.FDATASYNC, (fs, none) -> fs.fdatasync(fd));
  }

  /**
   * Cuts an open file, or extends it with zeros ({@code uv_fs_ftruncate}, src/unix/fs.c). The file
   * position stays. Fails with EINVAL (negative, or not open for writing), EBADF and others.
   */
  public static FsRequest ftruncate(Loop loop, int fd, long length, FsCallback callback) {
    return FsRequest.submit(loop, ftruncateCall(fd, length), callback);
  }

  /** {@link #ftruncate(Loop, int, long, FsCallback)}, done here and now. */
  @AnyThread
  public static void ftruncate(int fd, long length) {
    ftruncateCall(fd, length).runNow();
  }

  private static FsCall ftruncateCall(int fd, long length) {
    return FsCall.of(FsType.FTRUNCATE, (fs, none) -> fs.ftruncate(fd, length));
  }

  /**
   * Tells whether the process's user may do all of something with a file ({@code uv_fs_access},
   * src/unix/fs.c). Fails with EACCES if not, ENOENT, EROFS and others.
   *
   * @param mode {@link FsFlags#F_OK}, or some of {@code R_OK}, {@code W_OK} and {@code X_OK}
   */
  public static FsRequest access(Loop loop, String path, int mode, FsCallback callback) {
    return FsRequest.submit(loop, accessCall(path, mode), callback);
  }

  /** {@link #access(Loop, String, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void access(String path, int mode) {
    accessCall(path, mode).runNow();
  }

  private static FsCall accessCall(String path, int mode) {
    return FsCall.of(FsType.ACCESS, path, (fs, none) -> fs.access(path, mode));
  }

  /**
   * Sets permissions, setuid, setgid and the sticky bit, links followed ({@code uv_fs_chmod},
   * src/unix/fs.c). Fails with ENOENT, EPERM and others.
   */
  public static FsRequest chmod(Loop loop, String path, int mode, FsCallback callback) {
    return FsRequest.submit(loop, chmodCall(path, mode), callback);
  }

  /** {@link #chmod(Loop, String, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void chmod(String path, int mode) {
    chmodCall(path, mode).runNow();
  }

  private static FsCall chmodCall(String path, int mode) {
    return FsCall.of(FsType.CHMOD, path, (fs, none) -> fs.chmod(path, mode));
  }

  /**
   * Sets what {@link #chmod(Loop, String, int, FsCallback)} sets, on an open file ({@code
   * uv_fs_fchmod}, src/unix/fs.c). Fails with EBADF, EPERM and others.
   */
  public static FsRequest fchmod(Loop loop, int fd, int mode, FsCallback callback) {
    return FsRequest.submit(loop, fchmodCall(fd, mode), callback);
  }

  /** {@link #fchmod(Loop, int, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void fchmod(int fd, int mode) {
    fchmodCall(fd, mode).runNow();
  }

  private static FsCall fchmodCall(int fd, int mode) {
    return FsCall.of(FsType.FCHMOD, (fs, none) -> fs.fchmod(fd, mode));
  }

  /**
   * Sets when a file was last read and written, links followed ({@code uv_fs_utime},
   * src/unix/fs.c). Fails with ENOENT, EPERM and others.
   *
   * @param atime seconds since 1970-01-01T00:00Z; an infinity for now, NaN to leave it as it is
   * @param mtime likewise
   */
  public static FsRequest utime(
      Loop loop, String path, double atime, double mtime, FsCallback callback) {
    return FsRequest.submit(
        loop, utimeCall(path, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)), callback);
  }

  /** {@link #utime(Loop, String, double, double, FsCallback)}, done here and now. */
  @AnyThread
  public static void utime(String path, double atime, double mtime) {
    utimeCall(path, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)).runNow();
  }

  /**
   * Sets what {@link #utime(Loop, String, double, double, FsCallback)} sets, to the nanosecond.
   *
   * <p>Differs from C: libuv has the form above only, and a double has no room for the nanoseconds
   * of this century. Fails with EINVAL, too: for nanoseconds that are no part of a second.
   *
   * @param atime as {@link FsStat#atim()} tells it, {@link FsTime#NOW} or {@link FsTime#OMIT}
   * @param mtime likewise
   */
  public static FsRequest utime(
      Loop loop, String path, Uv.Timespec atime, Uv.Timespec mtime, FsCallback callback) {
    return FsRequest.submit(loop, utimeCall(path, atime, mtime), callback);
  }

  /** {@link #utime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)}, done here and now. */
  @AnyThread
  public static void utime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    utimeCall(path, atime, mtime).runNow();
  }

  private static FsCall utimeCall(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    Objects.requireNonNull(atime, "atime");
    Objects.requireNonNull(mtime, "mtime");
    return FsCall.of(FsType.UTIME, path, (fs, none) -> fs.utime(path, atime, mtime));
  }

  /**
   * Sets what {@link #utime(Loop, String, double, double, FsCallback)} sets, on an open file
   * ({@code uv_fs_futime}, src/unix/fs.c). Fails with EBADF, EPERM and others.
   */
  public static FsRequest futime(
      Loop loop, int fd, double atime, double mtime, FsCallback callback) {
    return FsRequest.submit(
        loop, futimeCall(fd, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)), callback);
  }

  /** {@link #futime(Loop, int, double, double, FsCallback)}, done here and now. */
  @AnyThread
  public static void futime(int fd, double atime, double mtime) {
    futimeCall(fd, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)).runNow();
  }

  /**
   * Sets what {@link #utime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)} sets, on an open
   * file.
   */
  public static FsRequest futime(
      Loop loop, int fd, Uv.Timespec atime, Uv.Timespec mtime, FsCallback callback) {
    return FsRequest.submit(loop, futimeCall(fd, atime, mtime), callback);
  }

  /** {@link #futime(Loop, int, Uv.Timespec, Uv.Timespec, FsCallback)}, done here and now. */
  @AnyThread
  public static void futime(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    futimeCall(fd, atime, mtime).runNow();
  }

  private static FsCall futimeCall(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    Objects.requireNonNull(atime, "atime");
    Objects.requireNonNull(mtime, "mtime");
    return FsCall.of(FsType.FUTIME, (fs, none) -> fs.futime(fd, atime, mtime));
  }

  /**
   * Sets what {@link #utime(Loop, String, double, double, FsCallback)} sets, on the link if it is
   * one ({@code uv_fs_lutime}, src/unix/fs.c). Fails with ENOENT, EPERM and others.
   */
  public static FsRequest lutime(
      Loop loop, String path, double atime, double mtime, FsCallback callback) {
    return FsRequest.submit(
        loop, lutimeCall(path, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)), callback);
  }

  /** {@link #lutime(Loop, String, double, double, FsCallback)}, done here and now. */
  @AnyThread
  public static void lutime(String path, double atime, double mtime) {
    lutimeCall(path, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)).runNow();
  }

  /**
   * Sets what {@link #utime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)} sets, on the link
   * if it is one.
   */
  public static FsRequest lutime(
      Loop loop, String path, Uv.Timespec atime, Uv.Timespec mtime, FsCallback callback) {
    return FsRequest.submit(loop, lutimeCall(path, atime, mtime), callback);
  }

  /** {@link #lutime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)}, done here and now. */
  @AnyThread
  public static void lutime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    lutimeCall(path, atime, mtime).runNow();
  }

  private static FsCall lutimeCall(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    Objects.requireNonNull(atime, "atime");
    Objects.requireNonNull(mtime, "mtime");
    return FsCall.of(FsType.LUTIME, path, (fs, none) -> fs.lutime(path, atime, mtime));
  }

  /**
   * Gives the file at {@code path} one more name ({@code uv_fs_link}, src/unix/fs.c). Fails with
   * EEXIST, EXDEV, EPERM and others.
   */
  public static FsRequest link(Loop loop, String path, String newPath, FsCallback callback) {
    return FsRequest.submit(loop, linkCall(path, newPath), callback);
  }

  /** {@link #link(Loop, String, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void link(String path, String newPath) {
    linkCall(path, newPath).runNow();
  }

  private static FsCall linkCall(String path, String newPath) {
    return FsCall.of(FsType.LINK, path, newPath, (fs, none) -> fs.link(path, newPath));
  }

  /**
   * Makes a symbolic link at {@code newPath} that says {@code path} ({@code uv_fs_symlink},
   * src/unix/fs.c). Fails with EEXIST, ENOENT, EPERM and others.
   *
   * <p>Differs from C: there are no flags, which are for Windows, where Java finds out itself
   * whether the link is to be one to a directory.
   */
  public static FsRequest symlink(Loop loop, String path, String newPath, FsCallback callback) {
    return FsRequest.submit(loop, symlinkCall(path, newPath), callback);
  }

  /** {@link #symlink(Loop, String, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void symlink(String path, String newPath) {
    symlinkCall(path, newPath).runNow();
  }

  private static FsCall symlinkCall(String path, String newPath) {
    return FsCall.of(FsType.SYMLINK, path, newPath, (fs, none) -> fs.symlink(path, newPath));
  }

  /**
   * Reads what a symbolic link says ({@code uv_fs_readlink}, src/unix/fs.c). The answer is in
   * {@link FsRequest#text()}. Fails with EINVAL if it is no link, ENOENT and others.
   */
  public static FsRequest readlink(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, readlinkCall(path), callback);
  }

  /** {@link #readlink(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static String readlink(String path) {
    return readlinkCall(path).runForText();
  }

  private static FsCall readlinkCall(String path) {
    return FsCall.of(FsType.READLINK, path, (fs, answer) -> fs.readlink(path, answer));
  }

  /**
   * Makes a path absolute and free of links ({@code uv_fs_realpath}, src/unix/fs.c). The answer is
   * in {@link FsRequest#text()}. Fails with ENOENT, ELOOP, EACCES and others.
   */
  public static FsRequest realpath(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, realpathCall(path), callback);
  }

  /** {@link #realpath(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static String realpath(String path) {
    return realpathCall(path).runForText();
  }

  private static FsCall realpathCall(String path) {
    return FsCall.of(FsType.REALPATH, path, (fs, answer) -> fs.realpath(path, answer));
  }
}
