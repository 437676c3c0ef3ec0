// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code test/test-fs-readdir.c}. */
class FsReaddirTest extends FsFixture {

  @Test
  void fsReaddirEmptyDir() {
    FsDir sync = Fs.opendir(dir.toString());
    assertThat(Fs.readdir(sync, 1)).isEmpty();
    Fs.closedir(sync);

    FsDir opened = done(callback -> Fs.opendir(loop, dir.toString(), callback)).dir();
    FsRequest read = done(callback -> Fs.readdir(loop, opened, 1, callback));
    assertEquals(0, read.orThrow());
    assertThat(read.entries()).isEmpty();
    assertEquals(0, done(callback -> Fs.closedir(loop, opened, callback)).orThrow());
  }

  @Test
  void fsReaddirFile() {
    assertOpendirFails(UvError.ENOTDIR, file("file", TEST_BUF));
  }

  @Test
  void fsReaddirNonExistingDir() {
    assertOpendirFails(UvError.ENOENT, at("missing"));
  }

  private void assertOpendirFails(UvError expected, String path) {
    assertFails(expected, () -> Fs.opendir(path), callback -> Fs.opendir(loop, path, callback));
    FsRequest failed = done(callback -> Fs.opendir(loop, path, callback));
    assertThrows(IllegalStateException.class, failed::dir);
  }

  @Test
  void fsReaddirNonEmptyDir() {
    file("test_file1", "");
    file("test_file2", "");
    Fs.mkdir(at("test_subdir"), 0755);
    FsDir sync = Fs.opendir(dir.toString());
    assertThat(all(sync, 1))
        .containsExactlyInAnyOrder(
            new Dirent("test_file1", DirentType.FILE),
            new Dirent("test_file2", DirentType.FILE),
            new Dirent("test_subdir", DirentType.DIR));
    assertThat(Fs.readdir(sync, 1)).isEmpty();
    Fs.closedir(sync);

    FsDir opened = done(callback -> Fs.opendir(loop, dir.toString(), callback)).dir();
    List<Dirent> found = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FsRequest read = done(callback -> Fs.readdir(loop, opened, 1, callback));
      assertEquals(1, read.orThrow());
      found.addAll(read.entries());
    }
    assertThat(found).extracting(Dirent::name).doesNotHaveDuplicates();
    assertEquals(0, done(callback -> Fs.readdir(loop, opened, 1, callback)).orThrow());
    done(callback -> Fs.closedir(loop, opened, callback)).orThrow();
  }

  @Test
  void fsReaddirSymlink() {
    file("target", "");
    Fs.symlink("target", at("link"));
    FsDir opened = Fs.opendir(dir.toString());
    assertThat(Fs.readdir(opened, 2))
        .containsExactlyInAnyOrder(
            new Dirent("target", DirentType.FILE), new Dirent("link", DirentType.LINK));
    assertThat(Fs.readdir(opened, 2)).isEmpty();
    Fs.closedir(opened);
  }

  /** A type is that of what is in the directory that was opened, whatever has its name now. */
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void typesAreTheOpenDirectorysOwn() throws IOException, InterruptedException {
    Fs.mkdir(at("dir"), 0755);
    file("dir/file", "");
    Fs.mkdir(at("dir/dir"), 0755);
    Fs.symlink("x", at("dir/link"));
    assertEquals(0, new ProcessBuilder("mkfifo", at("dir/pipe")).start().waitFor());
    FsDir opened = Fs.opendir(at("dir"));
    Fs.rename(at("dir"), at("moved"));
    Fs.mkdir(at("dir"), 0755);
    for (String name : List.of("file", "link", "pipe")) {
      Fs.mkdir(at("dir/" + name), 0755);
    }
    file("dir/dir", "");
    assertThat(all(opened, 10))
        .containsExactlyInAnyOrder(
            new Dirent("file", DirentType.FILE),
            new Dirent("dir", DirentType.DIR),
            new Dirent("link", DirentType.LINK),
            new Dirent("pipe", TestedBackend.either(DirentType.FIFO, DirentType.UNKNOWN)));
    Fs.closedir(opened);
  }

  @Test
  void noRoomReadsNothingAndSkipsNothing() {
    file("only", "");
    FsDir opened = Fs.opendir(dir.toString());
    assertThat(Fs.readdir(opened, 0)).isEmpty();
    assertFails(UvError.EINVAL, () -> Fs.readdir(opened, -1));
    assertThat(Fs.readdir(opened, 100)).hasSize(1);
    Fs.closedir(opened);
  }

  @Test
  void aClosedDirectoryIsNotRead() {
    FsDir opened = Fs.opendir(dir.toString());
    Fs.closedir(opened);
    Fs.closedir(opened);
    assertFails(
        UvError.EBADF,
        () -> Fs.readdir(opened, 1),
        callback -> Fs.readdir(loop, opened, 1, callback));
  }

  @Test
  void aStrangersDirectoryIsNotTaken() {
    FsDir strange = new FsDir() {};
    assertFails(UvError.EINVAL, () -> Fs.readdir(strange, 1));
    assertFails(UvError.EINVAL, () -> Fs.closedir(strange));
  }

  private static List<Dirent> all(FsDir opened, int count) {
    List<Dirent> found = new ArrayList<>();
    while (true) {
      List<Dirent> some = Fs.readdir(opened, count);
      if (some.isEmpty()) {
        return found;
      }
      assertThat(some).hasSizeLessThanOrEqualTo(count);
      found.addAll(some);
    }
  }
}
