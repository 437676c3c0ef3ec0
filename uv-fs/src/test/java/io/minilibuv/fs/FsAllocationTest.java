// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call allocates besides what the JDK does: no more than it needs. */
class FsAllocationTest extends FsFixture {
  private static final int ROUNDS = 20_000;

  /** An array of one, and what stands for the call. */
  private static final long FEW = 100;

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
      assertThat(allocatedBy(() -> Fs.read(fd, buffer.clear(), 0))).isLessThan(FEW);
      assertThat(allocatedBy(() -> Fs.write(fd, buffer.clear(), 0))).isLessThan(FEW);
    }
    Fs.close(fd);
  }
}
