// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_NOFOLLOW;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** {@code test/test-fs.c}: whole files. */
class FsFileTest extends FsFixture {

  @Test
  void fsFileNoent() {
    String path = at("does_not_exist");
    assertFails(
        UvError.ENOENT,
        () -> Fs.open(path, O_RDONLY, 0),
        callback -> Fs.open(loop, path, O_RDONLY, 0, callback));
  }

  @Test
  void fsFileNametoolong() {
    String path = at("a".repeat(65536));
    assertFails(
        UvError.ENAMETOOLONG,
        () -> Fs.open(path, O_RDONLY, 0),
        callback -> Fs.open(loop, path, O_RDONLY, 0, callback));
  }

  @Test
  void fsFileLoop() {
    String link = at("test_symlink");
    Fs.symlink("test_symlink", link);
    assertFails(
        UvError.ELOOP,
        () -> Fs.open(link, O_RDONLY, 0),
        callback -> Fs.open(loop, link, O_RDONLY, 0, callback));
    Fs.unlink(link);
  }

  /** The chain of requests of {@code fs_file_async}: each callback makes the next. */
  private final class Chain {
    final List<FsType> calls = new ArrayList<>();
    final ByteBuffer buffer = ByteBuffer.allocate(32);

    private void expect(FsRequest request, FsType type, long result) {
      assertEquals(type, request.fsType());
      assertEquals(result, request.result(), request::toString);
      calls.add(type);
    }

    void create(String path) {
      Fs.open(
          loop,
          path,
          O_WRONLY | O_CREAT,
          0600,
          open -> {
            int fd = (int) open.orThrow();
            calls.add(open.fsType());
            Fs.write(loop, fd, bytes(TEST_BUF), -1, write -> afterWrite(write, fd));
          });
    }

    private void afterWrite(FsRequest write, int fd) {
      expect(write, FsType.WRITE, TEST_BUF.length());
      Fs.fdatasync(
          loop,
          fd,
          fdatasync -> {
            expect(fdatasync, FsType.FDATASYNC, 0);
            Fs.fsync(
                loop,
                fd,
                fsync -> {
                  expect(fsync, FsType.FSYNC, 0);
                  Fs.close(loop, fd, close -> expect(close, FsType.CLOSE, 0));
                });
          });
    }

    void truncate(String path) {
      Fs.open(
          loop,
          path,
          O_RDWR,
          0,
          open -> {
            int fd = (int) open.orThrow();
            calls.add(open.fsType());
            Fs.read(
                loop,
                fd,
                buffer,
                -1,
                read -> {
                  expect(read, FsType.READ, TEST_BUF.length());
                  assertEquals(TEST_BUF, text(buffer));
                  Fs.ftruncate(
                      loop,
                      fd,
                      7,
                      ftruncate -> {
                        expect(ftruncate, FsType.FTRUNCATE, 0);
                        Fs.close(loop, fd, close -> expect(close, FsType.CLOSE, 0));
                      });
                });
          });
    }

    void remove(String path) {
      buffer.clear();
      Fs.open(
          loop,
          path,
          O_RDONLY,
          0,
          open -> {
            int fd = (int) open.orThrow();
            calls.add(open.fsType());
            Fs.read(
                loop,
                fd,
                buffer,
                -1,
                read -> {
                  expect(read, FsType.READ, 7);
                  assertEquals(TEST_BUF.substring(0, 7), text(buffer));
                  Fs.close(
                      loop,
                      fd,
                      close -> {
                        expect(close, FsType.CLOSE, 0);
                        Fs.unlink(loop, path, unlink -> expect(unlink, FsType.UNLINK, 0));
                      });
                });
          });
    }
  }

  @Test
  void fsFileAsync() {
    Chain chain = new Chain();
    chain.create(at("test_file"));
    loop.run();
    assertEquals(
        List.of(FsType.OPEN, FsType.WRITE, FsType.FDATASYNC, FsType.FSYNC, FsType.CLOSE),
        chain.calls);
    chain.calls.clear();

    FsRequest rename =
        done(callback -> Fs.rename(loop, at("test_file"), at("test_file2"), callback));
    assertEquals(0, rename.result());
    assertEquals(at("test_file2"), rename.newPath());

    chain.truncate(at("test_file2"));
    loop.run();
    assertEquals(List.of(FsType.OPEN, FsType.READ, FsType.FTRUNCATE, FsType.CLOSE), chain.calls);
    chain.calls.clear();

    chain.remove(at("test_file2"));
    loop.run();
    assertEquals(List.of(FsType.OPEN, FsType.READ, FsType.CLOSE, FsType.UNLINK), chain.calls);
    assertFails(UvError.ENOENT, () -> Fs.stat(at("test_file2")));
  }

