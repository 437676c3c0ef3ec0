// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.Uv;
import java.nio.ByteBuffer;
import java.util.List;

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
 *
 * <p>Buffers are taken from their position to their limit, and belong to the call until it is done
 * ({@code uv_buf_init}, src/uv-common.c, makes what is one from the beginning here).
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
  // @start region="uv_fs_open"
  public static FsRequest open(Loop loop, String path, int flags, int mode, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.open(path, flags, mode), callback);
  }

  /** {@link #open(Loop, String, int, int, FsCallback)}, done here and now. */
  @AnyThread
  public static int open(String path, int flags, int mode) {
    return (int) FsCalls.open(path, flags, mode).runNow();
  }

  // @end region="uv_fs_open"

  /**
   * Closes a descriptor ({@code uv_fs_close}, src/unix/fs.c), which is free from then on also if
   * this fails: with EBADF, EIO and others.
   *
   * <p>Closing 0, 1 or 2 closes the stream that Java has there, too.
   *
   * <p>Differs from C: an error of a file that another call is still using is not told.
   */
  public static FsRequest close(Loop loop, int fd, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.close(fd), callback);
  }

  /** {@link #close(Loop, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void close(int fd) {
    FsCalls.close(fd).runNow();
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
    return FsRequest.submit(loop, FsCalls.read(fd, buffers, offset), callback);
  }

  /** {@link #read(Loop, int, ByteBuffer[], long, FsCallback)} with one buffer. */
  public static FsRequest read(
      Loop loop, int fd, ByteBuffer buffer, long offset, FsCallback callback) {
    return read(loop, fd, new ByteBuffer[] {buffer}, offset, callback);
  }

  /** {@link #read(Loop, int, ByteBuffer[], long, FsCallback)}, done here and now. */
  @AnyThread
  public static long read(int fd, ByteBuffer[] buffers, long offset) {
    return FsCalls.read(fd, buffers, offset).runNow();
  }

  /** {@link #read(Loop, int, ByteBuffer[], long, FsCallback)} with one buffer, here and now. */
  @AnyThread
  public static long read(int fd, ByteBuffer buffer, long offset) {
    return FsCalls.orThrow(FsType.READ, FsCalls.readNow(fd, buffer, offset));
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
    return FsRequest.submit(loop, FsCalls.write(fd, buffers, offset), callback);
  }

  /** {@link #write(Loop, int, ByteBuffer[], long, FsCallback)} with one buffer. */
  public static FsRequest write(
      Loop loop, int fd, ByteBuffer buffer, long offset, FsCallback callback) {
    return write(loop, fd, new ByteBuffer[] {buffer}, offset, callback);
  }

  /** {@link #write(Loop, int, ByteBuffer[], long, FsCallback)}, done here and now. */
  @AnyThread
  public static long write(int fd, ByteBuffer[] buffers, long offset) {
    return FsCalls.write(fd, buffers, offset).runNow();
  }

  /** {@link #write(Loop, int, ByteBuffer[], long, FsCallback)} with one buffer, here and now. */
  @AnyThread
  public static long write(int fd, ByteBuffer buffer, long offset) {
    return FsCalls.orThrow(FsType.WRITE, FsCalls.writeNow(fd, buffer, offset));
  }

  /**
   * Removes a name that is no directory's ({@code uv_fs_unlink}, src/unix/fs.c). Fails with ENOENT,
   * EISDIR (EPERM but on Linux), EACCES and others.
   */
  public static FsRequest unlink(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.unlink(path), callback);
  }

  /** {@link #unlink(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void unlink(String path) {
    FsCalls.unlink(path).runNow();
  }

  /**
   * Makes a directory ({@code uv_fs_mkdir}, src/unix/fs.c). Fails with EEXIST, ENOENT and others.
   *
   * @param mode its permissions, less the umask
   */
  public static FsRequest mkdir(Loop loop, String path, int mode, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.mkdir(path, mode), callback);
  }

  /** {@link #mkdir(Loop, String, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void mkdir(String path, int mode) {
    FsCalls.mkdir(path, mode).runNow();
  }

  /**
   * Removes an empty directory ({@code uv_fs_rmdir}, src/unix/fs.c). Fails with ENOTEMPTY, ENOTDIR,
   * ENOENT and others.
   */
  public static FsRequest rmdir(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.rmdir(path), callback);
  }

  /** {@link #rmdir(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void rmdir(String path) {
    FsCalls.rmdir(path).runNow();
  }

  /**
   * Lists a directory, all at once ({@code uv_fs_scandir}, src/unix/fs.c): without {@code .} and
   * {@code ..}, sorted by the bytes of the names, links not followed. The value is the number of
   * entries; they are in {@link FsRequest#entries()}. Fails with ENOENT, ENOTDIR and others.
   *
   * <p>Differs from C: there are no flags, which C ignores.
   */
  public static FsRequest scandir(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.scandir(path), callback);
  }

  /** {@link #scandir(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static List<Dirent> scandir(String path) {
    return FsCalls.scandir(path).runForEntries();
  }

  /**
   * Tells of a file, links followed ({@code uv_fs_stat}, src/unix/fs.c). The answer is in {@link
   * FsRequest#stat()}. Fails with ENOENT and others.
   */
  public static FsRequest stat(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.stat(path), callback);
  }

  /** {@link #stat(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static FsStat stat(String path) {
    return FsCalls.stat(path).runForStat();
  }

  /**
   * Tells of a file, or of the link if it is one ({@code uv_fs_lstat}, src/unix/fs.c). The answer
   * is in {@link FsRequest#stat()}. Fails with ENOENT and others.
   */
  public static FsRequest lstat(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.lstat(path), callback);
  }

  /** {@link #lstat(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static FsStat lstat(String path) {
    return FsCalls.lstat(path).runForStat();
  }

  /**
   * Tells of an open file ({@code uv_fs_fstat}, src/unix/fs.c). The answer is in {@link
   * FsRequest#stat()}. Fails with EBADF and others.
   */
  public static FsRequest fstat(Loop loop, int fd, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.fstat(fd), callback);
  }

  /** {@link #fstat(Loop, int, FsCallback)}, done here and now. */
  @AnyThread
  public static FsStat fstat(int fd) {
    return FsCalls.fstat(fd).runForStat();
  }

  /**
   * Gives a file or directory another name in one step ({@code uv_fs_rename}, src/unix/fs.c), and
   * takes the place of what has that name. Fails with ENOENT, EXDEV, ENOTEMPTY, EISDIR and others.
   */
  public static FsRequest rename(Loop loop, String path, String newPath, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.rename(path, newPath), callback);
  }

  /** {@link #rename(Loop, String, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void rename(String path, String newPath) {
    FsCalls.rename(path, newPath).runNow();
  }

  /**
   * Waits until all of an open file is on the disk ({@code uv_fs_fsync}, src/unix/fs.c). Fails with
   * EBADF, EIO and others.
   */
  public static FsRequest fsync(Loop loop, int fd, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.fsync(fd), callback);
  }

  /** {@link #fsync(Loop, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void fsync(int fd) {
    FsCalls.fsync(fd).runNow();
  }

  /**
   * Waits until an open file's data is on the disk, and what is needed to read it ({@code
   * uv_fs_fdatasync}, src/unix/fs.c). Fails with EBADF, EIO and others.
   */
  public static FsRequest fdatasync(Loop loop, int fd, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.fdatasync(fd), callback);
  }

  /** {@link #fdatasync(Loop, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void fdatasync(int fd) {
    FsCalls.fdatasync(fd).runNow();
  }

  /**
   * Cuts an open file, or extends it with zeros ({@code uv_fs_ftruncate}, src/unix/fs.c). The file
   * position stays. Fails with EINVAL (negative, or not open for writing), EBADF and others.
   */
  public static FsRequest ftruncate(Loop loop, int fd, long length, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.ftruncate(fd, length), callback);
  }

  /** {@link #ftruncate(Loop, int, long, FsCallback)}, done here and now. */
  @AnyThread
  public static void ftruncate(int fd, long length) {
    FsCalls.ftruncate(fd, length).runNow();
  }

  /**
   * Tells whether the process's user may do all of something with a file ({@code uv_fs_access},
   * src/unix/fs.c). Fails with EACCES if not, ENOENT, EROFS and others.
   *
   * @param mode {@link FsFlags#F_OK}, or some of {@code R_OK}, {@code W_OK} and {@code X_OK}
   */
  public static FsRequest access(Loop loop, String path, int mode, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.access(path, mode), callback);
  }

  /** {@link #access(Loop, String, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void access(String path, int mode) {
    FsCalls.access(path, mode).runNow();
  }

  /**
   * Sets permissions, setuid, setgid and the sticky bit, links followed ({@code uv_fs_chmod},
   * src/unix/fs.c). Fails with ENOENT, EPERM and others.
   */
  public static FsRequest chmod(Loop loop, String path, int mode, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.chmod(path, mode), callback);
  }

  /** {@link #chmod(Loop, String, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void chmod(String path, int mode) {
    FsCalls.chmod(path, mode).runNow();
  }

  /**
   * Sets what {@link #chmod(Loop, String, int, FsCallback)} sets, on an open file ({@code
   * uv_fs_fchmod}, src/unix/fs.c). Fails with EBADF, EPERM and others.
   */
  public static FsRequest fchmod(Loop loop, int fd, int mode, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.fchmod(fd, mode), callback);
  }

  /** {@link #fchmod(Loop, int, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void fchmod(int fd, int mode) {
    FsCalls.fchmod(fd, mode).runNow();
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
        loop, FsCalls.utime(path, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)), callback);
  }

  /** {@link #utime(Loop, String, double, double, FsCallback)}, done here and now. */
  @AnyThread
  public static void utime(String path, double atime, double mtime) {
    FsCalls.utime(path, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)).runNow();
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
    return FsRequest.submit(loop, FsCalls.utime(path, atime, mtime), callback);
  }

  /** {@link #utime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)}, done here and now. */
  @AnyThread
  public static void utime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    FsCalls.utime(path, atime, mtime).runNow();
  }

  /**
   * Sets what {@link #utime(Loop, String, double, double, FsCallback)} sets, on an open file
   * ({@code uv_fs_futime}, src/unix/fs.c). Fails with EBADF, EPERM and others.
   */
  public static FsRequest futime(
      Loop loop, int fd, double atime, double mtime, FsCallback callback) {
    return FsRequest.submit(
        loop, FsCalls.futime(fd, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)), callback);
  }

  /** {@link #futime(Loop, int, double, double, FsCallback)}, done here and now. */
  @AnyThread
  public static void futime(int fd, double atime, double mtime) {
    FsCalls.futime(fd, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)).runNow();
  }

  /**
   * Sets what {@link #utime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)} sets, on an open
   * file.
   */
  public static FsRequest futime(
      Loop loop, int fd, Uv.Timespec atime, Uv.Timespec mtime, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.futime(fd, atime, mtime), callback);
  }

  /** {@link #futime(Loop, int, Uv.Timespec, Uv.Timespec, FsCallback)}, done here and now. */
  @AnyThread
  public static void futime(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    FsCalls.futime(fd, atime, mtime).runNow();
  }

  /**
   * Sets what {@link #utime(Loop, String, double, double, FsCallback)} sets, on the link if it is
   * one ({@code uv_fs_lutime}, src/unix/fs.c). Fails with ENOENT, EPERM and others.
   */
  public static FsRequest lutime(
      Loop loop, String path, double atime, double mtime, FsCallback callback) {
    return FsRequest.submit(
        loop, FsCalls.lutime(path, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)), callback);
  }

  /** {@link #lutime(Loop, String, double, double, FsCallback)}, done here and now. */
  @AnyThread
  public static void lutime(String path, double atime, double mtime) {
    FsCalls.lutime(path, FsTime.ofSeconds(atime), FsTime.ofSeconds(mtime)).runNow();
  }

  /**
   * Sets what {@link #utime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)} sets, on the link
   * if it is one.
   */
  public static FsRequest lutime(
      Loop loop, String path, Uv.Timespec atime, Uv.Timespec mtime, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.lutime(path, atime, mtime), callback);
  }

  /** {@link #lutime(Loop, String, Uv.Timespec, Uv.Timespec, FsCallback)}, done here and now. */
  @AnyThread
  public static void lutime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    FsCalls.lutime(path, atime, mtime).runNow();
  }

  /**
   * Gives the file at {@code path} one more name ({@code uv_fs_link}, src/unix/fs.c). Fails with
   * EEXIST, EXDEV, EPERM and others.
   */
  public static FsRequest link(Loop loop, String path, String newPath, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.link(path, newPath), callback);
  }

  /** {@link #link(Loop, String, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void link(String path, String newPath) {
    FsCalls.link(path, newPath).runNow();
  }

  /**
   * Makes a symbolic link at {@code newPath} that says {@code path} ({@code uv_fs_symlink},
   * src/unix/fs.c). Fails with EEXIST, ENOENT, EPERM and others.
   *
   * <p>Differs from C: there are no flags, which are for Windows, where Java finds out itself
   * whether the link is to be one to a directory.
   */
  public static FsRequest symlink(Loop loop, String path, String newPath, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.symlink(path, newPath), callback);
  }

  /** {@link #symlink(Loop, String, String, FsCallback)}, done here and now. */
  @AnyThread
  public static void symlink(String path, String newPath) {
    FsCalls.symlink(path, newPath).runNow();
  }

  /**
   * Reads what a symbolic link says ({@code uv_fs_readlink}, src/unix/fs.c). The answer is in
   * {@link FsRequest#text()}. Fails with EINVAL if it is no link, ENOENT and others.
   */
  public static FsRequest readlink(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.readlink(path), callback);
  }

  /** {@link #readlink(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static String readlink(String path) {
    return FsCalls.readlink(path).runForText();
  }

  /**
   * Makes a path absolute and free of links ({@code uv_fs_realpath}, src/unix/fs.c). The answer is
   * in {@link FsRequest#text()}. Fails with ENOENT, ELOOP, EACCES and others.
   */
  public static FsRequest realpath(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.realpath(path), callback);
  }

  /** {@link #realpath(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static String realpath(String path) {
    return FsCalls.realpath(path).runForText();
  }

  /**
   * Makes a directory that only its owner may use, with a name of its own ({@code uv_fs_mkdtemp},
   * src/unix/fs.c). The name is {@link FsRequest#path()} then. Fails with EINVAL if the template
   * does not end so, ENOENT, EACCES and others; the path is the template then.
   *
   * @param template ends in {@code XXXXXX}, which are replaced
   */
  public static FsRequest mkdtemp(Loop loop, String template, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.mkdtemp(template), callback);
  }

  /** {@link #mkdtemp(Loop, String, FsCallback)}, done here and now. Returns the name. */
  @AnyThread
  public static String mkdtemp(String template) {
    return FsCalls.mkdtemp(template).runForMadePath();
  }

  /**
   * Makes a file that only its owner may use, with a name of its own, and opens it to read and
   * write ({@code uv_fs_mkstemp}, src/unix/fs.c). The value is its descriptor, and the name is
   * {@link FsRequest#path()} then. Fails with EINVAL if the template does not end so, ENOENT,
   * EACCES and others; the path is empty then, as in C.
   *
   * @param template ends in {@code XXXXXX}, which are replaced
   */
  public static FsRequest mkstemp(Loop loop, String template, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.mkstemp(template), callback);
  }

  /** {@link #mkstemp(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static TempFile mkstemp(String template) {
    return FsCalls.mkstemp(template).runForTempFile();
  }

  /**
   * Opens a directory, to be read in pieces ({@code uv_fs_opendir}, src/unix/fs.c). It is in {@link
   * FsRequest#dir()}, and is to be given to {@code closedir}. Fails with ENOENT, ENOTDIR, EMFILE
   * and others.
   */
  public static FsRequest opendir(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.opendir(path), callback);
  }

  /** {@link #opendir(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static FsDir opendir(String path) {
    return FsCalls.opendir(path).runForDir();
  }

  /**
   * Reads the next entries of a directory, in the system's order ({@code uv_fs_readdir},
   * src/unix/fs.c), without {@code .} and {@code ..}. The value is their number, 0 at the end; they
   * are in {@link FsRequest#entries()}. An error discards what was read before it.
   *
   * <p>Fails with EBADF if it is closed, EIO and others.
   *
   * @param count how many at most; C has it in {@code nentries} of the directory
   * @throws io.minilibuv.core.UvException at once: EINVAL for a negative count
   */
  public static FsRequest readdir(Loop loop, FsDir dir, int count, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.readdir(dir, count), callback);
  }

  /** {@link #readdir(Loop, FsDir, int, FsCallback)}, done here and now. */
  @AnyThread
  public static List<Dirent> readdir(FsDir dir, int count) {
    return FsCalls.readdir(dir, count).runForEntries();
  }

  /**
   * Closes a directory ({@code uv_fs_closedir}, src/unix/fs.c). Does not fail.
   *
   * <p>Differs from C: closing it again does nothing; if this is cancelled, the directory stays
   * open and can be closed again.
   */
  public static FsRequest closedir(Loop loop, FsDir dir, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.closedir(dir), callback);
  }

  /** {@link #closedir(Loop, FsDir, FsCallback)}, done here and now. */
  @AnyThread
  public static void closedir(FsDir dir) {
    FsCalls.closedir(dir).runNow();
  }

  /**
   * Tells of the file system that a file is on ({@code uv_fs_statfs}, src/unix/fs.c). The answer is
   * in {@link FsRequest#statFs()}. Fails with ENOENT and others.
   */
  public static FsRequest statfs(Loop loop, String path, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.statfs(path), callback);
  }

  /** {@link #statfs(Loop, String, FsCallback)}, done here and now. */
  @AnyThread
  public static FsStatFs statfs(String path) {
    return FsCalls.statfs(path).runForStatFs();
  }

  /**
   * Copies bytes from one open file to another's file position ({@code uv_fs_sendfile},
   * src/unix/fs.c). The value is their number, which may be less than asked for, and is 0 at the
   * end. The position of {@code inFd} stays.
   *
   * <p>Fails with EBADF, EINVAL (negative offset or length), EISDIR, ENOSPC and others.
   */
  public static FsRequest sendfile(
      Loop loop, int outFd, int inFd, long inOffset, long length, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.sendfile(outFd, inFd, inOffset, length), callback);
  }

  /** {@link #sendfile(Loop, int, int, long, long, FsCallback)}, done here and now. */
  @AnyThread
  public static long sendfile(int outFd, int inFd, long inOffset, long length) {
    return FsCalls.sendfile(outFd, inFd, inOffset, length).runNow();
  }

  /**
   * Gives a file to a user and a group, links followed ({@code uv_fs_chown}, src/unix/fs.c). Fails
   * with EPERM, ENOENT, ENOSYS where there are no owners, and others.
   *
   * @param uid the user's number; -1 leaves it
   * @param gid the group's number; -1 leaves it
   */
  public static FsRequest chown(Loop loop, String path, long uid, long gid, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.chown(path, uid, gid), callback);
  }

  /** {@link #chown(Loop, String, long, long, FsCallback)}, done here and now. */
  @AnyThread
  public static void chown(String path, long uid, long gid) {
    FsCalls.chown(path, uid, gid).runNow();
  }

  /**
   * {@link #chown(Loop, String, long, long, FsCallback)} of an open file ({@code uv_fs_fchown},
   * src/unix/fs.c). Fails with EBADF, EPERM and others.
   */
  public static FsRequest fchown(Loop loop, int fd, long uid, long gid, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.fchown(fd, uid, gid), callback);
  }

  /** {@link #fchown(Loop, int, long, long, FsCallback)}, done here and now. */
  @AnyThread
  public static void fchown(int fd, long uid, long gid) {
    FsCalls.fchown(fd, uid, gid).runNow();
  }

  /**
   * {@link #chown(Loop, String, long, long, FsCallback)} of the link itself, if it is one ({@code
   * uv_fs_lchown}, src/unix/fs.c).
   */
  public static FsRequest lchown(Loop loop, String path, long uid, long gid, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.lchown(path, uid, gid), callback);
  }

  /** {@link #lchown(Loop, String, long, long, FsCallback)}, done here and now. */
  @AnyThread
  public static void lchown(String path, long uid, long gid) {
    FsCalls.lchown(path, uid, gid).runNow();
  }

  /**
   * Copies a file's content and mode, and its times and owner if they can be set ({@code
   * uv_fs_copyfile}, src/unix/fs.c). A copy onto the same file does nothing. The times are set
   * before the content is copied, as in C, so that only an empty copy keeps its time of
   * modification.
   *
   * <p>Fails with ENOENT, EEXIST, EISDIR, EACCES, ENOSPC and others. What was made for the copy is
   * removed then.
   *
   * <p>Differs from C: a file that was there before is not removed when the copy fails, and a
   * source that is cut off during the copy ends it.
   *
   * @param flags some of {@link FsFlags#COPYFILE_EXCL}, {@code COPYFILE_FICLONE} and {@code
   *     COPYFILE_FICLONE_FORCE}
   * @throws io.minilibuv.core.UvException at once: EINVAL for other flags
   */
  public static FsRequest copyfile(
      Loop loop, String path, String newPath, int flags, FsCallback callback) {
    return FsRequest.submit(loop, FsCalls.copyfile(path, newPath, flags), callback);
  }

  /** {@link #copyfile(Loop, String, String, int, FsCallback)}, done here and now. */
  @AnyThread
  public static void copyfile(String path, String newPath, int flags) {
    FsCalls.copyfile(path, newPath, flags).runNow();
  }
}
