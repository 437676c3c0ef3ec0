// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

import static io.minilibuv.examples.cli.Stdio.AT_POSITION;
import static io.minilibuv.examples.cli.Stdio.CHUNK;
import static io.minilibuv.examples.cli.Stdio.STDIN;
import static io.minilibuv.examples.cli.Stdio.STDOUT;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * {@link Cat} as libuv has it: each callback looks at the answer of one request and asks the next.
 * The methods are written in the order in which they are called.
 */
final class CatByCallbacks implements Cat {
  private final Loop loop;
  private final FsStat output;
  private final Listener listener;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
  private Iterator<String> names = Collections.emptyIterator();
  private String name = "";
  private int fd;

  CatByCallbacks(Loop loop, FsStat output, Listener listener) {
    this.loop = loop;
    this.output = output;
    this.listener = listener;
  }

  @Override
  public void start(List<String> names) {
    this.names = names.iterator();
    next();
  }

  /** Asks for the next file. After the last one nothing is asked, and so the loop ends. */
  private void next() {
    if (!names.hasNext()) {
      return;
    }
    name = names.next();
    if (name.equals(DASH)) {
      fd = STDIN;
      look();
    } else {
      Fs.open(loop, name, FsFlags.O_RDONLY, 0, this::onOpen);
    }
  }

  private void onOpen(FsRequest open) {
    UvException error = open.error();
    if (error != null) {
      listener.failed(error);
      next();
      return;
    }
    fd = (int) open.result();
    look();
  }

  private void look() {
    Fs.fstat(loop, fd, this::onStat);
  }

  private void onStat(FsRequest fstat) {
    try {
      // What cannot be told is taken for another file; if it is none at all, the read will say so.
      if (fstat.result() == 0) {
        Cat.refuseOutput(output, fstat.stat(), name);
      }
      read();
    } catch (UvException refusal) {
      listener.failed(refusal);
      close();
    }
  }

  private void read() {
    Fs.read(loop, fd, buffer.clear(), AT_POSITION, this::onRead);
  }

  private void onRead(FsRequest read) {
    UvException error = read.error();
    if (error != null) {
      listener.failed(Cat.named(error, name));
      close();
    } else if (read.result() == 0) {
      close();
    } else {
      buffer.flip();
      write();
    }
  }

  private void write() {
    Fs.write(loop, STDOUT, buffer, AT_POSITION, this::onWrite);
  }

  private void onWrite(FsRequest write) {
    UvException error = write.error();
    if (error != null) {
      listener.failed(Cat.named(error, name));
      // Nobody takes the rest.
      names = Collections.emptyIterator();
      close();
      return;
    }
    listener.written(write.result());
    if (buffer.hasRemaining()) {
      // An error cut it short. The next write begins with that error, and tells it.
      write();
    } else {
      read();
    }
  }

  private void close() {
    if (fd == STDIN) {
      next();
    } else {
      Fs.close(loop, fd, this::onClose);
    }
  }

  private void onClose(FsRequest close) {
    UvException error = close.error();
    if (error != null) {
      listener.failed(Cat.named(error, name));
    }
    next();
  }
}
