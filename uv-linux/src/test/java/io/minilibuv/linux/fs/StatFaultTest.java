// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsStat;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of files where {@code statx} is not to be had. */
class StatFaultTest extends FaultFixture {

  private FsStat stat(String path) {
    FsAnswer answer = new FsAnswer();
    done(fs.stat(path, answer));
    return Objects.requireNonNull(answer.stat());
  }

  private FsStat lstat(String path) {
    FsAnswer answer = new FsAnswer();
    done(fs.lstat(path, answer));
    return Objects.requireNonNull(answer.stat());
  }

  private FsStat fstat(int fd) {
    FsAnswer answer = new FsAnswer();
    done(fs.fstat(fd, answer));
    return Objects.requireNonNull(answer.stat());
  }

  private static FsStat withoutBirth(FsStat told) {
    return new FsStat(
        told.dev(),
        told.mode(),
        told.nlink(),
        told.uid(),
        told.gid(),
        told.rdev(),
        told.ino(),
        told.size(),
        told.blksize(),
        told.blocks(),
        told.flags(),
        told.gen(),
        told.atim(),
        told.mtim(),
        told.ctim(),
        told.ctim());
  }

  @ParameterizedTest
  @EnumSource(names = {"ENOSYS", "EPERM", "EINVAL", "ENOTSUP"})
  void theOtherCallTellsTheSame(UvError error) {
    String path = file("file", "abcdef");
    done(fs.symlink("file", at("link")));
    int fd = open(path, FsFlags.O_RDONLY);
    FsStat ofFile = stat(path);
    FsStat ofLink = lstat(at("link"));
    FsStat ofDevice = stat("/dev/null");
    assertThat(ofFile.birthtim().seconds()).isPositive();

    calls.made();
    calls.fail("statx", error);
    assertThat(stat(path)).isEqualTo(withoutBirth(ofFile));
    assertThat(fstat(fd)).isEqualTo(withoutBirth(ofFile));
    assertThat(lstat(at("link"))).isEqualTo(withoutBirth(ofLink));
    assertThat(stat("/dev/null")).isEqualTo(withoutBirth(ofDevice));
    FsAnswer answer = new FsAnswer();
    fails(UvError.ENOENT, fs.stat(at("missing"), answer));
    fails(UvError.EBADF, fs.fstat(-1, answer));
    assertThat(answer.stat()).isNull();
    // It is asked once, and not for each file.
    assertThat(calls.count("statx")).isEqualTo(1);
    close(fd);
  }

  /** Some containers have been seen to answer 1. */
  @Test
  void anAnswerThatIsNoneIsAsIfThereWereNoCall() {
    calls.answer("statx", arguments -> 1);
    assertThat(stat(file("file", "abcdef")).size()).isEqualTo(6);
    assertThat(calls.made()).containsExactly("statx", "newfstatat");
  }

  @ParameterizedTest
  @EnumSource(names = {"ENOENT", "EACCES", "ELOOP", "EIO", "ENOMEM"})
  void otherErrorsAreTold(UvError error) {
    calls.fail("statx", error);
    FsAnswer answer = new FsAnswer();
    fails(error, fs.stat(file("file", ""), answer));
    assertThat(answer.stat()).isNull();
    assertThat(calls.made()).containsExactly("statx");
    done(fs.stat(at("file"), answer));
  }

  /** A file system that keeps no time of birth says so in the mask. */
  @Test
  void withoutATimeOfBirthItIsThatOfTheLastChange() {
    calls.always(
        "statx",
        arguments -> {
          long result =
              FaultyCalls.REAL.statx(
                  (Scratch) arguments[0],
                  (int) arguments[1],
                  (MemorySegment) arguments[2],
                  (int) arguments[3],
                  (int) arguments[4],
                  (MemorySegment) arguments[5]);
          ((MemorySegment) arguments[5]).set(ValueLayout.JAVA_INT, 0, 0x7FF);
          return result;
        });
    FsStat told = stat(file("file", ""));
    assertThat(told.birthtim()).isEqualTo(told.ctim());
  }

  /** Device numbers are put together as the C library does it, small and big. */
  @Test
  void devicesHaveTheNumbersOfTheCLibrary() {
    calls.always(
        "statx",
        arguments -> {
          MemorySegment told = ((MemorySegment) arguments[5]).fill((byte) 0);
          told.set(ValueLayout.JAVA_INT, 128, 0x12345);
          told.set(ValueLayout.JAVA_INT, 132, 0xABCDE);
          told.set(ValueLayout.JAVA_INT, 136, 8);
          told.set(ValueLayout.JAVA_INT, 140, 1);
          return 0;
        });
    FsStat told = stat("any");
    assertThat(told.dev()).isEqualTo(0x801);
    assertThat(told.rdev()).isEqualTo(0x0001_2000_ABC3_45DEL);
  }
}
