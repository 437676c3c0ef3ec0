// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tee;

import static io.minilibuv.examples.cli.Stdio.AT_POSITION;
import static io.minilibuv.examples.cli.Stdio.STDOUT;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Requests;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsRequest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Something that a {@link Tee} writes to, standard output or a file. It does one thing at a time,
 * and answers when that is done or has failed; how long that takes, it does not know: the reader of
 * a pipe may take its time.
 */
final class TeeSink {
  private static final int NOT_OPEN = -1;
  private static final int MODE = 0666;

  private final Loop loop;
  private final String name;
  private final int flags;
  private final TeeTally tally = new TeeTally();
  private int fd;

  /** Whether it is a regular file. One takes what it is given, and does not wait for a reader. */
  private boolean isFile;

  /** What it has still to take of the chunk: the chunk's bytes, with a position of its own. */
  private ByteBuffer rest = ByteBuffer.allocate(0);

  private Runnable answer = () -> {};
  private @Nullable FsRequest underWay;
  private @Nullable UvException failure;

  private TeeSink(Loop loop, String name, int fd, int flags) {
    this.loop = loop;
    this.name = name;
    this.fd = fd;
    this.flags = flags;
  }

  /** Standard output. */
  static TeeSink stdout(Loop loop) {
    return new TeeSink(loop, "standard output", STDOUT, 0);
  }

  /** A file, which is made if it is not there. What is there is lost, unless it is appended to. */
  static TeeSink file(Loop loop, String path, boolean append) {
    int end = append ? FsFlags.O_APPEND : FsFlags.O_TRUNC;
    return new TeeSink(loop, path, NOT_OPEN, FsFlags.O_WRONLY | FsFlags.O_CREAT | end);
  }

  /** Opens it. A FIFO is open when somebody reads it, and not before. */
  void open(Runnable answer) {
    this.answer = answer;
    if (fd == STDOUT) {
      look();
    } else {
      underWay = Fs.open(loop, name, flags, MODE, this::onOpen);
    }
  }

  private void onOpen(FsRequest open) {
    if (failed(open.error())) {
      done();
    } else {
      fd = (int) open.result();
      look();
    }
  }

  private void look() {
    underWay = Fs.fstat(loop, fd, this::onStat);
  }

  private void onStat(FsRequest fstat) {
    isFile = fstat.result() == 0 && fstat.stat().isRegularFile();
    done();
  }

  /** Writes {@code chunk}, which must stay as it is until the answer. */
  void write(ByteBuffer chunk, Runnable answer) {
    this.answer = answer;
    rest = chunk.duplicate();
    tally.begin();
    writeRest();
  }

  private void writeRest() {
    underWay = Fs.write(loop, fd, rest, AT_POSITION, this::onWrite);
  }

  private void onWrite(FsRequest write) {
    tally.add(write.bytes());
    if (write.result() == UvError.ECANCELED.code()) {
      writeHere();
    } else if (!failed(write.error()) && rest.hasRemaining()) {
      if (write.result() > 0) {
        // Partial: an error cut it short. The next write begins with that error, and tells it.
        writeRest();
        return;
      }
      failed(UvError.EAGAIN.exception("write", name));
    }
    tally.end();
    done();
  }

  /**
   * Has the chunk that is under way taken without waiting for the pool, which may be full of writes
   * to pipes that nobody reads: what no worker has begun is taken back, and done on this thread.
   */
  void hurry() {
    FsRequest request = underWay;
    if (request != null) {
      // What a worker has begun, it will end.
      Requests.tryCancel(request);
    }
  }

  /** The blocking form of the call, for what does not block for long; a pipe could. */
  private void writeHere() {
    try {
      while (isFile && rest.hasRemaining()) {
        tally.add(Fs.write(fd, rest, AT_POSITION));
      }
    } catch (UvException e) {
      failed(e);
    }
  }

  /** Closes it. Some systems tell a failed write now. */
  void close(Runnable answer) {
    this.answer = answer;
    if (isOpenFile()) {
      underWay = Fs.close(loop, fd, this::onClose);
      fd = NOT_OPEN;
    } else {
      done();
    }
  }

  private void onClose(FsRequest close) {
    failed(close.error());
    done();
  }

  /** Closes it on this thread, unless it is in use: the pool may be full. */
  void closeHere() {
    if (isOpenFile() && underWay == null) {
      try {
        Fs.close(fd);
      } catch (UvException e) {
        failed(e);
      }
      fd = NOT_OPEN;
    }
  }

  private boolean isOpenFile() {
    return fd != NOT_OPEN && fd != STDOUT;
  }

  private boolean failed(@Nullable UvException error) {
    if (error != null && failure == null) {
      failure = new UvException(error.code(), error.call(), name, error);
    }
    return error != null;
  }

  private void done() {
    underWay = null;
    answer.run();
  }

  /** Whether this is standard output. */
  boolean isStdout() {
    return (flags & FsFlags.O_CREAT) == 0;
  }

  /** How many bytes it has not taken of the chunk. */
  int left() {
    return rest.remaining();
  }

  /** What it has failed with first, or null. */
  @Nullable UvException failure() {
    return failure;
  }

  /** What it has taken. */
  TeeTally tally() {
    return tally;
  }

  /** How it is called. */
  String name() {
    return isStdout() ? name : "'" + name + "'";
  }
}
