// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Every call about a descriptor, in both forms, for tables of what it answers. {@code other} is the
 * descriptor of a regular file of three bytes, for the call that takes two.
 */
@SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
enum FdCall {
  READ(
      FsType.READ,
      (fd, other) -> Fs.read(fd, room(1), -1),
      (loop, fd, other, cb) -> Fs.read(loop, fd, room(1), -1, cb)),
  PREAD(
      FsType.READ,
      (fd, other) -> Fs.read(fd, room(1), 0),
      (loop, fd, other, cb) -> Fs.read(loop, fd, room(1), 0, cb)),
  READ_NOTHING(
      FsType.READ,
      (fd, other) -> Fs.read(fd, room(0), -1),
      (loop, fd, other, cb) -> Fs.read(loop, fd, room(0), -1, cb)),
  WRITE(
      FsType.WRITE,
      (fd, other) -> Fs.write(fd, room(1), -1),
      (loop, fd, other, cb) -> Fs.write(loop, fd, room(1), -1, cb)),
  PWRITE(
      FsType.WRITE,
      (fd, other) -> Fs.write(fd, room(1), 0),
      (loop, fd, other, cb) -> Fs.write(loop, fd, room(1), 0, cb)),
  WRITE_NOTHING(
      FsType.WRITE,
      (fd, other) -> Fs.write(fd, room(0), -1),
      (loop, fd, other, cb) -> Fs.write(loop, fd, room(0), -1, cb)),
  FSTAT(FsType.FSTAT, (fd, other) -> Fs.fstat(fd), (loop, fd, other, cb) -> Fs.fstat(loop, fd, cb)),
  FSYNC(FsType.FSYNC, (fd, other) -> Fs.fsync(fd), (loop, fd, other, cb) -> Fs.fsync(loop, fd, cb)),
  FDATASYNC(
      FsType.FDATASYNC,
      (fd, other) -> Fs.fdatasync(fd),
      (loop, fd, other, cb) -> Fs.fdatasync(loop, fd, cb)),
  FTRUNCATE(
      FsType.FTRUNCATE,
      (fd, other) -> Fs.ftruncate(fd, 0),
      (loop, fd, other, cb) -> Fs.ftruncate(loop, fd, 0, cb)),
  FTRUNCATE_NEGATIVE(
      FsType.FTRUNCATE,
      (fd, other) -> Fs.ftruncate(fd, -1),
      (loop, fd, other, cb) -> Fs.ftruncate(loop, fd, -1, cb)),
  FCHMOD(
      FsType.FCHMOD,
      (fd, other) -> Fs.fchmod(fd, 0777),
      (loop, fd, other, cb) -> Fs.fchmod(loop, fd, 0777, cb)),
  FUTIME(
      FsType.FUTIME,
      (fd, other) -> Fs.futime(fd, 1, 1),
      (loop, fd, other, cb) -> Fs.futime(loop, fd, 1, 1, cb)),
  FCHOWN(
      FsType.FCHOWN,
      (fd, other) -> Fs.fchown(fd, -1, -1),
      (loop, fd, other, cb) -> Fs.fchown(loop, fd, -1, -1, cb)),
  SENDFILE_OUT(
      FsType.SENDFILE,
      (fd, other) -> Fs.sendfile(fd, other, 0, 1),
      (loop, fd, other, cb) -> Fs.sendfile(loop, fd, other, 0, 1, cb)),
  SENDFILE_IN(
      FsType.SENDFILE,
      (fd, other) -> Fs.sendfile(other, fd, 0, 1),
      (loop, fd, other, cb) -> Fs.sendfile(loop, other, fd, 0, 1, cb)),
  CLOSE(FsType.CLOSE, (fd, other) -> Fs.close(fd), (loop, fd, other, cb) -> Fs.close(loop, fd, cb));

  /** The form that is done when it returns. */
  @FunctionalInterface
  private interface Blocking {
    void call(int fd, int other);
  }

  /** The form that calls back. */
  @FunctionalInterface
  private interface OnLoop {
    FsRequest call(Loop loop, int fd, int other, FsCallback callback);
  }

  private final FsType type;
  private final Blocking blocking;
  private final OnLoop onLoop;

  FdCall(FsType type, Blocking blocking, OnLoop onLoop) {
    this.type = type;
    this.blocking = blocking;
    this.onLoop = onLoop;
  }

  /** What the form that blocks answers: the error's name, and more if it is not told right. */
  String answerNow(int fd, int other) {
    try {
      blocking.call(fd, other);
      return PathCall.FINE;
    } catch (UvException e) {
      return told(e);
    }
  }

  /** What the form on a loop answers, likewise. */
  String answerOnLoop(Loop loop, int fd, int other) {
    List<FsRequest> calledBack = new ArrayList<>();
    FsRequest request = onLoop.call(loop, fd, other, calledBack::add);
    loop.run();
    if (calledBack.size() != 1 || calledBack.get(0) != request) {
      return "called back " + calledBack;
    }
    UvException error = request.error();
    if (error == null) {
      return PathCall.FINE;
    }
    return error.code() == request.result() ? told(error) : "result " + request.result();
  }

  private String told(UvException e) {
    return e.call().equals(type.callName()) && e.path() == null ? e.error().name() : e.getMessage();
  }

  private static ByteBuffer room(int size) {
    return ByteBuffer.allocate(size);
  }
}
