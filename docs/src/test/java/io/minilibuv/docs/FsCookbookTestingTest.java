// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.ForwardingFsBackend;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsPollHandle;
import io.minilibuv.fs.futures.FsFiles;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What docs/fs-cookbook.md shows of the testing of file code, as it stands there. */
@ExtendWith(LeakCheck.class)
class FsCookbookTestingTest {

  // @start region="full"
  /** The system's files, on a disk that has room for so many bytes more. */
  static final class SmallDisk extends ForwardingFsBackend {
    private final AtomicLong room;

    SmallDisk(long room) {
      super(FsBackend.system());
      this.room = new AtomicLong(room);
    }

    /** On a worker, and on several at once. */
    @Override
    public long write(int fd, ByteBuffer[] buffers, long offset) {
      long bytes = Arrays.stream(buffers).mapToLong(ByteBuffer::remaining).sum();
      boolean fits = room.addAndGet(-bytes) >= 0;
      return fits ? super.write(fd, buffers, offset) : UvError.ENOSPC.code();
    }
  }

  @Test
  void aFileThatFindsTheDiskFullKeepsItsContent(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "old");
    try (Loop loop = Loop.open(new LoopOptions().with(FsBackend.OF_LOOP, new SmallDisk(99)))) {
      ByteBuffer content = ByteBuffer.allocate(100);
      FsTask<Void> save = FsFiles.writeFileAtomically(loop, file.toString(), content);
      loop.run();
      Throwable failure = assertThrows(CompletionException.class, save::join).getCause();
      assertEquals("ENOSPC: no space left on device, write '" + file + "'", failure.getMessage());
    }
    assertEquals("old", Files.readString(file));
    assertEquals(1, dir.toFile().list().length); // nor is anything half written left
  }

  // @end region="full"

  // @start region="hour"
  @Test
  void aFileIsLookedAtEveryHour(@TempDir Path dir) throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    ManualClock clock = new ManualClock();
    List<Long> sizes = new ArrayList<>();
    try (Loop loop = Loop.open(new LoopOptions().clock(clock))) {
      FsPollHandle poll = FsPollHandle.init(loop);
      poll.start(
          file.toString(),
          Duration.ofHours(1).toMillis(),
          (handle, status, before, now) -> {
            sizes.add(now.size() - before.size());
            handle.close();
          });
      while (loop.isAlive()) {
        Files.writeString(file, "x", StandardOpenOption.APPEND);
        loop.run(RunMode.ONCE); // until a stat is there, or up to the next hour
      }
    }
    assertTrue(sizes.get(0) > 0);
    assertTrue(clock.nanoTime() >= Duration.ofHours(1).toNanos());
  }
  // @end region="hour"
}
