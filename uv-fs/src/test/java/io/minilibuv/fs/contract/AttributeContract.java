// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.FsStatFs;
import io.minilibuv.fs.FsTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is known of files, and setting it. */
abstract class AttributeContract extends ContractFixture {
  /** Times of files, also before 1970, and one that is not a whole microsecond. */
  private static final List<Uv.Timespec> TIMES =
      List.of(
          new Uv.Timespec(0, 0),
          new Uv.Timespec(1_000_000_000, 0),
          new Uv.Timespec(1_700_000_000, 123_456_789),
          new Uv.Timespec(1_700_000_000, 999_999_999),
          new Uv.Timespec(-5, 0));

  private static final Uv.Timespec FIRST = new Uv.Timespec(1_000_000_000, 123_456_000);
  private static final Uv.Timespec SECOND = new Uv.Timespec(1_100_000_000, 654_321_000);

  @Test
  void aFileIsTold() {
    String path = file("file", "abcde");
    done(fs.chmod(path, 0640));
    FsStat told = stat(path);
    assertThat(told.isRegularFile()).isTrue();
    assertThat(told.mode()).isEqualTo(FsStat.S_IFREG | 0640);
    assertThat(told.size()).isEqualTo(5);
    assertThat(told.nlink()).isEqualTo(1);
    assertThat(told.ino()).isPositive();
    assertThat(told.blksize()).isPositive();
    assertThat(told.uid()).isEqualTo(stat(dir.toString()).uid());
    assertThat(told.dev()).isEqualTo(stat(dir.toString()).dev());
    assertThat(told.birthtim().seconds()).isPositive();
  }

  @Test
  void allKindsAreTold() {
    symlink("file", "link");
    assertThat(stat(directory("directory")).fileType()).isEqualTo(FsStat.S_IFDIR);
    assertThat(stat(pipe("pipe")).fileType()).isEqualTo(FsStat.S_IFIFO);
    assertThat(stat("/dev/null").fileType()).isEqualTo(FsStat.S_IFCHR);
    assertThat(stat("/dev/null").rdev()).isPositive();
    assertThat(lstat(at("link")).fileType()).isEqualTo(FsStat.S_IFLNK);
    assertThat(lstat(at("link")).size()).isEqualTo(4);
  }

  @Test
  void theThreeFormsAgree() {
    String path = file("file", "abc");
    symlink("file", "link");
    FsStat told = stat(path);
    int fd = open(path, O_WRONLY);
    assertThat(fstat(fd)).isEqualTo(told);
    close(fd);
    assertThat(lstat(path)).isEqualTo(told);
    assertThat(stat(at("link"))).isEqualTo(told);
    assertThat(lstat(at("link")).isSameFileAs(told)).isFalse();
  }

  @EnabledOnOs(OS.LINUX) // elsewhere java.nio cannot tell of a file without a name
  @Test
  void anOpenFileIsToldWhateverBecameOfItsName() {
    String path = file("file", "abc");
    int fd = open(path, O_RDWR);
    FsStat told = fstat(fd);
    done(fs.rename(path, at("moved")));
    file("file", "another");
    assertThat(fstat(fd).isSameFileAs(told)).isTrue();
    assertThat(fstat(fd).nlink()).isEqualTo(1);
    done(fs.unlink(at("moved")));
    write(fd, "abcde");
    done(fs.fchmod(fd, 0711));
    done(fs.futime(fd, FIRST, SECOND));
    done(fs.fchown(fd, -1, -1));
    FsStat nameless = fstat(fd);
    assertThat(nameless.isSameFileAs(told)).isTrue();
    assertThat(nameless.nlink()).isZero();
    assertThat(nameless.size()).isEqualTo(5);
    assertThat(nameless.permissions()).isEqualTo(0711);
    assertThat(nameless.mtim()).isEqualTo(SECOND);
    assertThat(stat(at("file")).permissions()).isEqualTo(0600);
    close(fd);
  }

