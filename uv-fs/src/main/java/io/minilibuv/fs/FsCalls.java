// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Makes the call of each request once, for all the forms that it has: {@link Fs} runs it here and
 * now, or on the pool.
 *
 * <p>What is wrong with the arguments alone is thrown here, by the caller's thread.
 */
final class FsCalls {
  private FsCalls() {}

  // @start region="open"
  static FsCall open(String path, int flags, int mode) {
    return FsCall.of(FsType.OPEN, path, (fs, none) -> fs.open(path, flags, mode));
  }

  // @end region="open"

  static FsCall close(int fd) {
    return FsCall.of(FsType.CLOSE, (fs, none) -> fs.close(fd));
  }

  static FsCall unlink(String path) {
    return FsCall.of(FsType.UNLINK, path, (fs, none) -> fs.unlink(path));
  }

  static FsCall mkdir(String path, int mode) {
    return FsCall.of(FsType.MKDIR, path, (fs, none) -> fs.mkdir(path, mode));
  }

  static FsCall rmdir(String path) {
    return FsCall.of(FsType.RMDIR, path, (fs, none) -> fs.rmdir(path));
  }

  static FsCall scandir(String path) {
    return FsCall.answering(FsType.SCANDIR, path, (fs, answer) -> fs.scandir(path, answer));
  }

  static FsCall stat(String path) {
    return FsCall.answering(FsType.STAT, path, (fs, answer) -> fs.stat(path, answer));
  }

  static FsCall lstat(String path) {
    return FsCall.answering(FsType.LSTAT, path, (fs, answer) -> fs.lstat(path, answer));
  }

  static FsCall fstat(int fd) {
    return FsCall.answering(FsType.FSTAT, (fs, answer) -> fs.fstat(fd, answer));
  }

  static FsCall rename(String path, String newPath) {
    return FsCall.of(FsType.RENAME, path, newPath, (fs, none) -> fs.rename(path, newPath));
  }

  static FsCall fsync(int fd) {
    return FsCall.of(FsType.FSYNC, (fs, none) -> fs.fsync(fd));
  }

  static FsCall fdatasync(int fd) {
    return FsCall.of(FsType.FDATASYNC, (fs, none) -> fs.fdatasync(fd));
  }

  static FsCall ftruncate(int fd, long length) {
    return FsCall.of(FsType.FTRUNCATE, (fs, none) -> fs.ftruncate(fd, length));
  }

  static FsCall access(String path, int mode) {
    return FsCall.of(FsType.ACCESS, path, (fs, none) -> fs.access(path, mode));
  }

  static FsCall chmod(String path, int mode) {
    return FsCall.of(FsType.CHMOD, path, (fs, none) -> fs.chmod(path, mode));
  }

  static FsCall fchmod(int fd, int mode) {
    return FsCall.of(FsType.FCHMOD, (fs, none) -> fs.fchmod(fd, mode));
  }

