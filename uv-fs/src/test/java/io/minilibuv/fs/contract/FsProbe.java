// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.R_OK;

import io.minilibuv.core.Uv;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsDir;
import io.minilibuv.fs.FsFlags;
import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;

/**
 * What a backend might not support: every call in its ordinary form, and the forms that some
 * systems or backends lack. A call may stand here several times, under its name and more.
 */
@SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
public enum FsProbe {
  OPEN(on -> onFile(on, on.fs::close)),
  CLOSE(on -> onFile(on, on.fs::close)),
  READ(on -> onFile(on, fd -> and(on, fd, on.fs.read(fd, one(), 0)))),
  WRITE(on -> onFile(on, fd -> and(on, fd, on.fs.write(fd, one(), 0)))),
  UNLINK(on -> on.fs.unlink(on.file("file", ""))),
  MKDIR(on -> on.fs.mkdir(on.at("new"), 0700)),
  RMDIR(on -> on.fs.rmdir(on.directory("directory"))),
  SCANDIR(on -> on.fs.scandir(on.dir.toString(), new FsAnswer())),
  STAT(on -> on.fs.stat(on.file("file", ""), new FsAnswer())),
  LSTAT(on -> on.fs.lstat(on.symlink("text", "link"), new FsAnswer())),
  FSTAT(on -> onFile(on, fd -> and(on, fd, on.fs.fstat(fd, new FsAnswer())))),
  FSTAT_WITHOUT_NAME(on -> onNameless(on, fd -> on.fs.fstat(fd, new FsAnswer()))),
  RENAME(on -> on.fs.rename(on.file("file", ""), on.at("new"))),
  FSYNC(on -> onFile(on, fd -> and(on, fd, on.fs.fsync(fd)))),
  FDATASYNC(on -> onFile(on, fd -> and(on, fd, on.fs.fdatasync(fd)))),
  FTRUNCATE(on -> onFile(on, fd -> and(on, fd, on.fs.ftruncate(fd, 1)))),
  ACCESS(on -> on.fs.access(on.file("file", ""), R_OK)),
  CHMOD(on -> on.fs.chmod(on.file("file", ""), 0700)),
  FCHMOD(on -> onFile(on, fd -> and(on, fd, on.fs.fchmod(fd, 0700)))),
  FCHMOD_WITHOUT_NAME(on -> onNameless(on, fd -> on.fs.fchmod(fd, 0700))),
  UTIME(on -> on.fs.utime(on.file("file", ""), time(), time())),
  UTIME_OF_A_PIPE(on -> on.fs.utime(on.pipe("pipe"), time(), time())),
  FUTIME(on -> onFile(on, fd -> and(on, fd, on.fs.futime(fd, time(), time())))),
  FUTIME_WITHOUT_NAME(on -> onNameless(on, fd -> on.fs.futime(fd, time(), time()))),
  FUTIME_OF_A_PIPE(
      on -> {
        int fd = on.open(on.pipe("pipe"), O_RDWR);
        return and(on, fd, on.fs.futime(fd, time(), time()));
      }),
  LUTIME(on -> on.fs.lutime(on.symlink("text", "link"), time(), time())),
  LUTIME_OF_A_PIPE(on -> on.fs.lutime(on.pipe("pipe"), time(), time())),
  LINK(on -> on.fs.link(on.file("file", ""), on.at("new"))),
  SYMLINK(on -> on.fs.symlink("text", on.at("new"))),
  READLINK(on -> on.fs.readlink(on.symlink("text", "link"), new FsAnswer())),
  REALPATH(on -> on.fs.realpath(on.dir.toString(), new FsAnswer())),
  MKDTEMP(on -> on.fs.mkdtemp(on.at("tXXXXXX"), new FsAnswer())),
  MKSTEMP(
      on -> {
        long fd = on.fs.mkstemp(on.at("tXXXXXX"), new FsAnswer());
        return fd < 0 ? fd : on.fs.close((int) fd);
      }),
  OPENDIR(on -> inDirectory(on, false)),
  READDIR(on -> inDirectory(on, true)),
  CLOSEDIR(on -> inDirectory(on, false)),
  STATFS(on -> on.fs.statfs(on.dir.toString(), new FsAnswer())),
  SENDFILE(
      on -> {
        int in = on.open(on.file("in", "abc"), O_RDONLY);
        long sent = onFile(on, out -> and(on, out, on.fs.sendfile(out, in, 0, 3)));
        on.close(in);
        return sent;
      }),
  CHOWN(on -> on.fs.chown(on.file("file", ""), -1, -1)),
  FCHOWN(on -> onFile(on, fd -> and(on, fd, on.fs.fchown(fd, -1, -1)))),
  FCHOWN_WITHOUT_NAME(on -> onNameless(on, fd -> on.fs.fchown(fd, -1, -1))),
  LCHOWN(on -> on.fs.lchown(on.symlink("text", "link"), -1, -1)),
  COPYFILE(on -> on.fs.copyfile(on.file("file", ""), on.at("new"), 0)),
  /** Some file systems cannot either, and say so in another way. */
  COPYFILE_FICLONE_FORCE(
      on -> on.fs.copyfile(on.file("file", "abc"), on.at("new"), FsFlags.COPYFILE_FICLONE_FORCE));

  /** Makes the call on files of its own. */
  @FunctionalInterface
  interface Body {
    long run(ContractFixture on);
  }

  private final Body body;

  FsProbe(Body body) {
    this.body = body;
  }

  /** What the call answers. Nothing is left open. */
  long run(ContractFixture on) {
    return body.run(on);
  }

  private static Uv.Timespec time() {
    return new Uv.Timespec(1, 0);
  }

  private static ByteBuffer[] one() {
    return ContractFixture.buffers(ByteBuffer.allocate(1));
  }

  private static long onFile(ContractFixture on, IntToLongFunction call) {
    long fd = on.fs.open(on.at("opened"), O_RDWR | O_CREAT, 0600);
    return fd < 0 ? fd : call.applyAsLong((int) fd);
  }

  private static long onNameless(ContractFixture on, IntToLongFunction call) {
    int fd = on.open(on.at("opened"), O_RDWR | O_CREAT);
    ContractFixture.done(on.fs.unlink(on.at("opened")));
    return and(on, fd, call.applyAsLong(fd));
  }

  /** Closes {@code fd}. */
  private static long and(ContractFixture on, int fd, long result) {
    on.close(fd);
    return result;
  }

  private static long inDirectory(ContractFixture on, boolean read) {
    FsAnswer answer = new FsAnswer();
    long result = on.fs.opendir(on.dir.toString(), answer);
    FsDir opened = answer.dir();
    if (opened == null) {
      return result;
    }
    long found = read ? on.fs.readdir(opened, 1, new FsAnswer()) : result;
    long closed = on.fs.closedir(opened);
    return found < 0 ? found : closed;
  }
}