  @Test
  void fsFileSync() {
    int fd = Fs.open(at("test_file"), O_WRONLY | O_CREAT, 0600);
    write(fd, TEST_BUF);
    Fs.fdatasync(fd);
    Fs.fsync(fd);
    Fs.close(fd);

    fd = Fs.open(at("test_file"), O_RDWR, 0);
    assertEquals(TEST_BUF, read(fd, 32));
    Fs.ftruncate(fd, 7);
    Fs.close(fd);

    Fs.rename(at("test_file"), at("test_file2"));
    fd = Fs.open(at("test_file2"), O_RDONLY, 0);
    assertEquals(TEST_BUF.substring(0, 7), read(fd, 32));
    Fs.close(fd);
    Fs.unlink(at("test_file2"));
    assertFails(UvError.ENOENT, () -> Fs.lstat(at("test_file2")));
  }

  @Test
  void fsPosixDelete() {
    String testDir = at("test_dir");
    Fs.mkdir(testDir, 0755);
    int fd = Fs.open(testDir + "/file", O_WRONLY | O_CREAT, 0600);
    assertFails(UvError.ENOTEMPTY, () -> Fs.rmdir(testDir));
    assertFails(UvError.ENOTDIR, () -> Fs.rmdir(testDir + "/file"));
    Fs.unlink(testDir + "/file");
    Fs.rmdir(testDir);
    write(fd, "nobody reads this");
    Fs.close(fd);
  }

  @Test
  void fsFileWriteNullBuffer() {
    int fd = Fs.open(at("test_file"), O_WRONLY | O_CREAT, 0600);
    assertEquals(0, Fs.write(fd, ByteBuffer.allocate(0), -1));
    assertEquals(0, Fs.write(fd, ByteBuffer.allocate(0), 5));
    Fs.close(fd);
    assertEquals(0, Fs.stat(at("test_file")).size());
  }

  @Test
  void fsUnlinkReadonly() {
    String path = file("test_file", TEST_BUF);
    Fs.chmod(path, 0400);
    assertEquals(0400, Fs.stat(path).permissions());
    Fs.unlink(path);
    assertFails(UvError.ENOENT, () -> Fs.stat(path));
  }

  @Test
  void fsFileOpenAppend() {
    String text = TEST_BUF + '\0';
    String path = file("test_file", text);
    int fd = Fs.open(path, O_RDWR | O_APPEND, 0);
    write(fd, text);
    Fs.close(fd);
    fd = Fs.open(path, O_RDONLY, 0400);
    ByteBuffer buffer = ByteBuffer.allocate(32);
    assertEquals(26, Fs.read(fd, buffer, -1));
    assertEquals(text + text, text(buffer));
    Fs.close(fd);
  }

  @Test
  void fsRenameToExistingFile() {
    file("test_file", TEST_BUF);
    file("test_file2", "");
    Fs.rename(at("test_file"), at("test_file2"));
    assertEquals(TEST_BUF, content(at("test_file2")));
    assertFails(UvError.ENOENT, () -> Fs.stat(at("test_file")));
  }

  @Test
  void renameMovesDirectoriesOverEmptyOnes() {
    Fs.mkdir(at("from"), 0755);
    file("from/file", TEST_BUF);
    Fs.mkdir(at("to"), 0755);
    Fs.rename(at("from/"), at("to/"));
    assertEquals(TEST_BUF, content(at("to/file")));

    Fs.mkdir(at("empty"), 0755);
    assertFails(UvError.ENOTEMPTY, () -> Fs.rename(at("empty"), at("to")));
    assertFails(UvError.EISDIR, () -> Fs.rename(at("to/file"), at("empty")));
    assertFails(UvError.ENOTDIR, () -> Fs.rename(at("empty"), at("to/file")));
    assertFails(UvError.EINVAL, () -> Fs.rename(at("to"), at("to/below")));
    assertFails(UvError.ENOENT, () -> Fs.rename(at("missing"), at("new")));
    assertFails(UvError.ENOENT, () -> Fs.rename(at("to"), at("missing/new")));
    assertFails(UvError.ENOTDIR, () -> Fs.rename(at("to/file/"), at("new")));
    assertFails(UvError.ENOTDIR, () -> Fs.rename(at("to/file"), at("new/")));
  }

  @Test
  void unlinkAndRmdirKeepApart() {
    Fs.mkdir(at("directory"), 0755);
    String path = file("file", "");
    Fs.symlink("directory", at("link"));
    UvException e = assertFailsEither(UvError.EISDIR, () -> Fs.unlink(at("directory")));
    assertEquals("unlink", e.call());
    assertFails(UvError.ENOTDIR, () -> Fs.unlink(path + "/"));
    assertFails(UvError.ENOTDIR, () -> Fs.rmdir(at("link")));
    assertFails(UvError.ENOTDIR, () -> Fs.rmdir(path));
    assertFails(UvError.ENOENT, () -> Fs.rmdir(at("missing")));
    Fs.unlink(at("link"));
    assertTrue(Fs.stat(at("directory")).isDirectory());
    Fs.rmdir(at("directory/"));
  }

  /** POSIX has EPERM for a directory that is unlinked, and Linux its own. */
  private static UvException assertFailsEither(UvError onLinux, Executable call) {
    return assertFails(FsErrors.LINUX ? onLinux : UvError.EPERM, call);
  }

