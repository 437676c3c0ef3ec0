// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.core.UvError.EBADF;
import static io.minilibuv.core.UvError.EEXIST;
import static io.minilibuv.core.UvError.EILSEQ;
import static io.minilibuv.core.UvError.EINVAL;
import static io.minilibuv.core.UvError.EISDIR;
import static io.minilibuv.core.UvError.ELOOP;
import static io.minilibuv.core.UvError.ENAMETOOLONG;
import static io.minilibuv.core.UvError.ENOENT;
import static io.minilibuv.core.UvError.ENOTDIR;
import static io.minilibuv.core.UvError.ENOTEMPTY;
import static io.minilibuv.core.UvError.EPERM;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minilibuv.core.Loop;
import io.minilibuv.core.PollHandle;
import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsEventHandle;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The operations of {@link ManyOperations} that fail, for each reason that is easily had. */
final class FailingOperations {
  private static final Uv.Timespec TIME = new Uv.Timespec(1, 0);

  /** No descriptor has it. */
  private static final int CLOSED = 1_000_000;

  private final FsBackend fs;
  private final ByteBuffer[] buffers = {ByteBuffer.allocate(5_000), ByteBuffer.allocateDirect(9)};
  private final String folder;
  private final String file;
  private final String missing;
  private final String round;
  private final String tooLong;

  /** Half of a letter, which no name has. */
  private final String halved;

  /** What is wrong, and how. Each time it is the next one's turn. */
  private final List<Map.Entry<String, UvError>> paths;

  private int rounds;

  /** Makes a folder in {@code dir} for what it needs. */
  FailingOperations(FsBackend fs, String dir) {
    this.fs = fs;
    folder = dir + "/failing";
    file = folder + "/file";
    missing = folder + "/missing";
    round = folder + "/round";
    tooLong = folder + "/" + "x".repeat(5_000);
    halved = folder + "/\uD800";
    paths =
        List.of(
            Map.entry(missing, ENOENT),
            Map.entry(file + "/below", ENOTDIR),
            Map.entry(tooLong, ENAMETOOLONG),
            Map.entry(halved, EILSEQ),
            Map.entry(round + "/below", ELOOP));
    assertThat(fs.mkdir(folder, 0700)).isZero();
    assertThat(fs.symlink("round", round)).isZero();
    assertThat(fs.close((int) fs.open(file, O_RDWR | O_CREAT, 0600))).isZero();
  }

  private static void fails(UvError expected, long result) {
    assertThat(result).isEqualTo(expected.code());
  }

  void callBackend() {
    FsAnswer answer = new FsAnswer();
    Map.Entry<String, UvError> wrong = paths.get(rounds++ % paths.size());
    callOn(wrong.getKey(), wrong.getValue(), answer);
    fails(ELOOP, fs.open(round, O_RDONLY, 0));
    callOnTwo();
    callOnDescriptors(answer);
    fails(EEXIST, fs.open(file, O_RDWR | O_CREAT | O_EXCL, 0600));
    fails(EEXIST, fs.mkdir(folder, 0700));
    fails(ENOTEMPTY, fs.rmdir(folder));
    fails(ENOTDIR, fs.rmdir(file));
    fails(ENOTDIR, fs.scandir(file, answer));
    fails(ENOTDIR, fs.opendir(file, answer));
    fails(EISDIR, fs.open(folder, O_RDWR, 0));
    fails(EISDIR, fs.unlink(folder));
    fails(EINVAL, fs.readlink(file, answer));
    fails(EINVAL, fs.mkdtemp(folder + "/short", answer));
    fails(EINVAL, fs.mkstemp(folder + "/short", answer));
  }

  /** Whatever takes one path. */
  private void callOn(String path, UvError expected, FsAnswer answer) {
    fails(expected, fs.open(path, O_RDONLY, 0));
    fails(expected, fs.stat(path, answer));
    fails(expected, fs.lstat(path, answer));
    fails(expected, fs.statfs(path, answer));
    fails(expected, fs.unlink(path));
    fails(expected, fs.rmdir(path));
    fails(expected, fs.access(path, 0));
    fails(expected, fs.chmod(path, 0600));
    fails(expected, fs.chown(path, -1, -1));
    fails(expected, fs.utime(path, TIME, TIME));
    fails(expected, fs.scandir(path, answer));
    fails(expected, fs.opendir(path, answer));
    fails(expected, fs.readlink(path, answer));
    fails(expected, fs.realpath(path, answer));
    fails(expected, fs.mkdir(path + "/new", 0700));
    fails(expected, fs.mkdtemp(path + "/XXXXXX", answer));
    fails(expected, fs.mkstemp(path + "/XXXXXX", answer));
    fails(expected, fs.copyfile(path, folder + "/copy", 0));
    fails(expected, fs.rename(path, folder + "/moved"));
    fails(expected, fs.link(path, folder + "/linked"));
  }

  /** Whatever takes two, of which the second is wrong. */
  private void callOnTwo() {
    fails(ENOENT, fs.rename(file, missing + "/below"));
    fails(ENAMETOOLONG, fs.rename(file, tooLong));
    fails(EILSEQ, fs.rename(file, halved));
    fails(EEXIST, fs.link(file, round));
    fails(EILSEQ, fs.link(file, halved));
    fails(EEXIST, fs.symlink("any", round));
    fails(EILSEQ, fs.symlink("any", halved));
    fails(EILSEQ, fs.symlink(halved, missing));
    fails(ENOENT, fs.copyfile(file, missing + "/below", 0));
    fails(EILSEQ, fs.copyfile(file, halved, 0));
    fails(EISDIR, fs.copyfile(file, folder, 0));
  }

  private void callOnDescriptors(FsAnswer answer) {
    fails(EBADF, fs.read(CLOSED, buffers, -1));
    fails(EBADF, fs.write(CLOSED, buffers, 0));
    fails(EBADF, fs.write(CLOSED, new ByteBuffer[] {buffers[0]}, 0));
    fails(EBADF, fs.fstat(CLOSED, answer));
    fails(EBADF, fs.ftruncate(CLOSED, 0));
    fails(EBADF, fs.futime(CLOSED, TIME, TIME));
    fails(EBADF, fs.sendfile(CLOSED, CLOSED, 0, 1));
    fails(EBADF, fs.close(CLOSED));
    int fd = (int) fs.open(folder, O_RDONLY, 0);
    fails(EISDIR, fs.read(fd, buffers, -1));
    fails(EBADF, fs.write(fd, buffers, -1));
    assertThat(fs.close(fd)).isZero();
  }

  /** Handles that cannot be had, and watches. */
  void callLoop(Loop loop) {
    int fd = (int) fs.open(file, O_RDONLY, 0);
    throwsError(EPERM, () -> PollHandle.init(loop, fd));
    assertThat(fs.close(fd)).isZero();
    throwsError(EBADF, () -> PollHandle.init(loop, CLOSED));
    FsEventHandle event = FsEventHandle.init(loop);
    throwsError(ENOENT, () -> event.start(missing, (handle, name, events, status) -> {}));
    throwsError(EILSEQ, () -> event.start(halved, (handle, name, events, status) -> {}));
    event.close();
  }

  private static void throwsError(UvError expected, Runnable call) {
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(call::run)
        .satisfies(thrown -> assertThat(thrown.error()).isEqualTo(expected));
  }
}
