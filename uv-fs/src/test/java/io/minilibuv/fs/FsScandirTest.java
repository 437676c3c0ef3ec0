// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_DIRECTORY;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code test/test-fs.c}: directories. */
class FsScandirTest extends FsFixture {

  private static List<Dirent> drain(FsRequest scandir) {
    List<Dirent> found = new ArrayList<>();
    for (Dirent next; (next = scandir.scandirNext()) != null; ) {
      found.add(next);
    }
    return found;
  }

  @Test
  void fsAsyncDir() {
    String path = at("test_dir");
    FsRequest mkdir = done(callback -> Fs.mkdir(loop, path, 0755, callback));
    assertEquals(FsType.MKDIR, mkdir.fsType());
    assertEquals(0, mkdir.orThrow());
    assertEquals(path, mkdir.path());
    file("test_dir/file1", "");
    file("test_dir/file2", "");

    List<Dirent> expected =
        List.of(new Dirent("file1", DirentType.FILE), new Dirent("file2", DirentType.FILE));
    FsRequest scandir = done(callback -> Fs.scandir(loop, path, callback));
    assertEquals(2, scandir.orThrow());
    assertEquals(expected, drain(scandir));
    assertEquals(expected, Fs.scandir(path));

    for (String spelling : List.of(path, path + "/")) {
      FsRequest stat = done(callback -> Fs.stat(loop, spelling, callback));
      assertTrue(stat.stat().isDirectory());
      assertEquals(spelling, stat.path());
      assertTrue(done(callback -> Fs.lstat(loop, spelling, callback)).stat().isDirectory());
    }

    assertEquals(0, done(callback -> Fs.unlink(loop, path + "/file1", callback)).result());
    assertEquals(0, done(callback -> Fs.unlink(loop, path + "/file2", callback)).result());
    assertEquals(0, done(callback -> Fs.rmdir(loop, path, callback)).result());
    assertFails(UvError.ENOENT, () -> Fs.stat(path));
  }

  @Test
  void fsScandirEmptyDir() {
    String path = at("empty_dir");
    Fs.mkdir(path, 0755);
    assertEquals(List.of(), Fs.scandir(path));
    FsRequest scandir = done(callback -> Fs.scandir(loop, path, callback));
    assertEquals(0, scandir.orThrow());
    assertTrue(scandir.entries().isEmpty());
    assertNull(scandir.scandirNext());
    assertNull(scandir.scandirNext());
  }

