// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static io.minilibuv.fs.FsFlags.O_RDONLY;

import io.minilibuv.core.Loop;
import io.minilibuv.core.Request;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Requests;
import io.minilibuv.examples.cli.Stdio;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.threadpool.WorkRequest;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one file to its SHA-256: reads, which wait for a disk, and digests, which take a
 * processor. Both are requests on the pool, at most one of each at a time, and so they overlap:
 *
 * <pre>
 *  read    |--1--|--2--|     |--3--|    ...
 *  digest        |-----1-----|-----2-----|-----3-----|
 * </pre>
 *
 * <p>A buffer is empty, or is being read into, or full, or is being digested. There are two, so
 * that nobody reads further ahead than one. Digests are in the order of the file since there is
 * only one at a time; what a worker has left in the {@code MessageDigest} the next one sees,
 * because the request has come back to the loop in between.
 */
final class FileHash {
  /** The path that means standard input. */
  static final String STDIN = "-";

  private static final int NONE = -1;

  private final Loop loop;
  private final String path;
  private final HashTools tools;
  private final LongConsumer progress;
  private final Consumer<FileHash> whenDone;
  private final Deque<ByteBuffer> empty = new ArrayDeque<>(2);
  private final Deque<ByteBuffer> full = new ArrayDeque<>(2);

  private int fd = NONE;
  private @Nullable FsRequest opening;
  private @Nullable FsRequest reading;
  private @Nullable WorkRequest digesting;
  private boolean atEnd;
  private @Nullable UvException failure;
  private @Nullable String hex;

  /**
   * @param tools nobody else's until this is done
   * @param progress is told how many bytes were read
   * @param whenDone is told that this has a result, on the loop's thread
   */
  FileHash(
      Loop loop, String path, HashTools tools, LongConsumer progress, Consumer<FileHash> whenDone) {
    this.loop = loop;
    this.path = path;
    this.tools = tools;
    this.progress = progress;
    this.whenDone = whenDone;
    empty.add(tools.first());
    empty.add(tools.second());
  }

  void start() {
    if (path.equals(STDIN)) {
      fd = Stdio.STDIN;
      goOn();
    } else {
      opening = Fs.open(loop, path, O_RDONLY, 0, this::onOpen);
    }
  }

  private void onOpen(FsRequest open) {
    opening = null;
    fail(open.error());
    if (open.result() >= 0) {
      fd = (int) open.result();
    }
    goOn();
  }

  /** Begins what can be begun. If nothing is under way then, nothing is left to do. */
  private void goOn() {
    ByteBuffer next = empty.peek();
    if (next != null && reading == null && !atEnd && failure == null) {
      empty.remove();
      reading = Fs.read(loop, fd, next.clear(), Stdio.AT_POSITION, read -> onRead(read, next));
    }
    ByteBuffer chunk = full.peek();
    if (chunk != null && digesting == null && failure == null) {
      full.remove();
      digesting =
          WorkRequest.queue(
              loop,
              request -> tools.sha256().update(chunk), // on a worker
              (request, status) -> onDigested(status, chunk));
    }
    if (reading == null && digesting == null) {
      close();
    }
  }

  private void onRead(FsRequest read, ByteBuffer buffer) {
    reading = null;
    if (read.result() > 0) {
      full.add(buffer.flip());
      progress.accept(read.result());
    } else if (read.result() == 0) {
      atEnd = true;
    } else {
      fail(new UvException((int) read.result(), "read", path));
    }
    goOn();
  }

  private void onDigested(int status, ByteBuffer buffer) {
    digesting = null;
    empty.add(buffer);
    if (status < 0) {
      fail(new UvException(status, "digest", path));
    }
    goOn();
  }

  private void close() {
    if (path.equals(STDIN) || fd == NONE) {
      finish();
    } else {
      Fs.close(loop, fd, close -> finish());
    }
  }

  private void finish() {
    // Asked for in any case, since that also makes the digest ready for the next file.
    byte[] digest = tools.sha256().digest();
    hex = failure == null ? HexFormat.of().formatHex(digest) : null;
    whenDone.accept(this);
  }

  /** Takes back what no worker has begun; the rest comes back soon, and then this is done. */
  void cancel() {
    fail(UvError.ECANCELED.exception("hash", path));
    cancel(opening);
    cancel(reading);
    cancel(digesting);
  }

  private static void cancel(@Nullable Request request) {
    if (request != null) {
      Requests.tryCancel(request);
    }
  }

  /** The first failure is the one that is told. */
  private void fail(@Nullable UvException what) {
    failure = failure != null ? failure : what;
  }

  String path() {
    return path;
  }

  /** 64 digits; null if it has failed. */
  @Nullable String hex() {
    return hex;
  }

  /** Why there is no result; ECANCELED if it was cancelled. */
  @Nullable UvException failure() {
    return failure;
  }
}
