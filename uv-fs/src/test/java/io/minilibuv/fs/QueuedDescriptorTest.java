// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.futures.AsyncFile;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.threadpool.RequestFuture;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a request meets that is still queued when its descriptor is closed, and given out again. A
 * request carries a number, as in C, and looks it up when a worker begins with it.
 */
class QueuedDescriptorTest extends FsFixture {
  private static final String OLD = "old text";
  private static final String FRESH = "a fresh text";

  private final ThreadPool pool = new ThreadPool(1);
  private final Loop queueing = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private final CountDownLatch mayBegin = new CountDownLatch(1);
  private final ByteBuffer buffer = ByteBuffer.allocate(100);

  @AfterEach
  void closePool() {
    mayBegin.countDown();
    queueing.shutdown();
    pool.close();
  }

  /** Keeps the only worker busy, so that what is asked next stays queued until {@link #letGo}. */
  private void holdUp() {
    WorkRequest.queue(queueing, request -> mayBegin.await(), null);
  }

  private void letGo() {
    mayBegin.countDown();
    queueing.run();
  }

  @Test
  void aReadOfANumberThatWasClosedIsBad() {
    holdUp();
    int fd = Fs.open(file("old", OLD), O_RDONLY, 0);
    FsRequest read = Fs.read(queueing, fd, buffer, 0, request -> {});
    Fs.close(fd);
    letGo();
    assertEquals(UvError.EBADF.code(), read.result());
    assertEquals(0, buffer.position());
  }

  @Test
  void aReadOfANumberThatWasGivenOutAgainReadsTheNewFile() {
    holdUp();
    int fd = Fs.open(file("old", OLD), O_RDONLY, 0);
    FsRequest read = Fs.read(queueing, fd, buffer, 0, request -> {});
    Fs.close(fd);
    int other = Fs.open(file("fresh", FRESH), O_RDONLY, 0);
    assertEquals(fd, other);
    letGo();
    assertEquals(FRESH.length(), read.result());
    assertEquals(FRESH, text(buffer));
    Fs.close(other);
  }

  /** What the mistake costs. */
  @Test
  void aWriteToANumberThatWasGivenOutAgainChangesTheNewFile() {
    holdUp();
    int fd = Fs.open(file("old", OLD), O_RDWR, 0);
    FsRequest write = Fs.write(queueing, fd, bytes("OLD"), 0, request -> {});
    Fs.close(fd);
    int other = Fs.open(file("fresh", FRESH), O_RDWR, 0);
    letGo();
    assertEquals(3, write.result());
    Fs.close(other);
    assertEquals(OLD, content(at("old")));
    assertEquals("OLDresh text", content(at("fresh")));
  }

  /** What counts is when it is closed, not when that was asked for. */
  @Test
  void aReadThatIsQueuedBeforeTheCloseReadsItsFile() {
    holdUp();
    int fd = Fs.open(file("old", OLD), O_RDONLY, 0);
    FsRequest read = Fs.read(queueing, fd, buffer, 0, request -> {});
    FsRequest close = Fs.close(queueing, fd, request -> {});
    int other = Fs.open(file("fresh", FRESH), O_RDONLY, 0);
    assertNotEquals(fd, other);
    letGo();
    assertEquals(0, close.result());
    assertEquals(OLD, text(buffer));
    assertEquals(OLD.length(), read.result());
    Fs.close(other);
  }

  @Test
  void anAsyncFileKeepsItsNumberUntilNothingIsQueued() {
    RequestFuture<AsyncFile> open = AsyncFile.open(queueing, file("old", OLD), O_RDONLY, 0);
    queueing.run();
    AsyncFile file = open.join();
    holdUp();
    ByteBuffer second = ByteBuffer.allocate(100);
    RequestFuture<Long> atOffset = file.read(buffer, 0);
    FsTask<Long> atPosition = file.read(second);
    FsTask<Void> close = file.close();
    // Whatever is opened now gets another number.
    int other = Fs.open(file("fresh", FRESH), O_RDONLY, 0);
    assertNotEquals(file.fd(), other);
    queueing.run(RunMode.NOWAIT);
    assertThat(close).isNotDone();
    letGo();
    assertThat(atOffset).isCompletedWithValue((long) OLD.length());
    assertThat(atPosition).isCompletedWithValue((long) OLD.length());
    assertEquals(OLD, text(buffer));
    assertEquals(OLD, text(second));
    assertThat(close).isCompleted();
    Fs.close(other);
  }
}
