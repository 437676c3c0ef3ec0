// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_DIRECTORY;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_NOFOLLOW;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every call about a path, in both forms, for tables of what it answers.
 *
 * <p>A call works in a directory {@code in}, which has an ordinary {@code file}, a directory {@code
 * full} that is not empty, and no {@code new}; they are the other end of a call about two paths.
 */
@SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
enum PathCall {
  OPEN_R(O_RDONLY),
  OPEN_W(O_WRONLY),
  OPEN_RW(O_RDWR),
  OPEN_CREATE(O_RDWR | O_CREAT),
  OPEN_CREATE_R(O_RDONLY | O_CREAT),
  OPEN_EXCL(O_WRONLY | O_CREAT | O_EXCL),
  OPEN_APPEND(O_RDWR | O_APPEND | O_CREAT),
  OPEN_TRUNC_R(O_RDONLY | O_TRUNC),
  OPEN_DIRECTORY(O_RDONLY | O_DIRECTORY),
  OPEN_NOFOLLOW(O_RDONLY | O_NOFOLLOW),
  UNLINK(
      FsType.UNLINK,
      (in, path) -> Fs.unlink(path),
      (loop, in, path, cb) -> Fs.unlink(loop, path, cb)),
  MKDIR(
      FsType.MKDIR,
      (in, path) -> Fs.mkdir(path, 0700),
      (loop, in, path, cb) -> Fs.mkdir(loop, path, 0700, cb)),
  RMDIR(
      FsType.RMDIR, (in, path) -> Fs.rmdir(path), (loop, in, path, cb) -> Fs.rmdir(loop, path, cb)),
  SCANDIR(
      FsType.SCANDIR,
      (in, path) -> Fs.scandir(path),
      (loop, in, path, cb) -> Fs.scandir(loop, path, cb)),
  OPENDIR(
      FsType.OPENDIR,
      (in, path) -> Fs.closedir(Fs.opendir(path)),
      (loop, in, path, cb) -> Fs.opendir(loop, path, cb)),
  STAT(FsType.STAT, (in, path) -> Fs.stat(path), (loop, in, path, cb) -> Fs.stat(loop, path, cb)),
  LSTAT(
      FsType.LSTAT, (in, path) -> Fs.lstat(path), (loop, in, path, cb) -> Fs.lstat(loop, path, cb)),
  ACCESS(FsType.ACCESS, FsFlags.F_OK),
  ACCESS_R(FsType.ACCESS, FsFlags.R_OK),
  ACCESS_W(FsType.ACCESS, FsFlags.W_OK),
  ACCESS_X(FsType.ACCESS, FsFlags.X_OK),
  CHMOD(
      FsType.CHMOD,
      (in, path) -> Fs.chmod(path, 0700),
      (loop, in, path, cb) -> Fs.chmod(loop, path, 0700, cb)),
  UTIME(
      FsType.UTIME,
      (in, path) -> Fs.utime(path, 1, 1),
      (loop, in, path, cb) -> Fs.utime(loop, path, 1, 1, cb)),
  LUTIME(
      FsType.LUTIME,
      (in, path) -> Fs.lutime(path, 1, 1),
      (loop, in, path, cb) -> Fs.lutime(loop, path, 1, 1, cb)),
  /** To the user who calls: it changes nothing, and yet is not for everybody to do. */
  CHOWN(
      FsType.CHOWN,
      (in, path) -> Fs.chown(path, me().uid(), me().gid()),
      (loop, in, path, cb) -> Fs.chown(loop, path, me().uid(), me().gid(), cb)),
  LCHOWN(
      FsType.LCHOWN,
      (in, path) -> Fs.lchown(path, me().uid(), me().gid()),
      (loop, in, path, cb) -> Fs.lchown(loop, path, me().uid(), me().gid(), cb)),
  CHOWN_ROOT(
      FsType.CHOWN,
      (in, path) -> Fs.chown(path, 0, 0),
      (loop, in, path, cb) -> Fs.chown(loop, path, 0, 0, cb)),
  LINK_FROM(
      FsType.LINK,
      (in, path) -> Fs.link(path, in + "/new"),
      (loop, in, path, cb) -> Fs.link(loop, path, in + "/new", cb)),
  LINK_TO(
      FsType.LINK,
      (in, path) -> Fs.link(in + "/file", path),
      (loop, in, path, cb) -> Fs.link(loop, in + "/file", path, cb)),
  SYMLINK_TO(
      FsType.SYMLINK,
      (in, path) -> Fs.symlink("x", path),
      (loop, in, path, cb) -> Fs.symlink(loop, "x", path, cb)),
  SYMLINK_TEXT(
      FsType.SYMLINK,
      (in, path) -> Fs.symlink(path, in + "/new"),
      (loop, in, path, cb) -> Fs.symlink(loop, path, in + "/new", cb)),
  READLINK(
      FsType.READLINK,
      (in, path) -> Fs.readlink(path),
      (loop, in, path, cb) -> Fs.readlink(loop, path, cb)),
  REALPATH(
      FsType.REALPATH,
      (in, path) -> Fs.realpath(path),
      (loop, in, path, cb) -> Fs.realpath(loop, path, cb)),
  RENAME_FROM(
      FsType.RENAME,
      (in, path) -> Fs.rename(path, in + "/new"),
      (loop, in, path, cb) -> Fs.rename(loop, path, in + "/new", cb)),
  RENAME_FILE_TO(
      FsType.RENAME,
      (in, path) -> Fs.rename(in + "/file", path),
      (loop, in, path, cb) -> Fs.rename(loop, in + "/file", path, cb)),
  RENAME_DIR_TO(
      FsType.RENAME,
      (in, path) -> Fs.rename(in + "/full", path),
      (loop, in, path, cb) -> Fs.rename(loop, in + "/full", path, cb)),
  /** Of a directory in what the path leads to. */
  MKDTEMP(
      FsType.MKDTEMP,
      (in, path) -> Fs.mkdtemp(path + "/tXXXXXX"),
      (loop, in, path, cb) -> Fs.mkdtemp(loop, path + "/tXXXXXX", cb)),
  MKSTEMP(
      FsType.MKSTEMP,
      (in, path) -> Fs.close(Fs.mkstemp(path + "/tXXXXXX").fd()),
      (loop, in, path, cb) -> Fs.mkstemp(loop, path + "/tXXXXXX", cb)),
  STATFS(
      FsType.STATFS,
      (in, path) -> Fs.statfs(path),
      (loop, in, path, cb) -> Fs.statfs(loop, path, cb)),
  COPYFILE_FROM(
      FsType.COPYFILE,
      (in, path) -> Fs.copyfile(path, in + "/new", 0),
      (loop, in, path, cb) -> Fs.copyfile(loop, path, in + "/new", 0, cb)),
  COPYFILE_TO(FsType.COPYFILE, 0),
  COPYFILE_EXCL(FsType.COPYFILE, FsFlags.COPYFILE_EXCL),
  FS_EVENT(FsType.UNKNOWN, (in, path) -> {}, (loop, in, path, cb) -> null);

