// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code test/test-fs.c}: setting times. */
class FsTimeTest extends FsFixture {
  private static final double OMIT = Double.NaN;
  private static final double NOW = Double.POSITIVE_INFINITY;

  /** 1982-09-10 11:22:33.25, in libuv's tests and here. */
  private static final double PAST = 400497753.25;

  /** 2010-12-03 20:35:00.25. */
  private static final double LATER = 1291404900.25;

  /** 2025-02-16: later than all of the above, and earlier than any run of this. */
  private static final long RECENT = 1739710000;

  /** One call of the family, on what is at hand. */
  @FunctionalInterface
  private interface SetTimes {
    void set(double atime, double mtime);
  }

  private static void assertTimes(double atime, double mtime, FsStat stat) {
    assertTime(atime, stat.atim());
    assertTime(mtime, stat.mtim());
  }

  private static void assertTime(double expected, Uv.Timespec actual) {
    if (Double.isInfinite(expected)) {
      assertTrue(actual.seconds() > RECENT, actual::toString);
    } else {
      assertEquals(expected, FsStat.toSeconds(actual), actual::toString);
    }
  }

  /** The matrix that all three calls of libuv's tests go through. */
  private static void checkMatrix(SetTimes call, Supplier<FsStat> stat) {
    call.set(PAST, PAST);
    assertTimes(PAST, PAST, stat.get());
    call.set(OMIT, OMIT);
    assertTimes(PAST, PAST, stat.get());
    call.set(NOW, OMIT);
    assertTimes(NOW, PAST, stat.get());
    call.set(PAST, PAST);
    assertTimes(PAST, PAST, stat.get());
    call.set(OMIT, -NOW);
    assertTimes(PAST, NOW, stat.get());
  }

  @Test
  void fsUtime() {
    String path = file("test_file", TEST_BUF);
    checkMatrix((atime, mtime) -> Fs.utime(path, atime, mtime), () -> Fs.stat(path));
    FsRequest utime = done(callback -> Fs.utime(loop, path, LATER, LATER, callback));
    assertEquals(0, utime.orThrow());
    assertTimes(LATER, LATER, Fs.stat(path));
    assertFails(
        UvError.ENOENT,
        () -> Fs.utime(at("missing"), PAST, PAST),
        callback -> Fs.utime(loop, at("missing"), PAST, PAST, callback));
    if (TestedBackend.NIO) {
      assertFails(UvError.ENOENT, () -> Fs.utime(at("missing"), OMIT, OMIT));
    } else {
      // The system does not look at the path, if there is nothing to be done.
      Fs.utime(at("missing"), OMIT, OMIT);
    }
  }

  /**
   * libuv's test allows for a system without fractions: the second below. So it is on {@code
   * java.nio}, where the JDK would otherwise set 1970.
   */
  @Test
  void fsUtimeRound() {
    String path = file("test_file", TEST_BUF);
    double time = -14245440.25;
    Fs.utime(path, time, time);
    FsStat stat = Fs.stat(path);
    Uv.Timespec set = new Uv.Timespec(-14245441, TestedBackend.either(750_000_000, 0));
    assertEquals(set, stat.atim());
    assertEquals(set, stat.mtim());
    Fs.utime(path, -3, -0.5);
    assertTimes(-3, TestedBackend.either(-0.5, -1.0), Fs.stat(path));
  }

  @Test
  void fsFutime() {
    String path = file("test_file", TEST_BUF);
    int fd = Fs.open(path, O_RDWR, 0);
    checkMatrix((atime, mtime) -> Fs.futime(fd, atime, mtime), () -> Fs.stat(path));
    FsRequest futime = done(callback -> Fs.futime(loop, fd, LATER, LATER, callback));
    assertEquals(0, futime.orThrow());
    assertTimes(LATER, LATER, Fs.fstat(fd));
    Fs.close(fd);
  }

