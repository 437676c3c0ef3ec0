// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static io.minilibuv.fs.FsFlags.O_RDONLY;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Stdio;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** All of a file, or of standard input, which has no size to ask for: read until it ends. */
final class InputBytes {
  private final Loop loop;
  private final String path;
  private final ByteBuffer buffer = ByteBuffer.allocate(Stdio.CHUNK);
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private int fd;
  private boolean atEnd;
  private @Nullable UvException failure;

  InputBytes(Loop loop, String path) {
    this.loop = loop;
    this.path = path;
  }

  /** Begins. When the loop is not alive any more, all is read. */
  void start() {
    if (path.equals(FileHash.STDIN)) {
      read();
    } else {
      Fs.open(loop, path, O_RDONLY, 0, this::onOpen);
    }
  }

  private void onOpen(FsRequest open) {
    failure = open.error();
    if (failure == null) {
      fd = (int) open.result();
      read();
    }
  }

  private void read() {
    Fs.read(loop, fd, buffer.clear(), Stdio.AT_POSITION, this::onRead);
  }

  private void onRead(FsRequest read) {
    if (read.result() > 0) {
      content.write(buffer.array(), 0, buffer.position());
      read();
      return;
    }
    atEnd = read.result() == 0;
    failure = atEnd ? null : new UvException((int) read.result(), "read", path);
    if (fd != 0) {
      Fs.close(loop, fd, close -> {});
    }
  }

  /**
   * The bytes; null if there was no time to read them all.
   *
   * @throws UvException if it cannot be read
   */
  byte @Nullable [] content() {
    if (failure != null) {
      throw failure;
    }
    return atEnd ? content.toByteArray() : null;
  }
}
