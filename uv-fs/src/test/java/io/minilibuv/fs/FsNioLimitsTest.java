// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.testing.Crew;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where {@code java.nio} leads to something else than the system's calls do, and nothing fails. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it is told of Linux, and has its numbers of flags")
class FsNioLimitsTest extends FsFixture {
  private static final int O_NOCTTY = 0400;
  private static final int O_NONBLOCK = 04000;
  private static final int O_DIRECT = 040000;
  private static final int O_NOATIME = 01000000;

  /** In C a length and memory that are not those of the disk's blocks are EINVAL then. */
  @Test
  void flagsThatJavaDoesNotKnowHaveNoEffect() {
    String path = file("file", TEST_BUF);
    int fd = Fs.open(path, O_RDWR | O_DIRECT | O_NOATIME | O_NONBLOCK | O_NOCTTY, 0);
    assertThat(read(fd, 3)).isEqualTo(TEST_BUF.substring(0, 3));
    assertThat(Fs.write(fd, bytes("x"), 1)).isOne();
    Fs.close(fd);
  }

  /** In C there is nobody to read, which is ENXIO at once. */
  @Test
  void whoOpensAPipeWithNonblockWaitsAllTheSame() throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", at("pipe")).start().waitFor()).isZero();
    int[] writer = new int[1];
    int reader;
    try (Crew crew = new Crew()) {
      Thread opening = crew.start(() -> writer[0] = Fs.open(at("pipe"), O_WRONLY | O_NONBLOCK, 0));
      await().until(() -> !opening.isAlive() || isInSystem(opening));
      reader = Fs.open(at("pipe"), O_RDWR, 0);
    }
    write(writer[0], TEST_BUF);
    assertThat(read(reader, 32)).isEqualTo(TEST_BUF);
    Fs.close(writer[0]);
    Fs.close(reader);
  }

  private static boolean isInSystem(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].isNativeMethod();
  }

  @Test
  void aBigReadOfADeviceIntoTheHeapIsShort() {
    int zero = Fs.open("/dev/zero", O_RDONLY, 0);
    assertThat(Fs.read(zero, ByteBuffer.allocate(1 << 20), -1)).isEqualTo(256 << 10);
    assertThat(Fs.read(zero, ByteBuffer.allocateDirect(1 << 20), -1)).isEqualTo(1 << 20);
    Fs.close(zero);
  }

  @Test
  void blocksAreReckonedFromTheSizeSoThatHolesAreNotSeen() {
    int fd = Fs.open(at("sparse"), O_RDWR | O_CREAT, 0600);
    for (long size : new long[] {0, 1, 512, 513, 1 << 20}) {
      Fs.ftruncate(fd, size);
      assertThat(Fs.fstat(fd).blocks()).isEqualTo((size + 511) / 512);
      assertThat(Fs.fstat(fd).blksize()).isEqualTo(4096);
    }
    Fs.close(fd);
  }

  @Test
  void aLinkIsMadeWithoutSuperfluousSlashesAndReadWithThem()
      throws IOException, InterruptedException {
    Fs.symlink("a//b/", at("ours"));
    assertThat(Fs.readlink(at("ours"))).isEqualTo("a/b");
    Process ln = new ProcessBuilder("ln", "-s", "a//b/", at("theirs")).start();
    assertThat(ln.waitFor()).isZero();
    assertThat(Fs.readlink(at("theirs"))).isEqualTo("a//b/");
  }

  @Test
  void statfsDoesNotCountFilesAndHasOneSizeOfBlocks() {
    FsStatFs told = Fs.statfs(dir.toString());
    assertThat(told.files()).isZero();
    assertThat(told.ffree()).isZero();
    assertThat(told.bsize()).isEqualTo(told.frsize());
  }
}
