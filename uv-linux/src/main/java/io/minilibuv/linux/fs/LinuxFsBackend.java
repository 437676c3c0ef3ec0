// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Uv;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsDir;
import io.minilibuv.linux.ffi.CString;
import io.minilibuv.linux.ffi.Memory;
import io.minilibuv.linux.ffi.Scratch;
import io.minilibuv.linux.ffi.UnencodableException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The file system by the system calls that libuv makes on Linux ({@code uv__fs_work} and the {@code
 * uv__fs_*}, src/unix/fs.c): descriptors, results and errors are the kernel's.
 *
 * <p>{@code docs/linux.md} has which function makes which call.
 */
@AnyThread
final class LinuxFsBackend implements FsBackend {
  static final String NAME = "linux";

  private static final int O_CLOEXEC = 02000000;
  private static final String TEMPLATE_END = "XXXXXX";

  /** As much of a link's text as there can be. */
  private static final int PATH_MAX = 4096;

  /** An owner's number has 32 bits, and the last of them says to leave him. */
  private static final long MOST_ID = 0xFFFF_FFFEL;

  private static final long KEEP_ID = -1;

  /** A call on a path. */
  @FunctionalInterface
  private interface PathBody {
    long call(Scratch scratch, MemorySegment path);
  }

  /** A call on two paths. */
  @FunctionalInterface
  private interface TwoPathsBody {
    long call(Scratch scratch, MemorySegment path, MemorySegment newPath);
  }

  /** A call on something that is open. */
  @FunctionalInterface
  private interface Body {
    long call(Scratch scratch);
  }

  private final FileCalls calls;
  private final Abi abi;
  private final StatCalls stats;
  private final Transfers transfers;
  private final Sending sending;
  private final Directories directories;

  LinuxFsBackend(FileCalls calls, Abi abi) {
    this.calls = calls;
    this.abi = abi;
    this.stats = new StatCalls(calls, abi);
    this.transfers = new Transfers(calls);
    this.sending = new Sending(calls);
    this.directories = new Directories(calls, abi);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Opens a file for this process alone ({@code uv__fs_open}, src/unix/fs.c). */
  // @start region="uv__fs_open"
  @Override
  public long open(String path, int flags, int mode) {
    int own = abi.openFlags(flags | O_CLOEXEC);
    return onPath(path, (scratch, name) -> calls.open(scratch, name, own, mode));
  }

  // @end region="uv__fs_open"

  @Override
  public long close(int fd) {
    try (Scratch scratch = Scratch.take()) {
      return Descriptors.close(calls, scratch, fd);
    }
  }

  @Override
  public long read(int fd, ByteBuffer[] buffers, long offset) {
    try (Scratch scratch = Scratch.take()) {
      return transfers.read(scratch, fd, buffers, offset);
    }
  }

  @Override
  public long write(int fd, ByteBuffer[] buffers, long offset) {
    try (Scratch scratch = Scratch.take()) {
      return transfers.write(scratch, fd, buffers, offset);
    }
  }

  @Override
  public long unlink(String path) {
    return onPath(path, calls::unlink);
  }

  @Override
  public long mkdir(String path, int mode) {
    return onPath(path, (scratch, name) -> calls.mkdir(scratch, name, mode));
  }

  @Override
  public long rmdir(String path) {
    return onPath(path, calls::rmdir);
  }

  @Override
  public long scandir(String path, FsAnswer answer) {
    return onPath(path, (scratch, name) -> directories.scandir(scratch, name, answer));
  }

  /** Follows links ({@code uv__fs_stat}, src/unix/fs.c). */
  @Override
  public long stat(String path, FsAnswer answer) {
    return onPath(path, (scratch, name) -> stats.stat(scratch, name, 0, answer));
  }

  /** Tells of a link itself ({@code uv__fs_lstat}, src/unix/fs.c). */
  @Override
  public long lstat(String path, FsAnswer answer) {
    return onPath(
        path, (scratch, name) -> stats.stat(scratch, name, StatCalls.AT_SYMLINK_NOFOLLOW, answer));
  }

  /** Tells of an open file ({@code uv__fs_fstat}, src/unix/fs.c). */
  @Override
  public long fstat(int fd, FsAnswer answer) {
    return on(scratch -> stats.fstat(scratch, fd, answer));
  }

  @Override
  public long rename(String path, String newPath) {
    return onPaths(path, newPath, calls::rename);
  }

  /** Brings a file to the disk ({@code uv__fs_fsync}, src/unix/fs.c). */
  @Override
  public long fsync(int fd) {
    return on(scratch -> calls.fsync(scratch, fd));
  }

  /** Brings a file's data to the disk ({@code uv__fs_fdatasync}, src/unix/fs.c). */
  @Override
  public long fdatasync(int fd) {
    return on(scratch -> calls.fdatasync(scratch, fd));
  }

  @Override
  public long ftruncate(int fd, long length) {
    return on(scratch -> calls.ftruncate(scratch, fd, length));
  }

  @Override
  public long access(String path, int mode) {
    return onPath(path, (scratch, name) -> calls.access(scratch, name, mode));
  }

  @Override
  public long chmod(String path, int mode) {
    return onPath(path, (scratch, name) -> calls.chmod(scratch, name, mode));
  }

  @Override
  public long fchmod(int fd, int mode) {
    return on(scratch -> calls.fchmod(scratch, fd, mode));
  }

  /** Sets times, to the nanosecond ({@code uv__fs_utime}, src/unix/fs.c). */
  @Override
  public long utime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return setTimes(path, atime, mtime, 0);
  }

