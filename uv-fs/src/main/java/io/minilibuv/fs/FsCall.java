// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file system call with its arguments, as both forms of it are made: what {@code INIT} and
 * {@code PATH} gather of {@code uv_fs_t} (src/unix/fs.c).
 *
 * <p>It is made by the caller's thread, which is when what is wrong with the arguments throws; run
 * once, on any thread; and finished by the caller's thread, or the loop's.
 */
final class FsCall {

  /** What is to be done, once the arguments are known. */
  @FunctionalInterface
  interface Body {
    long run(FsBackend backend, FsAnswer answer);
  }

  private static final ByteBuffer[] NO_BUFFERS = {};

  /** The answer of all calls that answer a number only: nobody writes into it. */
  private static final FsAnswer NO_ANSWER = new FsAnswer();

  final FsType type;
  final @Nullable String path;
  final @Nullable String newPath;
  final FsAnswer answer;
  private final Body body;
  private final ByteBuffer[] buffers;

  private FsCall(
      FsType type,
      @Nullable String path,
      @Nullable String newPath,
      FsAnswer answer,
      ByteBuffer[] buffers,
      Body body) {
    this.type = type;
    this.path = path;
    this.newPath = newPath;
    this.answer = answer;
    this.buffers = buffers;
    this.body = body;
  }

  /** A call about a descriptor, which answers a number only. */
  static FsCall of(FsType type, Body body) {
    return new FsCall(type, null, null, NO_ANSWER, NO_BUFFERS, body);
  }

  /** A call about a path, which answers a number only. */
  static FsCall of(FsType type, String path, Body body) {
    Objects.requireNonNull(path, "path");
    return new FsCall(type, path, null, NO_ANSWER, NO_BUFFERS, body);
  }

  /** A call about two paths, which answers a number only. */
  static FsCall of(FsType type, String path, String newPath, Body body) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(newPath, "newPath");
    return new FsCall(type, path, newPath, NO_ANSWER, NO_BUFFERS, body);
  }

  /** A call that moves bytes between a file and {@code buffers}, which are its own. */
  static FsCall of(FsType type, ByteBuffer[] buffers, Body body) {
    return new FsCall(type, null, null, NO_ANSWER, buffers, body);
  }

  /** A call about something that is open, which answers more than a number. */
  static FsCall answering(FsType type, Body body) {
    return new FsCall(type, null, null, new FsAnswer(), NO_BUFFERS, body);
  }

  /** A call about a path, which answers more than a number. */
  static FsCall answering(FsType type, String path, Body body) {
    Objects.requireNonNull(path, "path");
    return new FsCall(type, path, null, new FsAnswer(), NO_BUFFERS, body);
  }

  /** Does it, and gives the result. Called once. */
  long run(FsBackend backend) {
    return body.run(backend, answer);
  }

  /** Does it here and now, and gives the value, or throws. */
  long runNow() {
    long result = resultNow();
    if (result < 0) {
      throw exception(result, null);
    }
    return result;
  }

  /** Does it here and now, and gives the value or the code. */
  long resultNow() {
    long result = run(FsBackend.system());
    finish(result);
    return result;
  }

  /** Does it here and now; gives the answer to a stat call, or throws. */
  FsStat runForStat() {
    runNow();
    return Objects.requireNonNull(answer.stat(), "a stat call without a stat");
  }

  /** Does it here and now; gives the text that it answers, or throws. */
  String runForText() {
    runNow();
    return Objects.requireNonNull(answer.text(), "a call for text without text");
  }

  /** Does it here and now; gives the entries that it answers, or throws. */
  List<Dirent> runForEntries() {
    runNow();
    return answer.entries();
  }

  /** Moves the caller's buffers by the bytes that were transferred, if any were. */
  void finish(long result) {
    long left = result;
    for (ByteBuffer buffer : buffers) {
      if (left <= 0) {
        return;
      }
      int moved = (int) Math.min(left, buffer.remaining());
      buffer.position(buffer.position() + moved);
      left -= moved;
    }
  }

  /** Does it here and now; gives the directory that it answers, or throws. */
  FsDir runForDir() {
    runNow();
    return Objects.requireNonNull(answer.dir(), "an opendir without a directory");
  }

  /** Does it here and now; gives the name that it made, or throws. */
  String runForMadePath() {
    runNow();
    return Objects.requireNonNull(answer.madePath(), "a call for a name without a name");
  }

  /** Does it here and now; gives the file that it made and opened, or throws. */
  TempFile runForTempFile() {
    int fd = (int) runNow();
    return new TempFile(fd, Objects.requireNonNull(answer.madePath(), "a file without a name"));
  }

  /** Does it here and now; gives what it answers of a file system, or throws. */
  FsStatFs runForStatFs() {
    runNow();
    return Objects.requireNonNull(answer.statFs(), "a statfs without an answer");
  }

  /** What {@code result}, an error, throws. */
  UvException exception(long result, @Nullable Throwable cause) {
    return new UvException((int) result, type.callName(), path, newPath, cause);
  }
}