  @Test
  void fsLutime() {
    String path = file("test_file", TEST_BUF);
    String link = at("test_file_symlink");
    Fs.symlink(path, link);
    FsStat before = Fs.stat(path);
    checkMatrix((atime, mtime) -> Fs.lutime(link, atime, mtime), () -> Fs.lstat(link));
    FsRequest lutime = done(callback -> Fs.lutime(loop, link, LATER, LATER, callback));
    assertEquals(0, lutime.orThrow());
    assertTimes(LATER, LATER, Fs.lstat(link));
    assertEquals(before.mtim(), Fs.stat(path).mtim());

    Fs.lutime(path, PAST, PAST);
    assertTimes(PAST, PAST, Fs.stat(path));
    assertTimes(LATER, LATER, Fs.lstat(link));
    Fs.utime(link, LATER, LATER);
    assertTimes(LATER, LATER, Fs.stat(path));
    Fs.unlink(path);
    Fs.lutime(link, PAST, PAST);
    assertTimes(PAST, PAST, Fs.lstat(link));
    assertFails(UvError.ENOENT, () -> Fs.utime(link, PAST, PAST));
  }

  @Test
  void nanosecondsAreKept() {
    String path = file("test_file", TEST_BUF);
    double time = 1_000_000.123456789;
    Fs.utime(path, time, 0.000000001);
    FsStat stat = Fs.stat(path);
    assertEquals(1_000_000, stat.atim().seconds());
    assertEquals(123_456_789.0, stat.atim().nanoseconds(), 1.0);
    assertEquals(new Uv.Timespec(0, 1), stat.mtim());
  }

  /** Times that no double has. */
  @Test
  void exactTimesAreKeptToTheNanosecond() {
    Uv.Timespec one = new Uv.Timespec(1_700_000_000, 123_456_789);
    Uv.Timespec other = new Uv.Timespec(1_763_000_001, 999_999_999);
    String path = file("test_file", TEST_BUF);
    Fs.utime(path, one, other);
    assertExact(one, other, Fs.stat(path));
    done(callback -> Fs.utime(loop, path, other, one, callback)).orThrow();
    assertExact(other, one, Fs.stat(path));
    int fd = Fs.open(path, O_RDWR, 0);
    Fs.futime(fd, one, other);
    assertExact(one, other, Fs.fstat(fd));
    done(callback -> Fs.futime(loop, fd, other, one, callback)).orThrow();
    assertExact(other, one, Fs.fstat(fd));
    Fs.close(fd);
    Fs.lutime(path, one, other);
    assertExact(one, other, Fs.stat(path));
    Fs.utime(path, FsTime.OMIT, FsTime.NOW);
    assertEquals(one, Fs.stat(path).atim());
    assertTime(NOW, Fs.stat(path).mtim());
  }

  /** Or the next microsecond, where the JDK has no more: never an earlier time. */
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void exactTimesOfALinkAreNeverCutOff() {
    String link = at("link");
    Fs.symlink("nowhere", link);
    Uv.Timespec one = new Uv.Timespec(1_700_000_000, 123_456_789);
    Uv.Timespec other = new Uv.Timespec(1_763_000_001, 999_999_999);
    boolean micros = TestedBackend.NIO && NioAttributes.LINK_MICROS;
    Uv.Timespec first = micros ? new Uv.Timespec(1_700_000_000, 123_457_000) : one;
    Uv.Timespec second = micros ? new Uv.Timespec(1_763_000_002, 0) : other;
    Fs.lutime(link, one, other);
    assertExact(first, second, Fs.lstat(link));
    done(callback -> Fs.lutime(loop, link, other, one, callback)).orThrow();
    assertExact(second, first, Fs.lstat(link));
  }

  @Test
  void whatIsNoExactTime() {
    String path = file("test_file", TEST_BUF);
    FsStat before = Fs.stat(path);
    Uv.Timespec fine = new Uv.Timespec(1, 0);
    for (Uv.Timespec bad :
        new Uv.Timespec[] {
          new Uv.Timespec(1, 1_000_000_000), new Uv.Timespec(1, -1),
        }) {
      assertFails(
          UvError.EINVAL,
          () -> Fs.utime(path, fine, bad),
          callback -> Fs.utime(loop, path, fine, bad, callback));
    }
    assertExact(before.atim(), before.mtim(), Fs.stat(path));
  }

