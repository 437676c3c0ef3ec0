// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.futures.AsyncFile;
import io.minilibuv.fs.futures.FsFiles;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.threadpool.RequestFuture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Open files: orders that descriptors do not keep. */
// Every completion is told by another one, by the file, or by the loop that has ended.
@SuppressWarnings("FutureReturnValueIgnored")
class AsyncFileTest extends FsFixture {

  private AsyncFile open(String name) {
    RequestFuture<AsyncFile> open = AsyncFile.open(loop, at(name), O_CREAT | O_RDWR, 0600);
    loop.run();
    return open.join();
  }

  @Test
  void readsAndWritesAtOffsets() {
    AsyncFile file = open("a");
    assertEquals(at("a"), file.path());
    assertThat(file.fd()).isGreaterThan(2);
    RequestFuture<Long> write = file.write(bytes("hello"), 0);
    loop.run();
    assertThat(write).isCompletedWithValue(5L);
    ByteBuffer buffer = ByteBuffer.allocate(10);
    RequestFuture<Long> read = file.read(buffer, 1);
    RequestFuture<FsStat> stat = file.stat();
    loop.run();
    assertThat(read).isCompletedWithValue(4L);
    assertEquals("ello", text(buffer));
    assertEquals(5, stat.join().size());
    RequestFuture<Void> truncate = file.truncate(2);
    loop.run();
    assertThat(truncate).isCompletedWithValue(null);
    RequestFuture<Void> sync = file.sync();
    RequestFuture<Void> datasync = file.datasync();
    FsTask<Void> close = file.close();
    loop.run();
    assertThat(sync).isCompletedWithValue(null);
    assertThat(datasync).isCompletedWithValue(null);
    assertThat(close).isCompletedWithValue(null);
    assertEquals("he", content(at("a")));
  }

