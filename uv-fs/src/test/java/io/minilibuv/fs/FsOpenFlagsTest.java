// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_SYNC;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code test/test-fs-open-flags.c}, which libuv runs on Windows only: what every way of opening
 * does with a file that is absent, empty, or holds the letter a, and with a directory. The
 * directory's answers are those of POSIX, where it can be opened for reading only.
 */
class FsOpenFlagsTest extends FsFixture {

  private static final Map<String, Integer> FLAGS =
      Map.ofEntries(
          Map.entry("r", O_RDONLY),
          Map.entry("rs", O_RDONLY | O_SYNC),
          Map.entry("r+", O_RDWR),
          Map.entry("rs+", O_RDWR | O_SYNC),
          Map.entry("w", O_TRUNC | O_CREAT | O_WRONLY),
          Map.entry("wx", O_TRUNC | O_CREAT | O_WRONLY | O_EXCL),
          Map.entry("w+", O_TRUNC | O_CREAT | O_RDWR),
          Map.entry("wx+", O_TRUNC | O_CREAT | O_RDWR | O_EXCL),
          Map.entry("a", O_APPEND | O_CREAT | O_WRONLY),
          Map.entry("ax", O_APPEND | O_CREAT | O_WRONLY | O_EXCL),
          Map.entry("as", O_APPEND | O_CREAT | O_WRONLY | O_SYNC),
          Map.entry("a+", O_APPEND | O_CREAT | O_RDWR),
          Map.entry("ax+", O_APPEND | O_CREAT | O_RDWR | O_EXCL),
          Map.entry("as+", O_APPEND | O_CREAT | O_RDWR | O_SYNC));

  /**
   * One row for each way of opening. In each cell: what is read, and what the file holds after
   * {@code b} and {@code c} were written; a name is the error of that, and alone, of the opening.
   */
  @CsvSource({
    "r,   ENOENT,    -/EBADF,  a/EBADF,   EISDIR/EBADF",
    "rs,  ENOENT,    -/EBADF,  a/EBADF,   EISDIR/EBADF",
    "r+,  ENOENT,    -/bc,     a/bc,      EISDIR",
    "rs+, ENOENT,    -/bc,     a/bc,      EISDIR",
    "w,   EBADF/bc,  EBADF/bc, EBADF/bc,  EISDIR",
    "wx,  EBADF/bc,  EEXIST,   EEXIST,    EEXIST",
    "w+,  -/bc,      -/bc,     -/bc,      EISDIR",
    "wx+, -/bc,      EEXIST,   EEXIST,    EEXIST",
    "a,   EBADF/bc,  EBADF/bc, EBADF/abc, EISDIR",
    "ax,  EBADF/bc,  EEXIST,   EEXIST,    EEXIST",
    "as,  EBADF/bc,  EBADF/bc, EBADF/abc, EISDIR",
    "a+,  -/bc,      -/bc,     a/abc,     EISDIR",
    "ax+, -/bc,      EEXIST,   EEXIST,    EEXIST",
    "as+, -/bc,      -/bc,     a/abc,     EISDIR",
  })
  @ParameterizedTest
  void fsOpenFlags(String name, String absent, String empty, String dummy, String directory) {
    int flags = FLAGS.get(name);
    check(flags, absent, "absent");
    check(flags, empty, "empty");
    check(flags, dummy, "dummy");
    check(flags, directory, "directory");
  }

  private void check(int flags, String expected, String kind) {
    int slash = expected.indexOf('/');
    if (slash < 0) {
      String path = prepare(kind, "open");
      assertEquals(expected, open(path, flags), kind);
      // What failed has not made it, either.
      assertEquals(expected, open(path, flags), kind);
      return;
    }
    checkReading(prepare(kind, "read"), flags, expected.substring(0, slash).replace("-", ""));
    checkWriting(prepare(kind, "write"), flags, expected.substring(slash + 1));
  }

  private String prepare(String kind, String purpose) {
    String path = at(kind + "_" + purpose);
    switch (kind) {
      case "absent" -> assertFails(UvError.ENOENT, () -> Fs.lstat(path));
      case "empty" -> file(kind + "_" + purpose, "");
      case "dummy" -> file(kind + "_" + purpose, "a");
      default -> Fs.mkdir(path, 0755);
    }
    return path;
  }

  private static String open(String path, int flags) {
    try {
      Fs.close(Fs.open(path, flags, 0600));
      return "opened";
    } catch (UvException e) {
      return e.error().errName();
    }
  }

  private static void checkReading(String path, int flags, String expected) {
    int fd = Fs.open(path, flags, 0600);
    try {
      assertEquals(expected, read(fd, 32), path);
    } catch (UvException e) {
      assertEquals(expected, e.error().errName(), path);
    } finally {
      Fs.close(fd);
    }
  }

  private static void checkWriting(String path, int flags, String expected) {
    int fd = Fs.open(path, flags, 0600);
    try {
      if (expected.startsWith("E")) {
        UvError error = UvError.valueOf(expected);
        assertFails(error, () -> Fs.write(fd, bytes("z"), -1));
        assertFails(error, () -> Fs.write(fd, bytes("z"), -1));
        return;
      }
      write(fd, "b");
      write(fd, "c");
    } finally {
      Fs.close(fd);
    }
    assertEquals(expected, content(path), path);
    assertTrue(Fs.stat(path).isRegularFile());
  }
}