  /** The form that is done when it returns. */
  @FunctionalInterface
  private interface Blocking {
    void call(String in, String path);
  }

  /** The form that calls back. */
  @FunctionalInterface
  private interface OnLoop {
    @Nullable FsRequest call(Loop loop, String in, String path, FsCallback callback);
  }

  /** What stands in a table for a call that succeeds. */
  static final String FINE = "ok";

  private final FsType type;
  private final Blocking blocking;
  private final OnLoop onLoop;

  PathCall(int flags) {
    this(
        FsType.OPEN,
        (in, path) -> Fs.close(Fs.open(path, flags, 0600)),
        (loop, in, path, cb) -> Fs.open(loop, path, flags, 0600, cb));
  }

  /** Of the calls that differ by a number only. */
  PathCall(FsType type, int number) {
    this(
        type,
        type == FsType.ACCESS
            ? (in, path) -> Fs.access(path, number)
            : (in, path) -> Fs.copyfile(in + "/file", path, number),
        type == FsType.ACCESS
            ? (loop, in, path, cb) -> Fs.access(loop, path, number, cb)
            : (loop, in, path, cb) -> Fs.copyfile(loop, in + "/file", path, number, cb));
  }

  PathCall(FsType type, Blocking blocking, OnLoop onLoop) {
    this.type = type;
    this.blocking = blocking;
    this.onLoop = onLoop;
  }

  /** Whether this makes a name of a template that is not there yet. */
  boolean makesTemporary() {
    return type == FsType.MKDTEMP || type == FsType.MKSTEMP;
  }

  /** What the form that blocks answers: the error's name, and more if it is not told right. */
  String answerNow(String in, String path) {
    try {
      if (this == FS_EVENT) {
        return watch(path);
      }
      blocking.call(in, path);
      return FINE;
    } catch (UvException e) {
      return told(e, in, path);
    }
  }

  /** What the form on a loop answers, likewise. What it opens is closed again. */
  String answerOnLoop(Loop loop, String in, String path) {
    if (this == FS_EVENT) {
      return answerNow(in, path);
    }
    List<FsRequest> calledBack = new ArrayList<>();
    FsRequest request = Objects.requireNonNull(onLoop.call(loop, in, path, calledBack::add));
    loop.run();
    if (calledBack.size() != 1 || calledBack.get(0) != request) {
      return "called back " + calledBack;
    }
    UvException error = request.error();
    if (error != null) {
      return error.code() == request.result()
          ? told(error, in, path)
          : error.code() + " is not " + request.result();
    }
    if (type == FsType.OPEN || type == FsType.MKSTEMP) {
      Fs.close((int) request.result());
    } else if (type == FsType.OPENDIR) {
      Fs.closedir(request.dir());
    } else if (request.result() != 0 && type != FsType.SCANDIR) {
      return "result " + request.result();
    }
    return FINE;
  }

  private static String watch(String path) {
    Loop loop = Loop.open();
    try {
      FsEventHandle.init(loop).start(path, (handle, name, events, status) -> {});
      return FINE;
    } finally {
      loop.shutdown();
    }
  }

  private String told(UvException e, String in, String path) {
    String call = this == FS_EVENT ? FsEventHandle.START : type.callName();
    return e.call().equals(call) && firstPath(in, path).equals(e.path())
        ? e.error().name()
        : e.getMessage();
  }

  /** The path that an error is told of. */
  private String firstPath(String in, String path) {
    return switch (this) {
      case LINK_TO, RENAME_FILE_TO, COPYFILE_TO, COPYFILE_EXCL -> in + "/file";
      case RENAME_DIR_TO -> in + "/full";
      case SYMLINK_TO -> "x";
      case MKDTEMP, MKSTEMP -> path + "/tXXXXXX";
      default -> path;
    };
  }

  private static FsStat me() {
    return Fs.stat("/proc/self");
  }
}
