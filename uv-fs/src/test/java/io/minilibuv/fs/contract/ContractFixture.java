// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsDir;
import io.minilibuv.fs.FsStat;
import io.minilibuv.testing.Crew;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The backend, a directory that is empty, and short forms of what the tests do with them. */
abstract class ContractFixture {
  /** The offset that stands for the file position. */
  static final long AT_POSITION = -1;

  @TempDir Path dir;

  FsBackend fs;

  /** The whole that this is a part of. */
  abstract FsBackendContract contract();

  @BeforeEach
  final void takeBackend() {
    fs = contract().backend();
  }

  /** The path of {@code name} in the test's directory. */
  final String at(String name) {
    return dir + "/" + name;
  }

  static void done(long result) {
    assertThat(told(result)).isEqualTo("0");
  }

  static void fails(UvError expected, long result) {
    assertThat(told(result)).isEqualTo(expected.name());
  }

  /** A result as a person reads it: a number, or an error's name. */
  static String told(long result) {
    return result < 0 ? UvError.errName((int) result) : Long.toString(result);
  }

  final int open(String path, int flags) {
    return open(path, flags, 0600);
  }

  final int open(String path, int flags, int mode) {
    return descriptor(fs.open(path, flags, mode));
  }

  static int descriptor(long result) {
    assertThat(result).as(told(result)).isGreaterThanOrEqualTo(3);
    return (int) result;
  }

  final void close(int fd) {
    done(fs.close(fd));
  }

  /** Makes a file of {@code content}. */
  final String file(String name, String content) {
    return file(name, content.getBytes(ISO_8859_1));
  }

  /** Makes a file of {@code content}. */
  final String file(String name, byte[] content) {
    String path = at(name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC);
    assertThat(fs.write(fd, buffers(ByteBuffer.wrap(content)), AT_POSITION))
        .isEqualTo(content.length);
    close(fd);
    return path;
  }

  final String directory(String name) {
    done(fs.mkdir(at(name), 0700));
    return at(name);
  }

  final String symlink(String text, String name) {
    done(fs.symlink(text, at(name)));
    return at(name);
  }

  /** Makes a pipe with a name. */
  final String pipe(String name) {
    try {
      assertThat(new ProcessBuilder("mkfifo", at(name)).start().waitFor()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    return at(name);
  }

  /** All that {@code path} holds. */
  final String content(String path) {
    int fd = open(path, O_RDONLY);
    String all = read(fd, (int) size(fd) + 1, 0);
    close(fd);
    return all;
  }

  final long size(int fd) {
    return fstat(fd).size();
  }

  static ByteBuffer[] buffers(ByteBuffer... all) {
    return all;
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  /** Reads at most {@code room} bytes at the file position. */
  final String read(int fd, int room) {
    return read(fd, room, AT_POSITION);
  }

  /** Reads at most {@code room} bytes. */
  final String read(int fd, int room, long offset) {
    ByteBuffer buffer = ByteBuffer.allocate(room);
    long count = fs.read(fd, buffers(buffer.duplicate()), offset);
    assertThat(count).as(told(count)).isBetween(0L, (long) room);
    return ISO_8859_1.decode(buffer.limit((int) count)).toString();
  }

  /** Writes at the file position. */
  final void write(int fd, String text) {
    write(fd, text, AT_POSITION);
  }

  final void write(int fd, String text, long offset) {
    assertThat(fs.write(fd, buffers(bytes(text)), offset)).isEqualTo(text.length());
  }

  final FsStat stat(String path) {
    FsAnswer answer = new FsAnswer();
    done(fs.stat(path, answer));
    return Objects.requireNonNull(answer.stat());
  }

  final FsStat lstat(String path) {
    FsAnswer answer = new FsAnswer();
    done(fs.lstat(path, answer));
    return Objects.requireNonNull(answer.stat());
  }

  final FsStat fstat(int fd) {
    FsAnswer answer = new FsAnswer();
    done(fs.fstat(fd, answer));
    return Objects.requireNonNull(answer.stat());
  }

  final boolean isMissing(String path) {
    return fs.lstat(path, new FsAnswer()) == UvError.ENOENT.code();
  }

  final String readlink(String path) {
    FsAnswer answer = new FsAnswer();
    done(fs.readlink(path, answer));
    return Objects.requireNonNull(answer.text());
  }

  final String realpath(String path) {
    FsAnswer answer = new FsAnswer();
    done(fs.realpath(path, answer));
    return Objects.requireNonNull(answer.text());
  }

  final List<Dirent> scandir(String path) {
    FsAnswer answer = new FsAnswer();
    long count = fs.scandir(path, answer);
    assertThat(told(count)).isEqualTo(told(answer.entries().size()));
    return answer.entries();
  }

  final FsDir opendir(String path) {
    FsAnswer answer = new FsAnswer();
    done(fs.opendir(path, answer));
    return Objects.requireNonNull(answer.dir());
  }

  final List<Dirent> readdir(FsDir opened, int count) {
    FsAnswer answer = new FsAnswer();
    long found = fs.readdir(opened, count, answer);
    assertThat(told(found)).isEqualTo(told(answer.entries().size()));
    assertThat(answer.entries()).hasSizeLessThanOrEqualTo(count);
    return answer.entries();
  }

  /** Runs {@code task} in {@code threads} threads, and awaits them. */
  static void inThreads(int threads, Crew.Task task) {
    try (Crew crew = new Crew()) {
      for (int i = 0; i < threads; i++) {
        crew.start(task);
      }
    }
  }
}
