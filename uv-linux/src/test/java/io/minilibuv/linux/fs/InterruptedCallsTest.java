// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.core.UvError.EINTR;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsDir;
import io.minilibuv.fs.FsFlags;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A signal that comes in a call has it made again, but for {@code close} and {@code read}. */
class InterruptedCallsTest extends FaultFixture {
  private static final Uv.Timespec TIME = new Uv.Timespec(1, 0);

  /** A function of the backend, the call that is interrupted in it, and how it is called. */
  record Function(String name, String call, ToLongFunction<InterruptedCallsTest> body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Function of(String name, String call, ToLongFunction<InterruptedCallsTest> body) {
    return new Function(name, call, body);
  }

  static Stream<Function> functions() {
    return Stream.of(
        of("open", "open", on -> on.opened(fd -> 0)),
        of("write", "pwrite", on -> on.opened(fd -> on.fs.write(fd, buffers(bytes("a")), 0) - 1)),
        of("unlink", "unlink", on -> on.fs.unlink(on.at("file"))),
        of("mkdir", "mkdir", on -> on.fs.mkdir(on.at("new"), 0700)),
        of("rmdir", "rmdir", on -> on.fs.rmdir(on.at("directory"))),
        of("scandir", "getdents64", on -> on.fs.scandir(on.at("directory"), new FsAnswer())),
        of("stat", "statx", on -> on.fs.stat(on.at("file"), new FsAnswer())),
        of("lstat", "statx", on -> on.fs.lstat(on.at("file"), new FsAnswer())),
        of("fstat", "statx", on -> on.opened(fd -> on.fs.fstat(fd, new FsAnswer()))),
        of("rename", "rename", on -> on.fs.rename(on.at("file"), on.at("new"))),
        of("fsync", "fsync", on -> on.opened(fd -> on.fs.fsync(fd))),
        of("fdatasync", "fdatasync", on -> on.opened(fd -> on.fs.fdatasync(fd))),
        of("ftruncate", "ftruncate", on -> on.opened(fd -> on.fs.ftruncate(fd, 1))),
        of("access", "access", on -> on.fs.access(on.at("file"), FsFlags.R_OK)),
        of("chmod", "chmod", on -> on.fs.chmod(on.at("file"), 0600)),
        of("fchmod", "fchmod", on -> on.opened(fd -> on.fs.fchmod(fd, 0600))),
        of("utime", "utimensat", on -> on.fs.utime(on.at("file"), TIME, TIME)),
        of("futime", "futimens", on -> on.opened(fd -> on.fs.futime(fd, TIME, TIME))),
        of("lutime", "utimensat", on -> on.fs.lutime(on.at("file"), TIME, TIME)),
        of("link", "link", on -> on.fs.link(on.at("file"), on.at("new"))),
        of("symlink", "symlink", on -> on.fs.symlink("text", on.at("new"))),
        of("readlink", "readlink", on -> on.fs.readlink(on.at("link"), new FsAnswer())),
        of("realpath", "realpath", on -> on.fs.realpath(on.at("file"), new FsAnswer())),
        of("mkdtemp", "mkdtemp", on -> on.fs.mkdtemp(on.at("tXXXXXX"), new FsAnswer())),
        of(
            "mkstemp",
            "mkostemp",
            on -> {
              long fd = on.fs.mkstemp(on.at("tXXXXXX"), new FsAnswer());
              return fd < 0 ? fd : on.fs.close((int) fd);
            }),
        of("opendir", "open", on -> on.inDirectory(opened -> 0)),
        of("readdir", "getdents64", on -> on.inDirectory(on::readdir)),
        of("closedir", "open", on -> on.inDirectory(opened -> 0)),
        of("statfs", "statfs", on -> on.fs.statfs(on.at("file"), new FsAnswer())),
        of(
            "sendfile",
            "copyFileRange",
            on -> on.opened(in -> on.opened(out -> on.fs.sendfile(out, in, 0, 3) - 3))),
        of("chown", "chown", on -> on.fs.chown(on.at("file"), -1, -1)),
        of("fchown", "fchown", on -> on.opened(fd -> on.fs.fchown(fd, -1, -1))),
        of("lchown", "lchown", on -> on.fs.lchown(on.at("link"), -1, -1)),
        of("copyfile", "open", on -> on.fs.copyfile(on.at("file"), on.at("new"), 0)),
        of("copyfile, emptying", "ftruncate", InterruptedCallsTest::copy),
        of("copyfile, setting times", "futimens", InterruptedCallsTest::copy),
        of("copyfile, setting the owner", "fchown", InterruptedCallsTest::copy),
        of("copyfile, setting the mode", "fchmod", InterruptedCallsTest::copy),
        of("copyfile, copying", "copyFileRange", InterruptedCallsTest::copy));
  }

  private long copy() {
    return fs.copyfile(at("file"), at("new"), 0);
  }

  private long opened(ToLongFunction<Integer> body) {
    int fd = open(at("file"), FsFlags.O_RDWR);
    long result = body.applyAsLong(fd);
    close(fd);
    return result;
  }

  private long inDirectory(ToLongFunction<FsDir> body) {
    FsAnswer answer = new FsAnswer();
    long opened = fs.opendir(at("directory"), answer);
    if (opened < 0) {
      return opened;
    }
    FsDir directory = Objects.requireNonNull(answer.dir());
    long result = body.applyAsLong(directory);
    done(fs.closedir(directory));
    return result;
  }

  private long readdir(FsDir directory) {
    return fs.readdir(directory, 1, new FsAnswer());
  }

  private void prepare() {
    file("file", "abc");
    done(fs.mkdir(at("directory"), 0700));
    done(fs.symlink("file", at("link")));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itIsMadeAgain(Function function) {
    prepare();
    calls.made();
    calls.fail(function.call, EINTR, EINTR);
    done(function.body.applyAsLong(this));
    assertThat(calls.count(function.call)).isGreaterThanOrEqualTo(3);
  }

  @Test
  void everyFunctionIsTried() {
    assertThat(functions().map(Function::name))
        .containsAll(
            Arrays.stream(FsBackend.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !name.equals("name"))
                .filter(name -> !name.equals("read") && !name.equals("close"))
                .toList());
  }

  /** The number is gone whatever close says; and a second one might close another's. */
  @Test
  void closeIsMadeOnceAndIsFine() {
    int fd = open(file("file", "abc"), FsFlags.O_RDONLY);
    for (long error : new long[] {EINTR.code(), Errors.EINPROGRESS}) {
      calls.made();
      calls.answer("close", arguments -> error);
      done(fs.close(fd));
      assertThat(calls.made()).containsExactly("close");
    }
    calls.fail("close", UvError.EIO);
    fails(UvError.EIO, fs.close(fd));
    close(fd);
  }

  @Test
  void readTellsTheCaller() {
    int fd = open(file("file", "abc"), FsFlags.O_RDONLY);
    ByteBuffer buffer = ByteBuffer.allocate(3);
    for (String call : new String[] {"read", "pread"}) {
      calls.fail(call, EINTR);
      fails(EINTR, fs.read(fd, buffers(buffer), call.equals("read") ? AT_POSITION : 0));
    }
    for (String call : new String[] {"readv", "preadv"}) {
      calls.fail(call, EINTR);
      fails(EINTR, fs.read(fd, buffers(buffer, buffer), call.equals("readv") ? AT_POSITION : 0));
    }
    assertThat(buffer.position()).isZero();
    close(fd);
  }
}
