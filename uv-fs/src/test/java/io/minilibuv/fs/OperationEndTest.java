// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.fs.futures.AsyncFile;
import io.minilibuv.fs.futures.FsFiles;
import io.minilibuv.fs.futures.FsFutures;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.PoolObserver;
import io.minilibuv.threadpool.PoolRequest;
import io.minilibuv.threadpool.PoolState;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkKind;
import io.minilibuv.threadpool.WorkRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However an operation of several requests ends, it says so, and gives back what it holds. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class OperationEndTest {
  private static final int MORE_THAN_ANY_OPERATION_ASKS = 40;

  private enum Operation {
    READ_FILE {
      @Override
      CompletableFuture<?> begin(Loop loop, Path temp) {
        return FsFiles.readFile(loop, temp + "/tree/file");
      }
    },
    WRITE_ATOMICALLY {
      @Override
      CompletableFuture<?> begin(Loop loop, Path temp) {
        ByteBuffer content = ByteBuffer.wrap("new".getBytes(UTF_8));
        return FsFiles.writeFileAtomically(loop, temp + "/tree/file", content);
      }
    },
    COPY_TREE {
      @Override
      CompletableFuture<?> begin(Loop loop, Path temp) {
        return FsTrees.copyTree(loop, temp + "/tree", temp + "/copy");
      }
    },
    ASYNC_FILE {
      @Override
      CompletableFuture<?> begin(Loop loop, Path temp) {
        return AsyncFile.open(loop, temp + "/tree/file", FsFlags.O_RDONLY, 0)
            .thenCompose(
                file ->
                    CompletableFuture.allOf(
                        file.read(ByteBuffer.allocate(2)),
                        file.read(ByteBuffer.allocate(2)),
                        file.close()));
      }
    };

    abstract CompletableFuture<?> begin(Loop loop, Path temp);
  }

  @TempDir private Path temp;
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));

  @BeforeEach
  void makeTree() throws IOException {
    Files.createDirectory(temp.resolve("tree"));
    for (String name : List.of("file", "more", "most")) {
      Files.writeString(temp.resolve("tree").resolve(name), "content");
    }
    Files.createSymbolicLink(temp.resolve("tree/link"), Path.of("file"));
  }

  @AfterEach
  void closeAll() {
    loop.shutdown();
    pool.close();
  }

  /** Whatever it has come to when its pool is closed. */
  @ParameterizedTest
  @EnumSource
  void aClosedPoolEndsIt(Operation operation) throws IOException {
    for (int after = 0; after < MORE_THAN_ANY_OPERATION_ASKS; after++) {
      int delivered = after;
      ThreadPool closed = new ThreadPool(1);
      try (Loop own = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, closed))) {
        own.setObserver(
            new FsObserver() {
              private int left = delivered;

              @Override
              public void fsDelivered(Loop of, FsRequest request) {
                if (left-- == 0) {
                  closed.close();
                }
              }
            });
        CompletableFuture<?> future = operation.begin(own, temp);
        assertThat(own.run()).isFalse();
        assertThat(future).as("after " + after).isDone();
      } finally {
        closed.close();
      }
      assertNothingIsLeft();
    }
  }

  /** Of an observer that throws when the {@code after}th request is submitted, or any. */
  @ParameterizedTest
  @EnumSource
  void anObserverThatThrowsHarmsNothing(Operation operation) throws IOException {
    loop.setObserver(new Throwing());
    CompletableFuture<?> future = operation.begin(loop, temp);
    assertThat(loop.run()).isFalse();
    assertThat(future).isCompleted();
    assertNothingIsLeft();
  }

  private static final class Throwing implements FsObserver, PoolObserver {
    @Override
    public void fsSubmitted(Loop of, FsRequest request) {
      throw new IllegalStateException("from the observer");
    }

    @Override
    public void workSubmitted(Loop of, PoolRequest request, WorkKind kind, PoolState state) {
      throw new IllegalStateException("from the observer");
    }
  }

  /** A worker that is busy with something else cannot close anything for it. */
  @Test
  void aShutDownLoopGivesBackWithoutAWorker() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Loop other = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
    int[] closes = {0};
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsSubmitted(Loop of, FsRequest request) {
            if (request.fsType() == FsType.CLOSE) {
              closes[0]++;
            }
          }

          @Override
          public void fsDelivered(Loop of, FsRequest request) {
            if (request.fsType() == FsType.OPEN) {
              WorkRequest.queue(
                  other,
                  work -> {
                    busy.countDown();
                    release.await();
                  },
                  null);
              loop.stop();
            }
          }
        });
    CompletableFuture<?> read = FsFiles.readFile(loop, temp + "/tree/file");
    loop.run();
    busy.await();
    try {
      loop.shutdown();
      assertThat(read).isCancelled();
      assertThat(closes[0]).isEqualTo(1);
      assertNothingIsLeft();
    } finally {
      release.countDown();
      other.shutdown();
    }
  }

  @Test
  void aNameThatNobodyWillKnowIsRemoved() throws IOException {
    FsFutures.mkdtemp(loop, temp + "/dXXXXXX").complete("by somebody else");
    FsFutures.mkstemp(loop, temp + "/fXXXXXX").complete(new TempFile(-1, "by somebody else"));
    assertThat(loop.run()).isFalse();
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(TestedBackend.openDescriptors(temp)).isZero();
    try (Stream<Path> all = Files.walk(temp)) {
      assertThat(all.map(path -> temp.relativize(path).toString()))
          .allMatch(name -> name.matches("|(tree|copy)(/(file|more|most|link))?"));
    }
    Files.writeString(temp.resolve("tree/file"), "content");
  }
}
