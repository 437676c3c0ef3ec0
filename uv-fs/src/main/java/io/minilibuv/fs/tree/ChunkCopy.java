// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.nio.ByteBuffer;

/**
 * Carries chunks of a file in one buffer: read, write, and again from the next place that is not
 * taken, until the source ends.
 *
 * <p>The end is where a read finds nothing, not where the source's size said. Where several chunks
 * are on their way, the first such place counts: see {@link FileCopy}.
 */
final class ChunkCopy {
  /** The offset that writes on where the last write ended ({@code uv_fs_write}). */
  private static final long AT_POSITION = -1;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final FileCopy file;
  private ByteBuffer buffer = NONE;
  private long offset;
  private long end;

  ChunkCopy(FileCopy file) {
    this.file = file;
  }

  /** Begins as soon as there is a buffer. */
  void start() {
    if (!file.copy.buffers().take(this::begin)) {
      file.fail(UvError.ENOMEM, "copy", file.path());
      file.chunksEnd();
    }
  }

  private void begin(ByteBuffer taken) {
    buffer = taken;
    next();
  }

  private void next() {
    offset = file.claimChunk();
    end = offset + Buffers.SIZE;
    if (file.isBehindEnd(offset)) {
      finish();
    } else {
      read();
    }
  }

  private void read() {
    if (file.isStopped()) {
      finish();
      return;
    }
    buffer.clear().limit((int) (end - offset));
    Fs.read(file.loop(), file.in(), buffer, offset, this::onRead);
  }

  private void onRead(FsRequest read) {
    if (file.failed(read, file.path())) {
      finish();
      return;
    }
    if (read.result() == 0) {
      file.endsAt(offset);
      finish();
      return;
    }
    buffer.flip();
    write();
  }

  private void write() {
    long where = file.isDirect() ? AT_POSITION : offset;
    Fs.write(file.loop(), file.out(), buffer, where, this::onWrite);
  }

  private void onWrite(FsRequest write) {
    if (write.result() == 0) {
      file.fail(UvError.EIO, "write", file.target);
    }
    if (file.failed(write, file.target) || file.isStopped()) {
      finish();
      return;
    }
    offset += write.result();
    file.written(offset, write.result());
    if (buffer.hasRemaining()) {
      write();
    } else if (offset < end) {
      read();
    } else {
      next();
    }
  }

  private void finish() {
    file.copy.buffers().give(buffer);
    file.chunksEnd();
  }
}
