// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code test/test-fs.c}: what a file system tells of a file. */
class FsStatTest extends FsFixture {

  /** Compares {@code stat} with what Java itself has to say about the file. */
  private static void assertTells(FsStat stat, String path) throws IOException {
    Map<String, Object> unix = Files.readAttributes(Path.of(path), "unix:*");
    assertEquals(unix.get("dev"), stat.dev());
    assertEquals(unix.get("ino"), stat.ino());
    assertEquals(unix.get("mode"), stat.mode());
    assertEquals(unix.get("nlink"), (int) stat.nlink());
    assertEquals(unix.get("uid"), (int) stat.uid());
    assertEquals(unix.get("gid"), (int) stat.gid());
    assertEquals(unix.get("rdev"), stat.rdev());
    assertEquals(unix.get("size"), stat.size());
    assertEquals(unix.get("ctime"), time(stat.ctim()));
    assertEquals(unix.get("lastModifiedTime"), time(stat.mtim()));
    assertEquals(unix.get("lastAccessTime"), time(stat.atim()));
    assertEquals(0, stat.flags());
    assertEquals(0, stat.gen());
  }

  private static FileTime time(Uv.Timespec time) {
    return FileTime.from(Instant.ofEpochSecond(time.seconds(), time.nanoseconds()));
  }

  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void fsFstat() throws IOException {
    String path = at("test_file");
    int fd = Fs.open(path, O_RDWR | O_CREAT, 0600);
    FsStat before = Fs.fstat(fd);
    assertEquals(before.ctim(), before.birthtim());
    write(fd, TEST_BUF);
    FsStat after = Fs.fstat(fd);
    assertEquals(TEST_BUF.length(), after.size());
    assertTells(after, path);
    assertTrue(after.isRegularFile());
    assertTrue(after.isSameFileAs(before));
    assertEquals(0600, after.permissions());
    FsRequest async = done(callback -> Fs.fstat(loop, fd, callback));
    assertEquals(after, async.stat());
    Fs.close(fd);
  }

  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void fsFstatStdio() {
    for (int fd = 0; fd <= 2; fd++) {
      int stream = fd;
      FsStat stat = Fs.fstat(stream);
      assertNotEquals(0, stat.fileType());
      assertEquals(stat, done(callback -> Fs.fstat(loop, stream, callback)).stat());
    }
  }

  @Test
  void fsFstatStDev() {
    String path = file("test_file", TEST_BUF);
    Fs.symlink("test_file", at("test_link"));
    FsStat file = Fs.stat(path);
    FsStat through = Fs.stat(at("test_link"));
    assertEquals(file.dev(), through.dev());
    assertEquals(file, through);
    assertEquals(file.dev(), Fs.lstat(at("test_link")).dev());
  }

  @Test
  void fsStatBatchMultiple() {
    Fs.mkdir(at("test_dir"), 0755);
    List<FsRequest> calledBack = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Fs.stat(loop, at("test_dir"), calledBack::add);
    }
    assertFalse(loop.run());
    assertEquals(300, calledBack.size());
    for (FsRequest request : calledBack) {
      assertTrue(request.stat().isDirectory());
    }
  }

  @Test
  void fsStatMissingPath() {
    String path = at("non_existent_file");
    assertFails(UvError.ENOENT, () -> Fs.stat(path), callback -> Fs.stat(loop, path, callback));
    assertFails(UvError.ENOENT, () -> Fs.lstat(path), callback -> Fs.lstat(loop, path, callback));
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void anOpenFileIsFoundWithoutItsName() throws IOException {
    String path = file("test_file", TEST_BUF);
    int fd = Fs.open(path, O_RDWR, 0);
    FsStat opened = Fs.fstat(fd);
    Fs.rename(path, at("renamed"));
    file("test_file", "another");
    assertTrue(Fs.fstat(fd).isSameFileAs(opened));
    assertTells(Fs.fstat(fd), at("renamed"));

    Fs.unlink(at("renamed"));
    write(fd, TEST_BUF + "more");
    Fs.fchmod(fd, 0640);
    Fs.futime(fd, 5, 6);
    FsStat gone = Fs.fstat(fd);
    assertTrue(gone.isSameFileAs(opened));
    assertEquals(0, gone.nlink());
    assertEquals(TEST_BUF.length() + 4, gone.size());
    assertEquals(0640, gone.permissions());
    assertEquals(new Uv.Timespec(5, 0), gone.atim());
    assertEquals(new Uv.Timespec(6, 0), gone.mtim());
    Fs.close(fd);
    assertEquals(0600, Fs.stat(path).permissions());
    assertEquals("another", content(path));
  }

  @Test
  void whatIsLeftOfAFileWithoutAName() {
    FsStat opened = Fs.stat(file("test_file", TEST_BUF));
    FsStat left = opened.nameless(3);
    assertEquals(3, left.size());
    assertEquals(0, left.nlink());
    assertEquals(opened.mode(), left.mode());
    assertTrue(left.isSameFileAs(opened));
  }

  @Test
  void aTimeInSeconds() {
    assertEquals(1.25, FsStat.toSeconds(new Uv.Timespec(1, 250_000_000)));
    assertEquals(-0.75, FsStat.toSeconds(new Uv.Timespec(-1, 250_000_000)));
  }

  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void aSlashAtTheEndAsksForADirectory() {
    String path = file("file", TEST_BUF);
    Fs.mkdir(at("dir"), 0755);
    Fs.symlink("dir", at("link"));
    assertFails(UvError.ENOTDIR, () -> Fs.stat(path + "/"));
    assertFails(UvError.ENOTDIR, () -> Fs.lstat(path + "/"));
    assertFails(UvError.ENOTDIR, () -> Fs.stat(path + "/below/it"));
    assertFails(UvError.ENOTDIR, () -> Fs.open(path + "/below", O_RDONLY, 0));
    assertFails(UvError.ENOTDIR, () -> Fs.open(path + "/", O_RDONLY, 0));
    assertFails(UvError.ENOENT, () -> Fs.stat(at("missing/")));
    assertTrue(Fs.lstat(at("link")).isSymbolicLink());
    assertTrue(Fs.lstat(at("link/")).isDirectory());
    assertTrue(Fs.stat("/").isDirectory());
    assertTrue(Fs.stat("//").isDirectory());
  }

  @Test
  void theWaySaysMoreThanTheName() {
    Fs.mkdir(at("dir"), 0755);
    file("dir/file", TEST_BUF);
    assertTrue(Fs.stat(at("dir/./../dir//file")).isRegularFile());
    assertFails(UvError.ENOENT, () -> Fs.stat(at("missing/../dir")));
  }

  @Test
  void anEmptyPathNamesNothing() {
    assertFails(UvError.ENOENT, () -> Fs.stat(""), callback -> Fs.stat(loop, "", callback));
    assertFails(UvError.ENOENT, () -> Fs.lstat(""));
    assertFails(UvError.ENOENT, () -> Fs.open("", O_WRONLY | O_CREAT, 0600));
    assertFails(UvError.ENOENT, () -> Fs.scandir(""));
    assertFails(UvError.ENOENT, () -> Fs.mkdir("", 0700));
    assertFails(UvError.ENOENT, () -> Fs.rename("", at("new")));
    assertFails(UvError.ENOENT, () -> Fs.rename(at(""), ""));
    assertFails(UvError.ENOENT, () -> Fs.symlink("", at("new")));
    assertFails(UvError.ENOENT, () -> Fs.realpath(""));
  }
}
