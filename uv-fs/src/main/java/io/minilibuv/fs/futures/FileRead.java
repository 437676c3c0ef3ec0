// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads a whole file: open, fstat, read until nothing comes, close.
 *
 * <p>The size that fstat tells is only where to begin with: a file may grow, shrink, or be one of
 * those of the system that say 0 and hold something.
 */
final class FileRead extends FileTask<byte[]> {
  /** The longest array that a JVM surely makes. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private static final int LEAST = 8 * 1024;

  private int fd;
  private byte[] bytes = {};
  private int length;

  /** Holds what comes after the size was reached, so that a size that was right costs no copy. */
  private final ByteBuffer beyond = ByteBuffer.allocate(1);

  FileRead(Loop loop, String path) {
    super(loop, path);
  }

  FsTask<byte[]> start() {
    Fs.open(loop, path, FsFlags.O_RDONLY, 0, this::onOpen);
    return task;
  }

  private void onOpen(FsRequest open) {
    if (failed(open)) {
      settle(null);
      return;
    }
    fd = (int) open.result();
    Fs.fstat(loop, fd, this::onStat);
  }

  private void onStat(FsRequest fstat) {
    if (!failed(fstat)) {
      resize(fstat.stat().size());
    }
    read();
  }

  private void read() {
    if (isStopped()) {
      close();
    } else if (length == bytes.length) {
      Fs.read(loop, fd, beyond.clear(), -1, this::onReadBeyond);
    } else {
      int room = Math.min(CHUNK, bytes.length - length);
      Fs.read(loop, fd, ByteBuffer.wrap(bytes, length, room), -1, this::onRead);
    }
  }

  private void onRead(FsRequest read) {
    if (failed(read) || read.bytes() == 0) {
      close();
      return;
    }
    length += (int) read.bytes();
    read();
  }

  private void onReadBeyond(FsRequest read) {
    if (failed(read) || read.bytes() == 0) {
      close();
      return;
    }
    resize(length < MOST ? Math.min(MOST, Math.max(LEAST, length * 3L / 2)) : length + 1L);
    if (!isStopped()) {
      bytes[length++] = beyond.get(0);
    }
    read();
  }

  private void resize(long size) {
    if (size > MOST) {
      fail(UvError.EFBIG.exception("read", path));
      return;
    }
    try {
      bytes = Arrays.copyOf(bytes, (int) size);
    } catch (OutOfMemoryError e) {
      fail(UvError.ENOMEM.exception("read", path));
    }
  }

  private void close() {
    if (!isStopped() && length < bytes.length) {
      resize(length);
    }
    close(fd, () -> settle(bytes));
  }
}
