// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Stdio;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open file, and how far it has been read. It reads on from there whenever it is told to. */
final class TailReader {
  private static final int LAST_STANDARD_STREAM = 2;

  /** Takes what was read, and says when it can take more. */
  interface Sink {
    void write(List<ByteBuffer> pieces, Runnable done);
  }

  /** Told when all that there was is written, or what it has failed with. */
  interface Done {
    void done(@Nullable UvException failure);
  }

  private final Loop loop;
  private final int fd;
  private final FsStat opened;
  private final String name;
  private final Sink sink;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Stdio.CHUNK);
  private Cut cut = Cut.NONE;
  private Done done = failure -> {};
  private long position;
  private boolean closed;

  /**
   * At the start of the file.
   *
   * @param opened what the descriptor stands for
   * @param name for errors
   */
  TailReader(Loop loop, int fd, FsStat opened, String name, Sink sink) {
    this.loop = loop;
    this.fd = fd;
    this.opened = opened;
    this.name = name;
    this.sink = sink;
  }

  int fd() {
    return fd;
  }

  /** What it was when it was opened. */
  FsStat opened() {
    return opened;
  }

  /** How far it has been read; of what is no regular file, how much. */
  long position() {
    return position;
  }

  /** Reads from the start again: what was there is gone. */
  void rewind() {
    position = 0;
  }

  /** Writes as much of it as {@code extent} says. */
  void begin(TailExtent extent, Done done) {
    this.done = done;
    long size = opened.size();
    if (!opened.isRegularFile() || size == 0 || (extent.fromStart() && extent.lines())) {
      // What has no end to begin at, such as a pipe. Files in /proc are empty, and are not.
      readForwards(extent);
    } else if (extent.lines()) {
      readBackwards(extent, new BackwardSearch(true, extent.count()), size);
    } else {
      position = extent.fromStart() ? Math.min(size, extent.count()) : size - extent.count();
      position = Math.max(0, position);
      read();
    }
  }

  /** Writes all that has come since. */
  void readOn(Done done) {
    this.done = done;
    if (!closed) {
      read();
    }
  }

  private void readForwards(TailExtent extent) {
    position = 0;
    cut = extent.cut();
    read();
  }

  /** Looks into the chunk that ends at {@code end}, and then into that before it. */
  private void readBackwards(TailExtent extent, BackwardSearch search, long end) {
    if (search.isFound() || end == 0) {
      position = end;
      read();
      return;
    }
    long begin = (end - 1) / Stdio.CHUNK * Stdio.CHUNK;
    fill(
        buffer.clear().limit((int) (end - begin)),
        begin,
        () -> {
          if (buffer.hasRemaining()) {
            // It ends earlier than it says, as some files of the system's do.
            readForwards(extent);
          } else {
            readBackwards(extent, search, begin + search.back(buffer.flip()));
          }
        });
  }

  /** Reads until the buffer is full, or the file at its end. */
  private void fill(ByteBuffer into, long begin, Runnable filled) {
    Fs.read(
        loop,
        fd,
        into,
        begin + into.position(),
        request -> {
          if (closed) {
            return;
          }
          if (request.result() < 0) {
            done.done(failureOf(request));
          } else if (request.result() > 0 && into.hasRemaining()) {
            fill(into, begin, filled);
          } else {
            filled.run();
          }
        });
  }

  /** The pump: read, write, and again, until nothing comes. */
  private void read() {
    long offset = opened.isRegularFile() ? position : Stdio.AT_POSITION;
    Fs.read(loop, fd, buffer.clear(), offset, this::onRead);
  }

  /** What was read is written also if this was closed meanwhile. */
  private void onRead(FsRequest request) {
    if (request.result() > 0) {
      position += request.result();
      sink.write(cut.next(buffer.flip()), this::read);
    } else if (request.result() == 0) {
      List<ByteBuffer> rest = cut.rest();
      cut = Cut.NONE;
      sink.write(rest, () -> done.done(null));
    } else if (!closed) {
      done.done(failureOf(request));
    }
  }

  /** A request on a descriptor does not know the name. */
  private UvException failureOf(FsRequest request) {
    return new UvException((int) request.result(), request.fsType().callName(), name);
  }

  /** Closes the descriptor, unless it is a standard stream. Nothing depends on how that ends. */
  void close() {
    if (!closed && fd > LAST_STANDARD_STREAM) {
      Fs.close(loop, fd, request -> {});
    }
    closed = true;
  }
}