  static FsCall utime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    Objects.requireNonNull(atime, "atime");
    Objects.requireNonNull(mtime, "mtime");
    return FsCall.of(FsType.UTIME, path, (fs, none) -> fs.utime(path, atime, mtime));
  }

  static FsCall futime(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    Objects.requireNonNull(atime, "atime");
    Objects.requireNonNull(mtime, "mtime");
    return FsCall.of(FsType.FUTIME, (fs, none) -> fs.futime(fd, atime, mtime));
  }

  static FsCall lutime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    Objects.requireNonNull(atime, "atime");
    Objects.requireNonNull(mtime, "mtime");
    return FsCall.of(FsType.LUTIME, path, (fs, none) -> fs.lutime(path, atime, mtime));
  }

  static FsCall link(String path, String newPath) {
    return FsCall.of(FsType.LINK, path, newPath, (fs, none) -> fs.link(path, newPath));
  }

  static FsCall symlink(String path, String newPath) {
    return FsCall.of(FsType.SYMLINK, path, newPath, (fs, none) -> fs.symlink(path, newPath));
  }

  static FsCall readlink(String path) {
    return FsCall.answering(FsType.READLINK, path, (fs, answer) -> fs.readlink(path, answer));
  }

  static FsCall realpath(String path) {
    return FsCall.answering(FsType.REALPATH, path, (fs, answer) -> fs.realpath(path, answer));
  }

  static FsCall read(int fd, ByteBuffer[] buffers, long offset) {
    ByteBuffer[] own = checked(FsType.READ, buffers);
    for (ByteBuffer buffer : own) {
      requireWritable(buffer);
    }
    ByteBuffer[] views = views(own);
    return FsCall.of(FsType.READ, own, (fs, none) -> fs.read(fd, views, offset));
  }

  static FsCall write(int fd, ByteBuffer[] buffers, long offset) {
    ByteBuffer[] own = checked(FsType.WRITE, buffers);
    ByteBuffer[] views = views(own);
    return FsCall.of(FsType.WRITE, own, (fs, none) -> fs.write(fd, views, offset));
  }

  /** Reads into one buffer here and now, with no call made of it; gives the value or the code. */
  static long readNow(int fd, ByteBuffer buffer, long offset) {
    requireWritable(buffer);
    int before = buffer.position();
    long result = -1;
    try {
      result = FsBackend.system().read(fd, new ByteBuffer[] {buffer}, offset);
      return result;
    } finally {
      buffer.position(before + (int) Math.max(result, 0));
    }
  }

  /** Writes one buffer here and now, with no call made of it; gives the value or the code. */
  static long writeNow(int fd, ByteBuffer buffer, long offset) {
    int before = buffer.position();
    long result = -1;
    try {
      result = FsBackend.system().write(fd, new ByteBuffer[] {buffer}, offset);
      return result;
    } finally {
      buffer.position(before + (int) Math.max(result, 0));
    }
  }

  private static void requireWritable(ByteBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw UvError.EFAULT.exception(FsType.READ.callName());
    }
  }

  /** {@code result} if it is a value; an error is thrown. */
  static long orThrow(FsType type, long result) {
    if (result < 0) {
      throw new UvException((int) result, type.callName(), null);
    }
    return result;
  }

  static FsCall mkdtemp(String template) {
    return FsCall.answering(FsType.MKDTEMP, template, (fs, answer) -> fs.mkdtemp(template, answer));
  }

  static FsCall mkstemp(String template) {
    return FsCall.answering(FsType.MKSTEMP, template, (fs, answer) -> fs.mkstemp(template, answer));
  }

  static FsCall opendir(String path) {
    return FsCall.answering(FsType.OPENDIR, path, (fs, answer) -> fs.opendir(path, answer));
  }

  static FsCall readdir(FsDir dir, int count) {
    Objects.requireNonNull(dir, "dir");
    if (count < 0) {
      throw UvError.EINVAL.exception(FsType.READDIR.callName());
    }
    return FsCall.answering(FsType.READDIR, (fs, answer) -> fs.readdir(dir, count, answer));
  }

  static FsCall closedir(FsDir dir) {
    Objects.requireNonNull(dir, "dir");
    return FsCall.of(FsType.CLOSEDIR, (fs, none) -> fs.closedir(dir));
  }

  static FsCall statfs(String path) {
    return FsCall.answering(FsType.STATFS, path, (fs, answer) -> fs.statfs(path, answer));
  }

  static FsCall sendfile(int outFd, int inFd, long inOffset, long length) {
    return FsCall.of(FsType.SENDFILE, (fs, none) -> fs.sendfile(outFd, inFd, inOffset, length));
  }

  static FsCall chown(String path, long uid, long gid) {
    return FsCall.of(FsType.CHOWN, path, (fs, none) -> fs.chown(path, uid, gid));
  }

  static FsCall fchown(int fd, long uid, long gid) {
    return FsCall.of(FsType.FCHOWN, (fs, none) -> fs.fchown(fd, uid, gid));
  }

  static FsCall lchown(String path, long uid, long gid) {
    return FsCall.of(FsType.LCHOWN, path, (fs, none) -> fs.lchown(path, uid, gid));
  }

  static FsCall copyfile(String path, String newPath, int flags) {
    FsCall call =
        FsCall.of(FsType.COPYFILE, path, newPath, (fs, none) -> fs.copyfile(path, newPath, flags));
    if ((flags & ~FsFlags.COPYFILE_ALL) != 0) {
      throw call.exception(UvError.EINVAL.code(), null);
    }
    return call;
  }

  /** A copy of {@code buffers}, as in C: the descriptors are copied, the bytes are not. */
  private static ByteBuffer[] checked(FsType type, ByteBuffer[] buffers) {
    ByteBuffer[] own = buffers.clone();
    for (ByteBuffer buffer : own) {
      Objects.requireNonNull(buffer, "buffer");
    }
    if (own.length == 0) {
      throw UvError.EINVAL.exception(type.callName());
    }
    return own;
  }

  /** The same bytes with positions of their own, for the worker to move. */
  private static ByteBuffer[] views(ByteBuffer[] buffers) {
    ByteBuffer[] views = new ByteBuffer[buffers.length];
    for (int i = 0; i < views.length; i++) {
      views[i] = buffers[i].duplicate();
    }
    return views;
  }
}
