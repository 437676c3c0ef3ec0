// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.core.Uv;
import io.minilibuv.fs.ForwardingFsBackend;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import java.nio.ByteBuffer;
import java.util.TreeMap;

/**
 * Gives a backend's descriptors numbers of their own, the lowest that is free from 3 on: those of
 * the system are taken by the JVM, too. One thread at a time.
 */
final class NumberedFsBackend extends ForwardingFsBackend {
  private static final int FIRST = 3;
  private static final int NONE = -1;

  private final TreeMap<Integer, Integer> system = new TreeMap<>();

  NumberedFsBackend(FsBackend next) {
    super(next);
  }

  private long add(long fd) {
    if (fd < 0) {
      return fd;
    }
    int number = FIRST;
    while (system.containsKey(number)) {
      number++;
    }
    system.put(number, (int) fd);
    return number;
  }

  private int of(int number) {
    return system.getOrDefault(number, NONE);
  }

  @Override
  public long open(String path, int flags, int mode) {
    return add(super.open(path, flags, mode));
  }

  @Override
  public long mkstemp(String template, FsAnswer answer) {
    return add(super.mkstemp(template, answer));
  }

  @Override
  public long close(int fd) {
    int own = of(fd);
    system.remove(fd);
    return super.close(own);
  }

  @Override
  public long read(int fd, ByteBuffer[] buffers, long offset) {
    return super.read(of(fd), buffers, offset);
  }

  @Override
  public long write(int fd, ByteBuffer[] buffers, long offset) {
    return super.write(of(fd), buffers, offset);
  }

  @Override
  public long fstat(int fd, FsAnswer answer) {
    return super.fstat(of(fd), answer);
  }

  @Override
  public long fsync(int fd) {
    return super.fsync(of(fd));
  }

  @Override
  public long fdatasync(int fd) {
    return super.fdatasync(of(fd));
  }

  @Override
  public long ftruncate(int fd, long length) {
    return super.ftruncate(of(fd), length);
  }

  @Override
  public long fchmod(int fd, int mode) {
    return super.fchmod(of(fd), mode);
  }

  @Override
  public long futime(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    return super.futime(of(fd), atime, mtime);
  }

  @Override
  public long fchown(int fd, long uid, long gid) {
    return super.fchown(of(fd), uid, gid);
  }

  @Override
  public long sendfile(int outFd, int inFd, long inOffset, long length) {
    return super.sendfile(of(outFd), of(inFd), inOffset, length);
  }
}
