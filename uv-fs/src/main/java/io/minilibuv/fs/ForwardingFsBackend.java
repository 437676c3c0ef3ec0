// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Uv;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend that leaves every call to another one, to be extended by what changes some: a
 * simulation, or a test that wants a disk to be full, to be slow, or to fail. libuv has no such
 * thing.
 *
 * <pre>{@code
 * FsBackend fullDisk =
 *     new ForwardingFsBackend(FsBackend.system()) {
 *       @Override
 *       public long write(int fd, ByteBuffer[] buffers, long offset) {
 *         return UvError.ENOSPC.code();
 *       }
 *     };
 * Loop loop = Loop.open(new LoopOptions().with(FsBackend.OF_LOOP, fullDisk));
 * }</pre>
 *
 * <p>A method that is overridden changes one call, {@link #forward} all of them. Neither may count
 * on being called by one thread at a time. No call leads to another one: {@code copyfile} copies by
 * itself, and reads nothing through {@link #read}.
 */
@AnyThread
public abstract class ForwardingFsBackend implements FsBackend {
  private final FsBackend next;

  /** Makes a backend that leaves its calls to {@code next}. */
  protected ForwardingFsBackend(FsBackend next) {
    this.next = Objects.requireNonNull(next, "next");
  }

  /**
   * Makes a call: each of them comes by here, but for those whose method is overridden and does not
   * call that of this class.
   *
   * @param call which one it is
   * @param path what it is about, the first of two; null for one that is about a descriptor or an
   *     {@link FsDir}
   * @param made makes the call, with its arguments
   * @return what the call results in
   */
  protected long forward(FsType call, @Nullable String path, LongSupplier made) {
    return made.getAsLong();
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public long open(String path, int flags, int mode) {
    return forward(FsType.OPEN, path, () -> next.open(path, flags, mode));
  }

  @Override
  public long close(int fd) {
    return forward(FsType.CLOSE, null, () -> next.close(fd));
  }

  @Override
  public long read(int fd, ByteBuffer[] buffers, long offset) {
    return forward(FsType.READ, null, () -> next.read(fd, buffers, offset));
  }

  @Override
  public long write(int fd, ByteBuffer[] buffers, long offset) {
    return forward(FsType.WRITE, null, () -> next.write(fd, buffers, offset));
  }

  @Override
  public long unlink(String path) {
    return forward(FsType.UNLINK, path, () -> next.unlink(path));
  }

  @Override
  public long mkdir(String path, int mode) {
    return forward(FsType.MKDIR, path, () -> next.mkdir(path, mode));
  }

  @Override
  public long rmdir(String path) {
    return forward(FsType.RMDIR, path, () -> next.rmdir(path));
  }

  @Override
  public long scandir(String path, FsAnswer answer) {
    return forward(FsType.SCANDIR, path, () -> next.scandir(path, answer));
  }

  @Override
  public long stat(String path, FsAnswer answer) {
    return forward(FsType.STAT, path, () -> next.stat(path, answer));
  }

  @Override
  public long lstat(String path, FsAnswer answer) {
    return forward(FsType.LSTAT, path, () -> next.lstat(path, answer));
  }

  @Override
  public long fstat(int fd, FsAnswer answer) {
    return forward(FsType.FSTAT, null, () -> next.fstat(fd, answer));
  }

  @Override
  public long rename(String path, String newPath) {
    return forward(FsType.RENAME, path, () -> next.rename(path, newPath));
  }

  @Override
  public long fsync(int fd) {
    return forward(FsType.FSYNC, null, () -> next.fsync(fd));
  }

  @Override
  public long fdatasync(int fd) {
    return forward(FsType.FDATASYNC, null, () -> next.fdatasync(fd));
  }

  @Override
  public long ftruncate(int fd, long length) {
    return forward(FsType.FTRUNCATE, null, () -> next.ftruncate(fd, length));
  }

  @Override
  public long access(String path, int mode) {
    return forward(FsType.ACCESS, path, () -> next.access(path, mode));
  }

  @Override
  public long chmod(String path, int mode) {
    return forward(FsType.CHMOD, path, () -> next.chmod(path, mode));
  }

  @Override
  public long fchmod(int fd, int mode) {
    return forward(FsType.FCHMOD, null, () -> next.fchmod(fd, mode));
  }

  @Override
  public long utime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return forward(FsType.UTIME, path, () -> next.utime(path, atime, mtime));
  }

  @Override
  public long futime(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    return forward(FsType.FUTIME, null, () -> next.futime(fd, atime, mtime));
  }

  @Override
  public long lutime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return forward(FsType.LUTIME, path, () -> next.lutime(path, atime, mtime));
  }

  @Override
  public long link(String path, String newPath) {
    return forward(FsType.LINK, path, () -> next.link(path, newPath));
  }

  @Override
  public long symlink(String path, String newPath) {
    return forward(FsType.SYMLINK, path, () -> next.symlink(path, newPath));
  }

  @Override
  public long readlink(String path, FsAnswer answer) {
    return forward(FsType.READLINK, path, () -> next.readlink(path, answer));
  }

  @Override
  public long realpath(String path, FsAnswer answer) {
    return forward(FsType.REALPATH, path, () -> next.realpath(path, answer));
  }

  @Override
  public long mkdtemp(String template, FsAnswer answer) {
    return forward(FsType.MKDTEMP, template, () -> next.mkdtemp(template, answer));
  }

  @Override
  public long mkstemp(String template, FsAnswer answer) {
    return forward(FsType.MKSTEMP, template, () -> next.mkstemp(template, answer));
  }

  @Override
  public long opendir(String path, FsAnswer answer) {
    return forward(FsType.OPENDIR, path, () -> next.opendir(path, answer));
  }

  @Override
  public long readdir(FsDir dir, int count, FsAnswer answer) {
    return forward(FsType.READDIR, null, () -> next.readdir(dir, count, answer));
  }

  @Override
  public long closedir(FsDir dir) {
    return forward(FsType.CLOSEDIR, null, () -> next.closedir(dir));
  }

  @Override
  public long statfs(String path, FsAnswer answer) {
    return forward(FsType.STATFS, path, () -> next.statfs(path, answer));
  }

  @Override
  public long sendfile(int outFd, int inFd, long inOffset, long length) {
    return forward(FsType.SENDFILE, null, () -> next.sendfile(outFd, inFd, inOffset, length));
  }

  @Override
  public long chown(String path, long uid, long gid) {
    return forward(FsType.CHOWN, path, () -> next.chown(path, uid, gid));
  }

  @Override
  public long fchown(int fd, long uid, long gid) {
    return forward(FsType.FCHOWN, null, () -> next.fchown(fd, uid, gid));
  }

  @Override
  public long lchown(String path, long uid, long gid) {
    return forward(FsType.LCHOWN, path, () -> next.lchown(path, uid, gid));
  }

  @Override
  public long copyfile(String path, String newPath, int flags) {
    return forward(FsType.COPYFILE, path, () -> next.copyfile(path, newPath, flags));
  }
}