  /** Four workers would mix them up. */
  @Test
  void writesAtThePositionAreDoneInTheirOrder() {
    AsyncFile file = open("a");
    StringBuilder expected = new StringBuilder();
    List<CompletableFuture<Long>> writes = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      expected.append(i).append('\n');
      writes.add(file.write(bytes(i + "\n")));
    }
    file.close();
    loop.run();
    assertThat(writes).allMatch(write -> write.join() > 0);
    assertEquals(expected.toString(), content(at("a")));
  }

  @Test
  void readsAtThePositionFollowEachOther() {
    file("a", "0123456789");
    AsyncFile file = open("a");
    List<ByteBuffer> buffers = new ArrayList<>();
    List<FsTask<Long>> reads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ByteBuffer buffer = ByteBuffer.allocate(2);
      buffers.add(buffer);
      reads.add(file.read(buffer));
    }
    loop.run();
    assertThat(buffers)
        .extracting(FsFixture::text)
        .containsExactly("01", "23", "45", "67", "89", "");
    assertThat(reads.get(5)).isCompletedWithValue(0L);
    file.close();
    loop.run();
  }

  @Test
  void closeWaitsForWhatIsUnderWay() {
    AsyncFile file = open("a");
    List<String> order = new ArrayList<>();
    file.write(bytes("one")).thenRun(() -> order.add("write"));
    file.write(bytes("two")).thenRun(() -> order.add("write"));
    file.write(bytes("six"), 6).thenRun(() -> order.add("write"));
    FsTask<Void> close = file.close();
    close.thenRun(() -> order.add("close"));
    assertFalse(file.isOpen());
    assertThat(file.close()).isSameAs(close);
    assertFalse(close.cancel(true));
    loop.run();
    assertThat(order).containsExactly("write", "write", "write", "close");
    assertEquals("onetwosix", content(at("a")));
    assertThat(file.close()).isSameAs(close);
  }

  /** The request goes on, whoever has completed its future. */
  @Test
  void closeWaitsForRequestsWhoseFuturesAreDone() {
    AsyncFile file = open("a");
    RequestFuture<Long> write = file.write(bytes("one"), 0);
    write.complete(0L);
    List<FsType> order = new ArrayList<>();
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsDelivered(Loop on, FsRequest request) {
            order.add(request.fsType());
          }
        });
    file.close();
    loop.run();
    assertThat(order).containsExactly(FsType.WRITE, FsType.CLOSE);
  }

  @Test
  void whatIsClosedAnswersNoMore() {
    AsyncFile file = open("a");
    file.close();
    for (Executable call :
        List.<Executable>of(
            () -> file.read(ByteBuffer.allocate(1)),
            () -> file.read(ByteBuffer.allocate(1), 0),
            () -> file.write(bytes("a")),
            () -> file.write(bytes("a"), 0),
            file::stat,
            file::sync,
            file::datasync,
            () -> file.truncate(0))) {
      assertEquals(at("a"), assertFails(UvError.EBADF, call).path());
    }
    loop.run();
  }

  @Test
  void wrongArgumentsThrowAtOnceAndHoldNothingUp() {
    AsyncFile file = open("a");
    ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
    assertFails(UvError.EFAULT, () -> file.read(readOnly));
    assertFails(UvError.EFAULT, () -> file.read(readOnly, 0));
    assertFails(UvError.EINVAL, () -> file.read(ByteBuffer.allocate(1), -1));
    assertFails(UvError.EINVAL, () -> file.write(ByteBuffer.allocate(1), -1));
    assertThrows(NullPointerException.class, () -> file.write(null));
    assertThrows(NullPointerException.class, () -> file.read(null));
    FsTask<Void> close = file.close();
    loop.run();
    assertThat(close).isCompleted();
  }

  @Test
  void errorsTellThePath() {
    file("a", "text");
    RequestFuture<AsyncFile> open = AsyncFile.open(loop, at("a"), O_RDONLY, 0);
    loop.run();
    AsyncFile file = open.join();
    FsTask<Long> first = file.write(bytes("a"));
    RequestFuture<Long> second = file.write(bytes("a"), 0);
    FsTask<Void> close = file.close();
    loop.run();
    for (CompletableFuture<Long> write : List.of(first, second)) {
      Throwable cause = assertThrows(CompletionException.class, write::join).getCause();
      UvException error = assertInstanceOf(UvException.class, cause);
      assertEquals(UvError.EBADF, error.error());
      assertEquals("write", error.call());
      assertEquals(at("a"), error.path());
    }
    assertThat(close).isCompletedWithValue(null);
  }

  @Test
  void manyThatWaitCanBeCancelled() {
    AsyncFile file = open("a");
    FsTask<Long> first = file.write(bytes("first"));
    List<FsTask<Long>> rest = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      rest.add(file.write(bytes("rest")));
    }
    FsTask<Long> last = file.write(bytes("last"));
    assertFalse(first.cancel(true));
    assertThat(rest).allMatch(task -> task.cancel(true));
    assertTrue(file.isOpen());
    file.close();
    loop.run();
    assertThat(rest).allMatch(CompletableFuture::isCancelled);
    assertThat(last).isCompletedWithValue(4L);
    assertEquals("firstlast", content(at("a")));
  }

  @Test
  void stagesMayAskForMore() {
    file("a", "0123456789");
    AsyncFile file = open("a");
    ByteBuffer one = ByteBuffer.allocate(4);
    ByteBuffer two = ByteBuffer.allocate(4);
    CompletableFuture<Void> all =
        file.read(one).thenCompose(read -> file.read(two)).thenCompose(read -> file.close());
    loop.run();
    assertThat(all).isCompleted();
    assertEquals("0123", text(one));
    assertEquals("4567", text(two));
  }

  /** A shutdown cancels what no worker has yet, and this may not be left out. */
  @Test
  void aLoopThatIsShutDownStillClosesFiles() {
    for (int i = 0; i < 100; i++) {
      Loop ending = Loop.open();
      RequestFuture<AsyncFile> open = AsyncFile.open(ending, at("a"), O_CREAT | O_RDWR, 0600);
      FsTask<Void> save = FsFiles.writeFileAtomically(ending, at("b"), bytes("text"));
      while (!open.isDone()) {
        ending.run(RunMode.ONCE);
      }
      open.join().close();
      ending.shutdown();
      assertThat(save).isDone();
    }
    assertThat(Fs.scandir(at(""))).extracting(Dirent::name).isSubsetOf("a", "b");
  }

  @Test
  void whatDoesNotOpenTellsWhy() {
    RequestFuture<AsyncFile> open = AsyncFile.open(loop, at("none"), O_RDONLY, 0);
    loop.run();
    Throwable cause = assertThrows(CompletionException.class, open::join).getCause();
    assertEquals(UvError.ENOENT, assertInstanceOf(UvException.class, cause).error());
  }

  @Test
  void whatIsOpenedForNobodyIsClosed() {
    AsyncFile.open(loop, at("a"), O_CREAT | O_RDWR, 0600).complete(null);
    loop.run();
    assertTrue(Fs.stat(at("a")).isRegularFile());
  }
}
