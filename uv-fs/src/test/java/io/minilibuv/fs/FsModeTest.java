// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.F_OK;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static io.minilibuv.fs.FsFlags.R_OK;
import static io.minilibuv.fs.FsFlags.W_OK;
import static io.minilibuv.fs.FsFlags.X_OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.minilibuv.core.UvError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code test/test-fs.c}: permissions. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class FsModeTest extends FsFixture {

  private static int permissions(String path) {
    return Fs.stat(path).permissions();
  }

  @Test
  void fsChmod() {
    String path = file("test_file", TEST_BUF);
    int fd = Fs.open(path, O_RDONLY, 0);
    Fs.chmod(path, 0200);
    assertEquals(0200, permissions(path));
    Fs.chmod(path, 0400);
    assertEquals(0400, permissions(path));
    Fs.fchmod(fd, 0600);
    assertEquals(0600, permissions(path));

    assertEquals(0, done(callback -> Fs.chmod(loop, path, 0200, callback)).orThrow());
    assertEquals(0200, permissions(path));
    assertEquals(0, done(callback -> Fs.chmod(loop, path, 0400, callback)).orThrow());
    assertEquals(0400, permissions(path));
    assertEquals(0, done(callback -> Fs.fchmod(loop, fd, 0600, callback)).orThrow());
    assertEquals(0600, permissions(path));
    assertFalse(loop.run());
    Fs.close(fd);
    assertFails(
        UvError.ENOENT,
        () -> Fs.chmod(at("missing"), 0600),
        callback -> Fs.chmod(loop, at("missing"), 0600, callback));
  }

  @Test
  void chmodSetsTheSpecialBits() {
    String path = file("test_file", TEST_BUF);
    for (int mode : new int[] {04755, 02711, 01600, 07777, 0}) {
      Fs.chmod(path, mode);
      assertEquals(mode, permissions(path));
    }
    Fs.mkdir(at("dir"), 0700);
    Fs.chmod(at("dir"), 03770);
    assertEquals(03770, permissions(at("dir")));
    Fs.symlink("test_file", at("link"));
    Fs.chmod(at("link"), 0644);
    assertEquals(0644, permissions(path));
  }

  @Test
  void theUmaskIsTakenOffWhatIsCreated() {
    Fs.mkdir(at("all"), 0777);
    int umask = 0777 & ~permissions(at("all"));
    for (int mode : new int[] {0777, 0755, 0640, 0600, 0400, 0, 01777, 01700}) {
      String dir = at("dir%o".formatted(mode));
      Fs.mkdir(dir, mode);
      assertEquals(mode & ~umask, permissions(dir), dir);
      for (int access : new int[] {O_RDONLY, O_WRONLY}) {
        String path = at("file%o-%d".formatted(mode, access));
        Fs.close(Fs.open(path, access | O_CREAT, mode));
        assertEquals(mode & ~umask, permissions(path), path);
      }
    }
    Fs.close(Fs.open(at("setuid"), O_WRONLY | O_CREAT, 06711));
    assertEquals(06711 & ~umask, permissions(at("setuid")));
    Fs.close(Fs.open(at("setuid"), O_WRONLY | O_CREAT, 0777));
    assertEquals(06711 & ~umask, permissions(at("setuid")));
  }

  @Test
  void fsAccess() {
    String missing = at("test_file");
    assertFails(
        UvError.ENOENT,
        () -> Fs.access(missing, F_OK),
        callback -> Fs.access(loop, missing, F_OK, callback));

    String path = file("test_file", TEST_BUF);
    Fs.access(path, F_OK);
    Fs.access(path, R_OK | W_OK);
    assertEquals(0, done(callback -> Fs.access(loop, path, R_OK, callback)).orThrow());
    Fs.mkdir(at("test_dir"), 0755);
    Fs.access(at("test_dir"), W_OK);
    assertEquals(0, done(callback -> Fs.access(loop, at("test_dir"), W_OK, callback)).orThrow());
    assertFalse(loop.run());
    // That nobody may execute it holds for root, too.
    assertFails(
        UvError.EACCES,
        () -> Fs.access(path, X_OK),
        callback -> Fs.access(loop, path, X_OK, callback));
    Fs.chmod(path, 0711);
    Fs.access(path, X_OK);
    assertFails(UvError.EINVAL, () -> Fs.access(path, 8));
    assertFails(UvError.ENOTDIR, () -> Fs.access(path + "/", F_OK));
  }

  @Test
  void mkdirRefusesWhatIsThere() {
    Fs.mkdir(at("dir/"), 0755);
    assertFails(
        UvError.EEXIST,
        () -> Fs.mkdir(at("dir"), 0755),
        callback -> Fs.mkdir(loop, at("dir"), 0755, callback));
    assertFails(UvError.EEXIST, () -> Fs.mkdir(file("file", ""), 0755));
    assertFails(UvError.ENOENT, () -> Fs.mkdir(at("missing/dir"), 0755));
    assertFails(UvError.ENOTDIR, () -> Fs.mkdir(at("file/dir"), 0755));
  }
}