  @Test
  void fsScandirNonExistentDir() {
    String path = at("non_existent_dir");
    assertFails(
        UvError.ENOENT, () -> Fs.scandir(path), callback -> Fs.scandir(loop, path, callback));
    FsRequest scandir = done(callback -> Fs.scandir(loop, path, callback));
    assertFails(UvError.ENOENT, scandir::scandirNext);
    assertFails(UvError.ENOENT, scandir::scandirNext);
  }

  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void aPipeIsNoDirectoryAndNotWaitedFor() throws IOException, InterruptedException {
    String pipe = at("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe).start().waitFor());
    assertFails(UvError.ENOTDIR, () -> Fs.scandir(pipe), cb -> Fs.scandir(loop, pipe, cb));
    assertFails(UvError.ENOTDIR, () -> Fs.opendir(pipe), cb -> Fs.opendir(loop, pipe, cb));
    assertFails(UvError.ENOTDIR, () -> Fs.open(pipe, O_RDONLY | O_DIRECTORY, 0));
  }

  @Test
  void fsScandirFile() {
    String path = file("test_file", TEST_BUF);
    assertFails(
        UvError.ENOTDIR, () -> Fs.scandir(path), callback -> Fs.scandir(loop, path, callback));
  }

  @Test
  void fsScandirEarlyExit() {
    Fs.mkdir(at("test_dir"), 0755);
    file("test_dir/1", "");
    file("test_dir/2", "");
    FsRequest scandir = done(callback -> Fs.scandir(loop, at("test_dir"), callback));
    assertEquals(2, scandir.orThrow());
    Dirent first = scandir.scandirNext();
    assertNotNull(first);
    assertEquals("1", first.name());
    // That nothing of the directory stays open is checked after each test.
  }

  @Test
  void fsOpenDir() {
    int fd = Fs.open(at(""), O_RDONLY, 0);
    assertTrue(Fs.fstat(fd).isDirectory());
    Fs.close(fd);
    FsRequest open = done(callback -> Fs.open(loop, at(""), O_RDONLY, 0, callback));
    assertTrue(open.orThrow() >= 3);
    assertNull(open.text());
    Fs.close((int) open.result());
    assertFails(UvError.EISDIR, () -> Fs.open(at(""), O_RDWR, 0));
    assertFails(UvError.EISDIR, () -> Fs.open(at(""), O_RDONLY | O_CREAT, 0600));
    assertFails(UvError.EISDIR, () -> Fs.open(at("new/"), O_RDWR | O_CREAT, 0600));
  }

  @Test
  void fsReadDir() {
    String path = at("test_dir");
    assertEquals(0, done(callback -> Fs.mkdir(loop, path, 0755, callback)).result());
    int fd = Fs.open(path, O_RDONLY | O_DIRECTORY, 0600);
    for (int room = 0; room <= 2; room += 2) {
      ByteBuffer buffer = ByteBuffer.allocate(room);
      for (long offset = -1; offset <= 0; offset++) {
        long where = offset;
        assertFails(
            UvError.EISDIR,
            () -> Fs.read(fd, buffer, where),
            callback -> Fs.read(loop, fd, buffer, where, callback));
      }
    }
    assertFails(UvError.EBADF, () -> Fs.write(fd, bytes("x"), 0));
    assertFails(UvError.EINVAL, () -> Fs.ftruncate(fd, 0));
    Fs.fsync(fd);
    Fs.close(fd);
    assertFails(UvError.ENOTDIR, () -> Fs.open(file("f", ""), O_RDONLY | O_DIRECTORY, 0));
    assertFails(UvError.ENOENT, () -> Fs.open(at("none"), O_RDONLY | O_DIRECTORY, 0));
  }

  @Test
  void namesAreSortedByTheirBytes() {
    List<String> sorted = List.of("10", "9", "B", "a", "lnk", "\u00e9", "\ufb01", "\ud83d\ude00");
    List<String> made = new ArrayList<>(sorted);
    Collections.shuffle(made, new Random(1));
    for (String name : sorted) {
      if (!canName(name)) {
        assertFails(UvError.EILSEQ, () -> file(name, ""));
        made.remove(name);
      }
    }
    made.forEach(name -> file(name, ""));
    assertThat(Fs.scandir(at("")))
        .extracting(Dirent::name)
        .isEqualTo(sorted.stream().filter(made::contains).toList());
  }

  /** Types tell which is which: what has no text in the encoding all looks alike. */
  @EnabledOnOs(
      value = OS.LINUX,
      disabledReason = "macOS and Windows have no names that are not Unicode")
  @Test
  void namesThatAreNoTextAreSortedByTheirBytes() throws IOException, InterruptedException {
    String make =
        """
        touch "$(printf '\\200')" && mkdir "$(printf '\\303\\251')" &&
        ln -s x "$(printf '\\360\\237\\230\\200')" && mkfifo "$(printf '\\377')"
        """;
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", make).directory(dir.toFile());
    assertEquals(0, shell.inheritIO().start().waitFor());
    assertThat(Fs.scandir(at("")))
        .extracting(Dirent::type)
        .containsExactly(DirentType.FILE, DirentType.DIR, DirentType.LINK, DirentType.FIFO);
  }

  @Test
  void theOrderOfNamesIsThatOfTheirBytes() {
    Random random = new Random(7);
    // Around the ends of the ranges in which UTF-8 and UTF-16 disagree.
    int[] points = {'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    for (int round = 0; round < 20_000; round++) {
      String a = name(random, points);
      String b = name(random, points);
      int bytes = Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
      assertEquals(
          Integer.signum(bytes), Integer.signum(Dirent.compareNames(a, b)), a + " and " + b);
    }
  }

  private static String name(Random random, int[] points) {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      name.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return name.toString();
  }

  @Test
  void entriesTellTheirOwnType() {
    file("file", "");
    Fs.mkdir(at("dir"), 0755);
    Fs.symlink("dir", at("link"));
    Fs.symlink("nowhere", at("dangling"));
    assertEquals(
        List.of(
            new Dirent("dangling", DirentType.LINK),
            new Dirent("dir", DirentType.DIR),
            new Dirent("file", DirentType.FILE),
            new Dirent("link", DirentType.LINK)),
        Fs.scandir(at("")));
    assertEquals(List.of(), Fs.scandir(at("link")));
  }

  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void devicesHaveTypesToo() {
    assertThat(Fs.scandir("/dev")).contains(new Dirent("null", DirentType.CHAR));
  }

  @Test
  void typesByMode() {
    assertEquals(DirentType.FILE, DirentType.ofMode(0100644));
    assertEquals(DirentType.DIR, DirentType.ofMode(040755));
    assertEquals(DirentType.LINK, DirentType.ofMode(0120777));
    assertEquals(DirentType.FIFO, DirentType.ofMode(010600));
    assertEquals(DirentType.SOCKET, DirentType.ofMode(0140700));
    assertEquals(DirentType.CHAR, DirentType.ofMode(020666));
    assertEquals(DirentType.BLOCK, DirentType.ofMode(060660));
    assertEquals(DirentType.UNKNOWN, DirentType.ofMode(0));
  }
}
