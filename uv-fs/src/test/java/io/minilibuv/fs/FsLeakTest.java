// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.testing.Stress;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that are opened, read and closed again and again leave everything where it was. */
class FsLeakTest extends FsFixture {
  private static final int CYCLES = Stress.size(100_000, 2_000_000);

  /** After so many, all is there that stays: classes, workers, the threads' own buffers. */
  private static final int WARM_UP = 10_000;

  /** So many at once are under way over the loop, and as many are done here meanwhile. */
  private static final int BATCH = 50;

  /** Less than any one object in each cycle would take. */
  private static final long HEAP = 8L * CYCLES;

  private String path;
  private int done;
  private int highest;

  private static ByteBuffer room(int cycle) {
    return cycle % 4 < 2 ? ByteBuffer.allocate(16) : ByteBuffer.allocateDirect(16);
  }

  private int opened(long fd) {
    highest = Math.max(highest, (int) fd);
    return (int) fd;
  }

  private void blocking(ByteBuffer buffer) {
    int fd = opened(Fs.open(path, O_RDONLY, 0));
    assertThat(Fs.read(fd, buffer, -1)).isEqualTo(TEST_BUF.length());
    Fs.close(fd);
    done++;
  }

  private void overTheLoop(ByteBuffer buffer) {
    Fs.open(
        loop,
        path,
        O_RDONLY,
        0,
        open -> {
          int fd = opened(open.orThrow());
          Fs.read(
              loop,
              fd,
              buffer,
              -1,
              read -> {
                assertThat(read.orThrow()).isEqualTo(TEST_BUF.length());
                Fs.close(loop, fd, close -> done += 1 + (int) close.orThrow());
              });
        });
  }

  private void cycles(int count) {
    done = 0;
    ByteBuffer[] buffers = new ByteBuffer[2 * BATCH];
    Arrays.setAll(buffers, FsLeakTest::room);
    while (done < count) {
      for (ByteBuffer buffer : buffers) {
        buffer.clear();
      }
      for (int i = 0; i < BATCH; i++) {
        overTheLoop(buffers[i]);
      }
      for (int i = BATCH; i < 2 * BATCH; i++) {
        blocking(buffers[i]);
      }
      loop.run();
    }
    assertThat(done).isEqualTo(count);
  }

  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  /** How many numbers there are that are not this test's. */
  private static int others() throws IOException {
    if (TestedBackend.NIO) {
      return 3;
    }
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return (int) all.count();
    }
  }

  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("libuv-worker-"))
        .count();
  }

  @Test
  void openReadAndCloseLeaveNothing() throws IOException {
    path = file("file", TEST_BUF);
    cycles(WARM_UP);
    long heapBefore = heap();
    long directBefore = direct();
    long workersBefore = workers();
    long openBefore = TestedBackend.openDescriptors(dir);
    highest = 0;
    cycles(CYCLES);
    assertThat(heap() - heapBefore).as("heap").isLessThan(HEAP);
    assertThat(direct() - directBefore).as("direct memory").isLessThan(HEAP);
    assertThat(workers()).isEqualTo(workersBefore);
    assertThat(TestedBackend.openDescriptors(dir)).isEqualTo(openBefore);
    // Numbers are used again: there are never more than files under way.
    assertThat(highest).isLessThan(others() + BATCH + 1);
  }
}