  /** Linux sets what the file system has that is next to it. */
  @Test
  void timesThatJavaDoesNotHave() {
    String path = file("test_file", TEST_BUF);
    FsStat before = Fs.stat(path);
    Uv.Timespec fine = new Uv.Timespec(1, 0);
    for (Uv.Timespec far :
        new Uv.Timespec[] {
          new Uv.Timespec(9_223_372_036L, 854_775_808), new Uv.Timespec(Long.MIN_VALUE, 0),
        }) {
      if (TestedBackend.NIO) {
        assertFails(
            UvError.EINVAL,
            () -> Fs.utime(path, fine, far),
            callback -> Fs.utime(loop, path, fine, far, callback));
        assertExact(before.atim(), before.mtim(), Fs.stat(path));
      } else {
        Fs.utime(path, fine, far);
        assertEquals(fine, Fs.stat(path).atim());
        assertEquals(far.seconds() < 0, Fs.stat(path).mtim().seconds() < before.mtim().seconds());
      }
    }
  }

  private static void assertExact(Uv.Timespec atime, Uv.Timespec mtime, FsStat stat) {
    assertEquals(atime, stat.atim());
    assertEquals(mtime, stat.mtim());
  }

  /** The JDK can only set both, and would set 1970 for what it had just read. */
  @EnabledOnOs(OS.LINUX)
  @Test
  void aTimeBefore1970IsNotLostWhenTheOtherIsSet() throws Exception {
    String path = file("test_file", TEST_BUF);
    String date = "1969-07-20T02:56:00.250000000Z";
    assertEquals(0, new ProcessBuilder("touch", "-d", date, path).start().waitFor());
    double second = Instant.parse(date).getEpochSecond();
    double moon = TestedBackend.either(second + 0.25, second);
    Fs.utime(path, PAST, OMIT);
    assertTimes(PAST, moon, Fs.stat(path));
    Fs.utime(path, OMIT, OMIT);
    assertTimes(PAST, moon, Fs.stat(path));
  }

  @Test
  void directoriesHaveTimesToo() {
    Fs.mkdir(at("dir"), 0755);
    Fs.utime(at("dir/"), PAST, LATER);
    assertTimes(PAST, LATER, Fs.stat(at("dir")));
  }

  @CsvSource({
    "0.0, 0, 0",
    "-0.0, 0, 0",
    "1.5, 1, 500000000",
    "0.999999999999, 0, 999999999",
    "9223372036, 9223372036, 0",
    "-9223372036, -9223372036, 0",
    "-0.000000001, -1, 0"
  })
  @ParameterizedTest
  void secondsBecomeATime(double seconds, long whole, int nanos) throws IOException {
    FileTime now = FileTime.from(Instant.now());
    FileTime time = NioAttributes.fileTime(FsTime.ofSeconds(seconds), now);
    assertNotNull(time);
    assertEquals(Instant.ofEpochSecond(whole, nanos), time.toInstant());
  }

  @Test
  void whatIsNoTime() throws IOException {
    FileTime now = FileTime.from(Instant.now());
    assertNull(NioAttributes.fileTime(FsTime.ofSeconds(OMIT), now));
    assertEquals(now, NioAttributes.fileTime(FsTime.ofSeconds(NOW), now));
    assertEquals(now, NioAttributes.fileTime(FsTime.ofSeconds(-NOW), now));
    for (double far : new double[] {9223372037.0, -9223372037.0, 1e300, -Double.MAX_VALUE}) {
      Uv.Timespec time = FsTime.ofSeconds(far);
      ErrnoException e =
          assertThrows(ErrnoException.class, () -> NioAttributes.fileTime(time, now));
      assertEquals(UvError.EINVAL, e.error);
    }
  }

  /** The JDK would wait for a writer, and a worker with it. */
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void theTimesOfAPipeAreNotWaitedFor() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", at("fifo")).start().waitFor());
    if (TestedBackend.NIO) {
      assertFails(UvError.ENOSYS, () -> Fs.utime(at("fifo"), PAST, PAST));
      assertFails(UvError.ENOSYS, () -> Fs.lutime(at("fifo"), PAST, PAST));
    } else {
      Fs.utime(at("fifo"), PAST, PAST);
      assertTimes(PAST, PAST, Fs.stat(at("fifo")));
      Fs.lutime(at("fifo"), LATER, LATER);
      assertTimes(LATER, LATER, Fs.stat(at("fifo")));
    }
    assertEquals(DirentType.FIFO, Fs.scandir(at("")).get(0).type());
    Fs.unlink(at("fifo"));
  }
}