  @Test
  void allPermissionsAreSet() {
    String path = file("file", "");
    int fd = open(path, O_RDONLY);
    for (int mode = 0; mode < 01000; mode++) {
      done(fs.chmod(path, mode));
      assertThat(stat(path).permissions()).isEqualTo(mode);
      int turned = 0777 & ~mode;
      done(fs.fchmod(fd, turned));
      assertThat(fstat(fd).permissions()).isEqualTo(turned);
    }
    for (int mode : new int[] {04755, 02755, 01777, 07777, 06000}) {
      done(fs.chmod(path, mode));
      assertThat(stat(path).permissions()).isEqualTo(mode);
    }
    // The type is no permission.
    done(fs.chmod(path, FsStat.S_IFDIR | 0600));
    assertThat(stat(path).mode()).isEqualTo(FsStat.S_IFREG | 0600);
    close(fd);
  }

  @Test
  void chmodFollowsLinks() {
    file("file", "");
    symlink("file", "link");
    int before = lstat(at("link")).mode();
    done(fs.chmod(at("link"), 0711));
    assertThat(stat(at("file")).permissions()).isEqualTo(0711);
    assertThat(lstat(at("link")).mode()).isEqualTo(before);
  }

  @Test
  void timesAreSetAndTold() {
    String path = file("file", "abc");
    int fd = open(path, O_RDONLY);
    for (Uv.Timespec time : TIMES) {
      done(fs.utime(path, time, FIRST));
      assertThat(stat(path).atim()).isEqualTo(time);
      assertThat(stat(path).mtim()).isEqualTo(FIRST);
      done(fs.futime(fd, SECOND, time));
      assertThat(fstat(fd).atim()).isEqualTo(SECOND);
      assertThat(fstat(fd).mtim()).isEqualTo(time);
      done(fs.lutime(path, time, SECOND));
      assertThat(lstat(path).atim()).isEqualTo(time);
      assertThat(lstat(path).mtim()).isEqualTo(SECOND);
    }
    close(fd);
    done(fs.utime(directory("directory"), FIRST, SECOND));
    assertThat(stat(at("directory")).mtim()).isEqualTo(SECOND);
  }

  @Test
  void utimeFollowsLinksAndLutimeDoesNot() {
    file("file", "abc");
    symlink("file", "link");
    done(fs.utime(at("link"), FIRST, FIRST));
    assertThat(stat(at("file")).mtim()).isEqualTo(FIRST);
    assertThat(lstat(at("link")).mtim()).isNotEqualTo(FIRST);
    done(fs.lutime(at("link"), SECOND, SECOND));
    assertThat(stat(at("file")).mtim()).isEqualTo(FIRST);
    assertThat(lstat(at("link")).mtim()).isEqualTo(SECOND);
    symlink("nowhere", "dangling");
    done(fs.lutime(at("dangling"), FIRST, SECOND));
    assertThat(lstat(at("dangling")).mtim()).isEqualTo(SECOND);
  }

  @Test
  void aTimeIsLeftOrIsNow() {
    String path = file("file", "abc");
    done(fs.utime(path, FIRST, FIRST));
    done(fs.utime(path, FsTime.OMIT, SECOND));
    assertThat(stat(path).atim()).isEqualTo(FIRST);
    assertThat(stat(path).mtim()).isEqualTo(SECOND);
    done(fs.utime(path, SECOND, FsTime.OMIT));
    assertThat(stat(path).atim()).isEqualTo(SECOND);
    assertThat(stat(path).mtim()).isEqualTo(SECOND);
    done(fs.utime(path, FsTime.OMIT, FsTime.OMIT));
    assertThat(stat(path).atim()).isEqualTo(SECOND);
    long before = Instant.now().getEpochSecond();
    done(fs.utime(path, FsTime.NOW, FsTime.OMIT));
    assertThat(stat(path).atim().seconds()).isGreaterThanOrEqualTo(before - 1);
    assertThat(stat(path).mtim()).isEqualTo(SECOND);
    done(fs.utime(path, FIRST, FsTime.NOW));
    assertThat(stat(path).atim()).isEqualTo(FIRST);
    assertThat(stat(path).mtim().seconds()).isGreaterThanOrEqualTo(before - 1);
  }