  /** Sets those of a link itself ({@code uv__fs_lutime}, src/unix/fs.c). */
  @Override
  public long lutime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return setTimes(path, atime, mtime, StatCalls.AT_SYMLINK_NOFOLLOW);
  }

  private long setTimes(String path, Uv.Timespec atime, Uv.Timespec mtime, int flags) {
    if (!Times.isTime(atime) || !Times.isTime(mtime)) {
      return Errors.EINVAL;
    }
    return onPath(
        path,
        (scratch, name) -> {
          MemorySegment times = Times.write(atime, mtime, scratch.block());
          return calls.utimensat(scratch, StatCalls.AT_FDCWD, name, times, flags);
        });
  }

  /** Sets those of an open file ({@code uv__fs_futime}, src/unix/fs.c). */
  @Override
  public long futime(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    if (!Times.isTime(atime) || !Times.isTime(mtime)) {
      return Errors.EINVAL;
    }
    return on(scratch -> calls.futimens(scratch, fd, Times.write(atime, mtime, scratch.block())));
  }

  @Override
  public long link(String path, String newPath) {
    return onPaths(path, newPath, calls::link);
  }

  @Override
  public long symlink(String path, String newPath) {
    return onPaths(path, newPath, calls::symlink);
  }

  /** Tells a link's text ({@code uv__fs_readlink}, src/unix/fs.c). */
  @Override
  public long readlink(String path, FsAnswer answer) {
    return onPath(
        path,
        (scratch, name) -> {
          MemorySegment text = scratch.bytes(PATH_MAX);
          long length = calls.readlink(scratch, name, text, PATH_MAX);
          if (length < 0) {
            return length;
          }
          answer.text(CString.read(text, 0, (int) length));
          return 0;
        });
  }

  /** Resolves all links ({@code uv__fs_realpath}, src/unix/fs.c). */
  @Override
  public long realpath(String path, FsAnswer answer) {
    return onPath(
        path,
        (scratch, name) -> {
          long text = calls.realpath(scratch, name);
          if (text < 0) {
            return text;
          }
          answer.text(Memory.textAt(text));
          Memory.free(MemorySegment.ofAddress(text));
          return 0;
        });
  }

  /** Makes a directory of a new name ({@code uv__fs_mkdtemp}, src/unix/fs.c). */
  @Override
  public long mkdtemp(String template, FsAnswer answer) {
    return makeTemporary(template, answer, calls::mkdtemp);
  }

  /** Makes a file of a new name ({@code uv__fs_mkstemp}, src/unix/fs.c). */
  @Override
  public long mkstemp(String template, FsAnswer answer) {
    return makeTemporary(
        template, answer, (scratch, name) -> calls.mkostemp(scratch, name, O_CLOEXEC));
  }

  /** The C library writes over the template, which is a new one each time for that reason. */
  private static long makeTemporary(String template, FsAnswer answer, PathBody body) {
    if (!template.endsWith(TEMPLATE_END)) {
      return Errors.EINVAL;
    }
    try (Scratch scratch = Scratch.take()) {
      MemorySegment name;
      long result;
      do {
        name = scratch.path(template);
        result = body.call(scratch, name);
      } while (result == Errors.EINTR);
      if (result >= 0) {
        answer.madePath(CString.read(name));
      }
      return result;
    } catch (UnencodableException e) {
      return e.code();
    }
  }

  @Override
  public long opendir(String path, FsAnswer answer) {
    return onPath(path, (scratch, name) -> directories.opendir(scratch, name, answer));
  }

  @Override
  public long readdir(FsDir dir, int count, FsAnswer answer) {
    return dir instanceof LinuxDirectory own ? own.read(count, answer) : Errors.EINVAL;
  }

  @Override
  public long closedir(FsDir dir) {
    return dir instanceof LinuxDirectory own ? own.close() : Errors.EINVAL;
  }

  /** Tells of a file system ({@code uv__fs_statfs}, src/unix/fs.c). */
  @Override
  public long statfs(String path, FsAnswer answer) {
    return onPath(
        path,
        (scratch, name) -> {
          long result = calls.statfs(scratch, name, scratch.block());
          if (result == 0) {
            answer.statFs(StatFsCall.read(scratch.block()));
          }
          return result;
        });
  }

  @Override
  public long sendfile(int outFd, int inFd, long inOffset, long length) {
    return on(scratch -> sending.send(scratch, outFd, inFd, inOffset, length));
  }

  @Override
  public long chown(String path, long uid, long gid) {
    if (!isId(uid) || !isId(gid)) {
      return Errors.EINVAL;
    }
    return onPath(path, (scratch, name) -> calls.chown(scratch, name, (int) uid, (int) gid));
  }

  @Override
  public long fchown(int fd, long uid, long gid) {
    if (!isId(uid) || !isId(gid)) {
      return Errors.EINVAL;
    }
    return on(scratch -> calls.fchown(scratch, fd, (int) uid, (int) gid));
  }

  @Override
  public long lchown(String path, long uid, long gid) {
    if (!isId(uid) || !isId(gid)) {
      return Errors.EINVAL;
    }
    return onPath(path, (scratch, name) -> calls.lchown(scratch, name, (int) uid, (int) gid));
  }

  private static boolean isId(long id) {
    return id >= KEEP_ID && id <= MOST_ID;
  }

  @Override
  public long copyfile(String path, String newPath, int flags) {
    return onPaths(
        path,
        newPath,
        (scratch, from, to) -> new Copying(calls, stats, sending, scratch, from, to, flags).run());
  }

  private static long onPath(String text, PathBody body) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment path = scratch.path(text);
      return Errors.retried(() -> body.call(scratch, path));
    } catch (UnencodableException e) {
      return e.code();
    }
  }

  private static long onPaths(String text, String newText, TwoPathsBody body) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment path = scratch.path(text);
      MemorySegment newPath = scratch.secondPath(newText);
      return Errors.retried(() -> body.call(scratch, path, newPath));
    } catch (UnencodableException e) {
      return e.code();
    }
  }

  private static long on(Body body) {
    try (Scratch scratch = Scratch.take()) {
      return Errors.retried(() -> body.call(scratch));
    }
  }
}
