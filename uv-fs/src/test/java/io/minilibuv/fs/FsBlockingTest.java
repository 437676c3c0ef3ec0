// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.PoolObserver;
import io.minilibuv.threadpool.PoolRequest;
import io.minilibuv.threadpool.PoolState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that wait, on a pipe that has a name. */
@EnabledOnOs(OS.LINUX)
class FsBlockingTest extends FsFixture {
  private String pipe;

  @BeforeEach
  void makePipe() throws IOException, InterruptedException {
    pipe = at("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe).start().waitFor());
  }

  /** Runs the loop until a worker is at its next request. */
  private void runUntilStarted(Runnable submit) {
    AtomicReference<Thread> worker = new AtomicReference<>();
    loop.setObserver(
        new PoolObserver() {
          @Override
          public void workStarted(Loop on, PoolRequest request, Thread thread, PoolState pool) {
            worker.set(thread);
          }
        });
    submit.run();
    await().untilAsserted(() -> assertNotNull(worker.get()));
    loop.setObserver(null);
  }

  @Test
  void aReadInProgressKeepsItsFileWhenTheDescriptorIsClosed() {
    // On Linux, what can also write to a pipe does not wait for somebody else who does.
    int fd = Fs.open(pipe, O_RDWR, 0);
    int other = Fs.open(pipe, O_RDWR, 0);
    ByteBuffer buffer = ByteBuffer.allocate(32);
    AtomicReference<FsRequest> read = new AtomicReference<>();
    runUntilStarted(() -> read.set(Fs.read(loop, fd, buffer, -1, request -> {})));

    Fs.close(fd);
    assertFails(UvError.EBADF, () -> Fs.fstat(fd));
    int reused = Fs.open(file("file", "not this"), O_RDONLY, 0);
    assertEquals(fd, reused);
    loop.run(RunMode.NOWAIT);
    assertTrue(read.get().isActive());

    write(other, TEST_BUF);
    loop.run();
    assertEquals(TEST_BUF.length(), read.get().orThrow());
    assertEquals(TEST_BUF, text(buffer));
    assertEquals("not this", read(reused, 32));
    Fs.close(reused);
    Fs.close(other);
  }

  /** Opens in a thread of its own, since it would wait for ever if it did wait. */
  private static CompletableFuture<Integer> opening(String path, int flags) {
    CompletableFuture<Integer> opened = new CompletableFuture<>();
    Thread opener =
        new Thread(
            () -> {
              try {
                opened.complete(Fs.open(path, flags, 0600));
              } catch (UvException e) {
                opened.completeExceptionally(e);
              }
            });
    opener.start();
    return opened;
  }

  /** Lets everybody go on who waits for the other side of the pipe. */
  private void free(List<CompletableFuture<Integer>> all) {
    int both = Fs.open(pipe, O_RDWR, 0);
    for (CompletableFuture<Integer> each : all) {
      await().until(each::isDone);
      if (!each.isCompletedExceptionally()) {
        Fs.close(each.join());
      }
    }
    Fs.close(both);
  }

  @ValueSource(ints = {0, O_TRUNC, O_CREAT, O_CREAT | O_TRUNC})
  @ParameterizedTest
  void aPipeOpenedToAppendIsOneOpenedToReadAndWrite(int more) {
    CompletableFuture<Integer> opened = opening(pipe, O_RDWR | O_APPEND | more);
    try {
      await().until(opened::isDone);
      int fd = opened.join();
      write(fd, TEST_BUF);
      assertEquals(TEST_BUF, read(fd, 32));
      assertFails(UvError.ESPIPE, () -> Fs.write(fd, bytes("x"), 0));
    } finally {
      free(List.of(opened));
    }
  }

  @ValueSource(ints = {O_TRUNC, O_CREAT | O_TRUNC})
  @ParameterizedTest
  void whoWouldEmptyAPipeToReadItMeetsItsWriter(int more) {
    CompletableFuture<Integer> writer = opening(pipe, O_WRONLY);
    CompletableFuture<Integer> reader = opening(pipe, O_RDONLY | more);
    try {
      await().until(() -> writer.isDone() && reader.isDone());
      write(writer.join(), TEST_BUF);
      assertEquals(TEST_BUF, read(reader.join(), 32));
    } finally {
      free(List.of(writer, reader));
    }
  }

  /** Nor is it opened to write by the one who only reads it, and so has no other end. */
  @Test
  void aPipeThatIsReadOnlyEndsWithItsWriter() {
    CompletableFuture<Integer> writer = opening(pipe, O_WRONLY | O_APPEND | O_TRUNC);
    CompletableFuture<Integer> reader = opening(pipe, O_RDONLY | O_TRUNC);
    try {
      await().until(() -> writer.isDone() && reader.isDone());
      Fs.close(writer.join());
      assertEquals("", read(reader.join(), 32));
    } finally {
      free(List.of(reader));
    }
  }

  @Test
  void whatIsOpenCanBeCancelledOnlyBeforeItBegins() {
    int fd = Fs.open(pipe, O_RDWR, 0);
    AtomicReference<FsRequest> read = new AtomicReference<>();
    runUntilStarted(() -> read.set(Fs.read(loop, fd, ByteBuffer.allocate(1), -1, request -> {})));
    assertFails(UvError.EBUSY, () -> read.get().cancel());
    write(fd, "x");
    loop.run();
    assertEquals(1, read.get().result());
    Fs.close(fd);
  }

  /** An interrupt is nothing that the system knows of; but {@code java.nio} closes the file. */
  @Test
  void whatAnInterruptDuringACallEnds() throws InterruptedException {
    int fd = Fs.open(pipe, O_RDWR, 0);
    AtomicReference<UvException> thrown = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                Fs.read(fd, ByteBuffer.allocate(1), -1);
              } catch (UvException e) {
                thrown.set(e);
              }
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    reader.start();
    if (TestedBackend.NIO) {
      interruptUntilItEnds(reader);
      assertSame(UvError.EINTR, thrown.get().error());
      assertFails(UvError.EBADF, () -> Fs.write(fd, bytes("x"), -1));
      Fs.close(fd);
      assertFails(UvError.EBADF, () -> Fs.close(fd));
    } else {
      await().until(() -> isReading(reader));
      reader.interrupt();
      write(fd, "x");
      reader.join();
      assertNull(thrown.get());
      write(fd, "y");
      assertEquals("y", read(fd, 1));
      Fs.close(fd);
    }
    assertTrue(interrupted.get());
  }

  /** One that comes before the call waits until it is over: so not only one. */
  private static void interruptUntilItEnds(Thread reader) throws InterruptedException {
    await()
        .until(
            () -> {
              reader.interrupt();
              return !reader.isAlive();
            });
    reader.join();
  }

  private static boolean isReading(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(Fs.class.getName()));
  }
}