  @Test
  void whatIsNoTimeIsRefused() {
    String path = file("file", "abc");
    done(fs.utime(path, FIRST, FIRST));
    int fd = open(path, O_RDWR);
    for (int nanoseconds : new int[] {-3, 1_000_000_000, Integer.MAX_VALUE}) {
      Uv.Timespec none = new Uv.Timespec(1, nanoseconds);
      fails(UvError.EINVAL, fs.utime(path, none, FIRST));
      fails(UvError.EINVAL, fs.lutime(path, FIRST, none));
      fails(UvError.EINVAL, fs.futime(fd, none, none));
    }
    close(fd);
    assertThat(stat(path).mtim()).isEqualTo(FIRST);
  }

  @Test
  void writingChangesWhenAndReadingDoesNot() {
    String path = file("file", "abc");
    done(fs.utime(path, FIRST, FIRST));
    assertThat(content(path)).isEqualTo("abc");
    assertThat(stat(path).mtim()).isEqualTo(FIRST);
    int fd = open(path, O_WRONLY);
    assertThat(stat(path).mtim()).isEqualTo(FIRST);
    write(fd, "x");
    close(fd);
    assertThat(stat(path).mtim()).isNotEqualTo(FIRST);
  }

  @Test
  void anOwnerIsLeft() {
    String path = file("file", "abc");
    symlink("file", "link");
    FsStat before = stat(path);
    int fd = open(path, O_RDONLY);
    done(fs.fchown(fd, -1, -1));
    done(fs.fchown(fd, before.uid(), -1));
    close(fd);
    done(fs.chown(at("link"), -1, -1));
    done(fs.chown(at("link"), -1, before.gid()));
    done(fs.lchown(at("link"), before.uid(), before.gid()));
    assertThat(stat(path).uid()).isEqualTo(before.uid());
    assertThat(stat(path).gid()).isEqualTo(before.gid());
    symlink("nowhere", "dangling");
    done(fs.lchown(at("dangling"), -1, -1));
    fails(UvError.ENOENT, fs.chown(at("dangling"), -1, -1));
  }

  @Test
  void aFileSystemIsTold() {
    FsAnswer answer = new FsAnswer();
    done(fs.statfs(dir.toString(), answer));
    FsStatFs told = Objects.requireNonNull(answer.statFs());
    assertThat(told.bsize()).isPositive();
    assertThat(told.frsize()).isPositive();
    assertThat(told.blocks()).isPositive();
    assertThat(told.bfree()).isBetween(0L, told.blocks());
    assertThat(told.bavail()).isBetween(0L, told.bfree());
  }

  @Test
  void aCallThatFailsAnswersNothing() {
    FsAnswer answer = new FsAnswer();
    fails(UvError.ENOENT, fs.stat(at("missing"), answer));
    fails(UvError.ENOENT, fs.lstat(at("missing"), answer));
    fails(UvError.EBADF, fs.fstat(-1, answer));
    fails(UvError.ENOENT, fs.statfs(at("missing"), answer));
    fails(UvError.ENOENT, fs.realpath(at("missing"), answer));
    fails(UvError.ENOENT, fs.opendir(at("missing"), answer));
    fails(UvError.ENOENT, fs.scandir(at("missing"), answer));
    fails(UvError.ENOENT, fs.mkdtemp(at("missing/tXXXXXX"), answer));
    assertThat(answer.stat()).isNull();
    assertThat(answer.statFs()).isNull();
    assertThat(answer.text()).isNull();
    assertThat(answer.dir()).isNull();
    assertThat(answer.madePath()).isNull();
    assertThat(answer.entries()).isEmpty();
  }
}
