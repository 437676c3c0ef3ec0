// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code test/test-fs.c}: links. */
class FsLinkTest extends FsFixture {

  private void assertReadsThrough(String path) {
    int fd = Fs.open(path, O_RDWR, 0);
    assertEquals(TEST_BUF, read(fd, 32));
    Fs.close(fd);
  }

  /** An empty path leads nowhere, but is the second that is looked at. */
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void whatIsWrongWithTheFirstPathComesBeforeAnEmptySecond() {
    String file = file("file", "");
    Fs.symlink("loop", at("loop"));
    Map<String, UvError> errors =
        Map.of(
            file,
            UvError.ENOENT,
            at("missing"),
            UvError.ENOENT,
            file + "/x",
            UvError.ENOTDIR,
            at("loop/x"),
            UvError.ELOOP);
    errors.forEach(
        (path, error) -> {
          assertFails(error, () -> Fs.rename(path, ""));
          assertFails(error, () -> Fs.link(path, ""));
          assertFails(error, () -> Fs.copyfile(path, "", 0));
        });
  }

  @Test
  void fsLink() {
    String path = file("test_file", TEST_BUF);
    Fs.link(path, at("test_file_link"));
    assertReadsThrough(at("test_file_link"));
    FsRequest link = done(callback -> Fs.link(loop, path, at("test_file_link2"), callback));
    assertEquals(0, link.orThrow());
    assertReadsThrough(at("test_file_link2"));
    assertFalse(loop.run());
    assertTrue(Fs.stat(path).isSameFileAs(Fs.stat(at("test_file_link2"))));

    assertFails(
        UvError.EEXIST,
        () -> Fs.link(path, at("test_file_link")),
        callback -> Fs.link(loop, path, at("test_file_link"), callback));
    assertFails(UvError.ENOENT, () -> Fs.link(at("missing"), at("new")));
    Fs.mkdir(at("dir"), 0755);
    assertFails(UvError.EPERM, () -> Fs.link(at("dir"), at("new")));
  }

  @Test
  void aFailureOfTwoNamesBoth() {
    String path = file("test_file", TEST_BUF);
    assertThatThrownBy(() -> Fs.link(path, at("missing/link")))
        .hasMessage(
            "ENOENT: no such file or directory, link '%s' -> '%s'", path, at("missing/link"));
    FsRequest rename = done(callback -> Fs.rename(loop, at("a"), at("b"), callback));
    assertThat(rename.error())
        .hasMessage("ENOENT: no such file or directory, rename '%s' -> '%s'", at("a"), at("b"));
  }

  @Test
  void fsReadlink() {
    assertFails(
        UvError.ENOENT,
        () -> Fs.readlink(at("no_such_file")),
        callback -> Fs.readlink(loop, at("no_such_file"), callback));
    String path = file("test_file", TEST_BUF);
    assertFails(
        UvError.EINVAL, () -> Fs.readlink(path), callback -> Fs.readlink(loop, path, callback));
  }

  @Test
  void fsRealpath() {
    assertFails(
        UvError.ENOENT,
        () -> Fs.realpath(at("no_such_file")),
        callback -> Fs.realpath(loop, at("no_such_file"), callback));
    Fs.symlink("loop", at("loop"));
    assertFails(UvError.ELOOP, () -> Fs.realpath(at("loop")));
  }

  @Test
  void fsSymlink() throws IOException {
    String path = file("test_file", TEST_BUF);
    String absolute = dir.toRealPath().resolve("test_file").toString();

    Fs.symlink("test_file", at("test_file_symlink"));
    assertReadsThrough(at("test_file_symlink"));
    Fs.symlink("test_file_symlink", at("test_file_symlink_symlink"));
    assertEquals("test_file_symlink", Fs.readlink(at("test_file_symlink_symlink")));
    assertEquals(absolute, Fs.realpath(at("test_file_symlink_symlink")));

    FsRequest symlink =
        done(callback -> Fs.symlink(loop, "test_file", at("test_file_symlink2"), callback));
    assertEquals(FsType.SYMLINK, symlink.fsType());
    assertEquals(0, symlink.orThrow());
    assertNull(symlink.text());
    assertReadsThrough(at("test_file_symlink2"));
    Fs.symlink("test_file_symlink2", at("test_file_symlink2_symlink"));

    FsRequest readlink =
        done(callback -> Fs.readlink(loop, at("test_file_symlink2_symlink"), callback));
    assertEquals(0, readlink.orThrow());
    assertEquals("test_file_symlink2", readlink.text());
    FsRequest realpath = done(callback -> Fs.realpath(loop, path, callback));
    assertEquals(0, realpath.orThrow());
    assertEquals(absolute, realpath.text());
    assertFalse(loop.run());

    assertFails(
        UvError.EEXIST,
        () -> Fs.symlink("x", at("test_file_symlink")),
        callback -> Fs.symlink(loop, "x", at("test_file_symlink"), callback));
    assertFails(UvError.ENOENT, () -> Fs.symlink("x", at("missing/link")));
  }

  @Test
  void fsSymlinkDir() throws IOException {
    String path = dir.toRealPath().resolve("test_dir").toString();
    String link = at("test_dir_symlink");
    Fs.mkdir(path, 0755);
    Fs.symlink(path, link);

    assertTrue(Fs.stat(link).isDirectory());
    FsStat itself = Fs.lstat(link);
    assertTrue(itself.isSymbolicLink());
    assertEquals(path.length(), itself.size());
    assertEquals(path, Fs.readlink(link));
    assertEquals(path, Fs.realpath(link));

    file("test_dir/file1", "");
    file("test_dir/file2", "");
    FsRequest scandir = done(callback -> Fs.scandir(loop, link, callback));
    assertEquals(2, scandir.orThrow());
    assertThat(scandir.entries()).extracting(Dirent::name).containsExactly("file1", "file2");
    assertEquals(scandir.entries(), Fs.scandir(link));

    Fs.unlink(link);
    assertFails(UvError.ENOENT, () -> Fs.lstat(link));
    assertEquals(2, Fs.scandir(path).size());
  }

  @Test
  void aLinkSaysAnything() {
    for (String text : new String[] {"/", "..", "a/../b/./c", " ", "\u00e9 \ud83d\ude00"}) {
      if (!canName(text)) {
        assertFails(UvError.EILSEQ, () -> Fs.symlink(text, at("link")));
        continue;
      }
      Fs.symlink(text, at("link"));
      assertEquals(text, Fs.readlink(at("link")));
      Fs.unlink(at("link"));
    }
  }
}