  @Test
  void exclusiveCreationRefusesWhatIsThere() {
    String path = file("file", TEST_BUF);
    Fs.symlink("nowhere", at("dangling"));
    for (int access : new int[] {O_RDONLY, O_WRONLY, O_RDWR, O_RDWR | O_APPEND}) {
      int flags = access | O_CREAT | O_EXCL;
      assertFails(UvError.EEXIST, () -> Fs.open(path, flags, 0600));
      assertFails(UvError.EEXIST, () -> Fs.open(at("dangling"), flags, 0600));
      int fd = Fs.open(at("new"), flags, 0600);
      Fs.close(fd);
      Fs.unlink(at("new"));
    }
    assertEquals(TEST_BUF, content(path));
    assertFails(UvError.ENOENT, () -> Fs.stat(at("nowhere")));
  }

  @Test
  void aDescriptorForReadingCreatesAndTruncatesToo() {
    int fd = Fs.open(at("new"), O_RDONLY | O_CREAT, 0640);
    assertEquals("", read(fd, 8));
    assertFails(UvError.EBADF, () -> Fs.write(fd, bytes("x"), -1));
    Fs.close(fd);
    assertTrue(Fs.stat(at("new")).isRegularFile());

    String path = file("file", TEST_BUF);
    Fs.close(Fs.open(path, O_RDONLY | O_CREAT, 0600));
    assertEquals(TEST_BUF, content(path));
    Fs.close(Fs.open(path, O_RDONLY | O_TRUNC, 0));
    assertEquals("", content(path));
  }

  @Test
  void creationFollowsLinksThatLeadNowhere() {
    Fs.symlink("target", at("dangling"));
    Fs.close(Fs.open(at("dangling"), O_RDONLY | O_CREAT, 0600));
    assertTrue(Fs.lstat(at("target")).isRegularFile());
    Fs.unlink(at("target"));
    Fs.close(Fs.open(at("dangling"), O_WRONLY | O_CREAT, 0600));
    assertTrue(Fs.lstat(at("target")).isRegularFile());
    assertTrue(Fs.lstat(at("dangling")).isSymbolicLink());
  }

  @Test
  void nofollowRefusesLinks() {
    file("file", TEST_BUF);
    Fs.symlink("file", at("link"));
    assertFails(UvError.ELOOP, () -> Fs.open(at("link"), O_RDONLY | O_NOFOLLOW, 0));
    assertFails(UvError.ELOOP, () -> Fs.open(at("link"), O_WRONLY | O_NOFOLLOW, 0));
    Fs.close(Fs.open(at("file"), O_RDONLY | O_NOFOLLOW, 0));
  }

  @Test
  void descriptorsAreTheLowestFreeNumbers() {
    String path = file("file", TEST_BUF);
    int first = Fs.open(path, O_RDONLY, 0);
    int second = Fs.open(path, O_RDONLY, 0);
    int third = Fs.open(path, O_RDONLY, 0);
    if (TestedBackend.NIO) {
      assertEquals(List.of(3, 4, 5), List.of(first, second, third));
    }
    assertTrue(first < second && second < third);
    Fs.close(second);
    Fs.close(first);
    assertEquals(first, Fs.open(path, O_RDONLY, 0));
    assertEquals(second, Fs.open(path, O_RDONLY, 0));
    List.of(first, second, third).forEach(Fs::close);
    int closed = closedDescriptor(path);
    assertFails(UvError.EBADF, () -> Fs.close(closed));
  }

  @Test
  void aClosedOrUnknownDescriptorIsBad() {
    int closed = closedDescriptor(file("file", TEST_BUF));
    for (int bad : new int[] {closed, -1, 1 << 20, Integer.MIN_VALUE, NEVER_OPEN}) {
      assertFails(UvError.EBADF, () -> Fs.close(bad), cb -> Fs.close(loop, bad, cb));
      ByteBuffer buffer = ByteBuffer.allocate(1);
      assertFails(
          UvError.EBADF, () -> Fs.read(bad, buffer, 0), cb -> Fs.read(loop, bad, buffer, 0, cb));
      assertFails(
          UvError.EBADF, () -> Fs.write(bad, buffer, 0), cb -> Fs.write(loop, bad, buffer, 0, cb));
      assertFails(UvError.EBADF, () -> Fs.fstat(bad), cb -> Fs.fstat(loop, bad, cb));
      assertFails(UvError.EBADF, () -> Fs.fsync(bad), cb -> Fs.fsync(loop, bad, cb));
      assertFails(UvError.EBADF, () -> Fs.fdatasync(bad), cb -> Fs.fdatasync(loop, bad, cb));
      assertFails(UvError.EBADF, () -> Fs.ftruncate(bad, 0), cb -> Fs.ftruncate(loop, bad, 0, cb));
      assertFails(UvError.EBADF, () -> Fs.fchmod(bad, 0), cb -> Fs.fchmod(loop, bad, 0, cb));
      assertFails(UvError.EBADF, () -> Fs.futime(bad, 0, 0), cb -> Fs.futime(loop, bad, 0, 0, cb));
      assertFalse(buffer.position() > 0);
    }
  }
}
