// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.minilibuv.core.UvError;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a call allocates besides what the JDK does: no more than it needs. */
class FsAllocationTest extends FsFixture {
  private static final int ROUNDS = 20_000;

  /** An array of one, and what stands for the call. */
  private static final long FEW = 100;

  /** As what the JDK lets memory outside the heap be shown to C: a segment, and its owner. */
  private static final long SEGMENT = TestedBackend.either(80, 0);

  @BeforeEach
  void requireCounting() {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
  }

  /** How many bytes {@code round} allocates, once it is warm. */
  private static long allocatedBy(Runnable round) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    for (int i = 0; i < ROUNDS; i++) {
      round.run();
    }
    long before = threads.getThreadAllocatedBytes(id);
    for (int i = 0; i < ROUNDS; i++) {
      round.run();
    }
    return (threads.getThreadAllocatedBytes(id) - before) / ROUNDS;
  }

  @Test
  void readingAndWritingOneBuffer() {
    int fd = Fs.open(file("file", TEST_BUF), FsFlags.O_RDWR, 0);
    for (ByteBuffer buffer : List.of(ByteBuffer.allocate(8), ByteBuffer.allocateDirect(8))) {
      long few = buffer.isDirect() ? FEW + SEGMENT : FEW;
      assertThat(allocatedBy(() -> Fs.read(fd, buffer.clear(), 0))).isLessThan(few);
      assertThat(allocatedBy(() -> Fs.write(fd, buffer.clear(), 0))).isLessThan(few);
    }
    Fs.close(fd);
  }

  /**
   * A path that leads nowhere is one failed look, as it is for the JDK alone; from JDK 25 on, where
   * a way through a file is told as missing, it is two.
   */
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void aFileThatIsMissing() {
    Path path = dir.resolve("missing");
    long byJdk = allocatedBy(() -> look(path));
    FsAnswer answer = new FsAnswer();
    String text = path.toString();
    long byUs = allocatedBy(() -> FsBackend.system().stat(text, answer));
    assertThat(FsBackend.system().stat(text, answer)).isEqualTo(UvError.ENOENT.code());
    // Most of it is the stacks of exceptions, and so depends on how deep this is called.
    assertThat((double) byUs / byJdk).isLessThan(Runtime.version().feature() < 25 ? 1.5 : 2.5);
  }

  private static void look(Path path) {
    try {
      Files.readAttributes(
          path,
          "unix:dev,mode,nlink,uid,gid,rdev,ino,size,"
              + "lastAccessTime,lastModifiedTime,ctime,creationTime");
      throw new AssertionError(path);
    } catch (NoSuchFileException e) {
      // As it should be.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
