// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code test/test-fs.c}: owners, and file systems. */
class FsOwnerTest extends FsFixture {

  @Test
  void fsChown() {
    String path = file("test_file", TEST_BUF);
    Fs.link(path, at("test_file_link"));
    Fs.symlink("missing", at("dangling"));
    FsStat before = Fs.stat(path);
    int fd = Fs.open(path, O_RDONLY, 0);
    Fs.chown(path, -1, -1);
    Fs.fchown(fd, -1, -1);
    Fs.lchown(at("test_file_link"), -1, -1);
    done(callback -> Fs.chown(loop, path, -1, -1, callback)).orThrow();
    done(callback -> Fs.fchown(loop, fd, -1, -1, callback)).orThrow();
    done(callback -> Fs.lchown(loop, at("dangling"), -1, -1, callback)).orThrow();
    assertEquals(before.uid(), Fs.stat(path).uid());

    boolean root = Fs.stat("/proc/self").uid() == 0;
    assertRootMay(root, () -> done(callback -> Fs.chown(loop, path, 0, 0, callback)).result());
    assertRootMay(root, () -> done(callback -> Fs.fchown(loop, fd, 0, 0, callback)).result());
    Fs.close(fd);
    if (root) {
      Fs.chown(path, 12, 34);
      assertThat(Fs.stat(path)).returns(12L, FsStat::uid).returns(34L, FsStat::gid);
      Fs.chown(path, -1, 0xFFFF_FFFEL);
      assertThat(Fs.stat(path)).returns(12L, FsStat::uid).returns(0xFFFF_FFFEL, FsStat::gid);
      Fs.lchown(at("dangling"), 5, -1);
      assertEquals(5, Fs.lstat(at("dangling")).uid());
    }
  }

  /** As a change of owner does, on Linux also one by root. */
  @EnabledOnOs(OS.LINUX)
  @Test
  void keepingBothOwnersTakesSetuidAndSetgidAway() {
    String path = file("test_file", TEST_BUF);
    int fd = Fs.open(path, O_RDONLY, 0);
    for (Runnable keep :
        new Runnable[] {
          () -> Fs.chown(path, -1, -1), () -> Fs.lchown(path, -1, -1), () -> Fs.fchown(fd, -1, -1),
        }) {
      Fs.chmod(path, 06755);
      keep.run();
      assertEquals(0755, Fs.stat(path).permissions());
    }
    Fs.close(fd);
  }

  private static void assertRootMay(boolean root, LongSupplier call) {
    assertEquals(root ? 0 : UvError.EPERM.code(), call.getAsLong());
  }

  @Test
  void ownersOfWhatIsNotThere() {
    assertFails(UvError.ENOENT, () -> Fs.chown(at("missing"), -1, -1));
    assertFails(UvError.ENOENT, () -> Fs.lchown(at("missing"), 1, 1));
    assertFails(UvError.EBADF, () -> Fs.fchown(NEVER_OPEN, -1, -1));
    Fs.symlink("missing", at("dangling"));
    assertFails(UvError.ENOENT, () -> Fs.chown(at("dangling"), -1, -1));
  }

  @Test
  void idsHave32Bits() {
    String path = file("test_file", TEST_BUF);
    for (long bad : new long[] {-2, 0xFFFF_FFFFL, 1L << 32, Long.MIN_VALUE}) {
      assertFails(UvError.EINVAL, () -> Fs.chown(path, bad, -1));
      assertFails(UvError.EINVAL, () -> Fs.chown(path, -1, bad));
    }
  }

  @Test
  void fsStatfs() {
    for (String path : new String[] {dir.toString(), file("file", TEST_BUF)}) {
      assertSound(Fs.statfs(path));
      assertSound(done(callback -> Fs.statfs(loop, path, callback)).statFs());
    }
  }

  private static void assertSound(FsStatFs told) {
    assertThat(told.bsize()).isPositive();
    assertThat(told.frsize()).isPositive();
    assertThat(told.blocks()).isPositive();
    assertThat(told.bfree()).isBetween(0L, told.blocks());
    assertThat(told.bavail()).isBetween(0L, told.bfree());
    assertThat(told.ffree()).isBetween(0L, told.files());
  }

  @Test
  void statfsKnowsProc() {
    // The one file system whose kind is known wherever this runs on Linux.
    assertEquals(FsErrors.LINUX, Fs.statfs("/").blocks() > 0 && isProc("/proc/self"));
  }

  private static boolean isProc(String path) {
    return Fs.statfs(path).type() == 0x9FA0;
  }

  /** A file system may have no blocks. */
  @Test
  void statfsWithoutBlocksCountsBytes() throws IOException {
    FsStatFs told = NioAttributes.statFs(new BlocklessStore());
    assertEquals(new FsStatFs(0, 1, 1, 1000, 300, 200, 0, 0), told);
  }

  private static final class BlocklessStore extends FileStore {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public String type() {
      return "blockless";
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public long getTotalSpace() {
      return 1000;
    }

    @Override
    public long getUsableSpace() {
      return 200;
    }

    @Override
    public long getUnallocatedSpace() {
      return 300;
    }

    @Override
    public long getBlockSize() {
      return 0;
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
      return false;
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
      return false;
    }

    @Override
    public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
      return null;
    }

    @Override
    public Object getAttribute(String attribute) {
      throw new UnsupportedOperationException(attribute);
    }
  }

  @Test
  void statfsOfWhatIsNotThere() {
    assertFails(
        UvError.ENOENT,
        () -> Fs.statfs(at("missing")),
        callback -> Fs.statfs(loop, at("missing"), callback));
    FsRequest failed = done(callback -> Fs.statfs(loop, at("missing"), callback));
    assertThrows(IllegalStateException.class, failed::statFs);
  }
}
