// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Writes a whole file: open, write until nothing is left, close. */
final class FileWrite extends FileTask<Void> {
  private final ChunkWrite content;

  FileWrite(Loop loop, String path, ByteBuffer content) {
    super(loop, path);
    this.content = new ChunkWrite(this, content);
  }

  FsTask<Void> start(int flags, int mode) {
    Fs.open(loop, path, flags, mode, this::onOpen);
    return task;
  }

  private void onOpen(FsRequest open) {
    if (failed(open)) {
      settle(null);
      return;
    }
    int fd = (int) open.result();
    content.start(fd, () -> close(fd, () -> settle(null)));
  }

  /** Writes a buffer at the file position, a chunk at a time, until its task is to end. */
  static final class ChunkWrite {
    private final FileTask<?> file;
    private final ByteBuffer content;
    private final int end;
    private int fd;
    private Runnable next = () -> {};

    ChunkWrite(FileTask<?> file, ByteBuffer content) {
      this.file = file;
      // The caller's buffer stays where it is; the bytes are the caller's own.
      this.content = Objects.requireNonNull(content, "content").duplicate();
      this.end = content.limit();
    }

    /** Begins. {@code next} is run once: everything is written, or the task is to end. */
    void start(int into, Runnable whenDone) {
      fd = into;
      next = whenDone;
      write();
    }

    private void write() {
      if (file.isStopped() || content.position() == end) {
        next.run();
        return;
      }
      content.limit(Math.min(end, content.position() + CHUNK));
      Fs.write(file.loop, fd, content, -1, this::onWrite);
    }

    private void onWrite(FsRequest write) {
      if (!file.failed(write) && write.bytes() == 0) {
        file.fail(UvError.EIO.exception("write", file.path));
      }
      content.limit(end);
      write();
    }
  }
}
