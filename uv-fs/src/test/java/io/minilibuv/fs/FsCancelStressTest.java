// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.fs.futures.AsyncFile;
import io.minilibuv.fs.futures.FsFiles;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.testing.Stress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Operations of many requests, several at once, that are let alone, cancelled, or overtaken by the
 * loop's shutdown, at any point: each ends, nothing stays open, and what they leave is whole.
 */
class FsCancelStressTest extends FsFixture {
  private static final int ROUNDS = Stress.size(150, 20_000);
  private static final int OLD = 3;
  private static final int NEW = 700_000;

  /** What becomes of the operations of a round. */
  private enum End {
    RUN,
    CANCEL,
    SHUT_DOWN
  }

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void whateverIsCancelledEndsAndLeavesNothingHalfMade() throws IOException {
    long open = TestedBackend.openDescriptors(dir);
    for (int round = 0; round < ROUNDS; round++) {
      Path work = Files.createDirectory(dir.resolve("round" + round));
      String told = "seed " + seed + ", round " + round + ", ";
      fill(work);
      End end = End.values()[random.nextInt(End.values().length)];
      List<CompletableFuture<?>> operations = runSome(work, end);
      assertThat(operations).as(told + end).allMatch(CompletableFuture::isDone);
      if (end == End.RUN) {
        assertThat(operations).as(told).noneMatch(CompletableFuture::isCompletedExceptionally);
      }
      assertThat(TestedBackend.openDescriptors(dir))
          .as(told + end + ": descriptors")
          .isEqualTo(open);
      assertWhole(work, told + end);
    }
  }

  private void fill(Path work) throws IOException {
    Files.createDirectories(work.resolve("source/a/b"));
    for (int i = 0; i < 6; i++) {
      byte[] bytes = new byte[random.nextInt(600_000)];
      random.nextBytes(bytes);
      Files.write(work.resolve(i < 4 ? "source/" + i : "source/a/b/" + i), bytes);
    }
    Files.write(work.resolve("saved"), new byte[OLD]);
    Files.createDirectories(work.resolve("removed/a"));
    for (int i = 0; i < 12; i++) {
      Files.createFile(work.resolve((i < 6 ? "removed/" : "removed/a/") + i));
    }
  }

  private List<CompletableFuture<?>> runSome(Path work, End end) {
    Loop own = Loop.open();
    try {
      List<CompletableFuture<?>> operations = begin(own, work);
      for (int left = random.nextInt(40); left > 0; left--) {
        own.run(RunMode.NOWAIT);
        if (random.nextInt(6) == 0) {
          LockSupport.parkNanos(random.nextInt(1_000_000));
        }
      }
      if (end == End.CANCEL) {
        operations.forEach(operation -> operation.cancel(false));
      }
      if (end != End.SHUT_DOWN) {
        own.run();
      }
      return operations;
    } finally {
      own.shutdown();
    }
  }

  private List<CompletableFuture<?>> begin(Loop own, Path work) {
    List<CompletableFuture<?>> operations = new ArrayList<>();
    TreeOptions options = new TreeOptions().concurrency(1 + random.nextInt(12));
    operations.add(FsTrees.copyTree(own, work + "/source", work + "/copy", options));
    if (random.nextBoolean()) {
      ByteBuffer content = ByteBuffer.allocate(NEW);
      operations.add(FsFiles.writeFileAtomically(own, work + "/saved", content));
    }
    if (random.nextBoolean()) {
      operations.add(FsTrees.removeTree(own, work + "/removed"));
    }
    if (random.nextBoolean()) {
      operations.add(FsFiles.readFile(own, work + "/source/0"));
    }
    if (random.nextBoolean()) {
      CompletableFuture<AsyncFile> opened =
          AsyncFile.open(own, work + "/written", O_RDWR | O_CREAT, 0600);
      CompletableFuture<Void> unused = opened.thenAccept(this::writeAndClose);
      operations.add(opened);
    }
    return operations;
  }

  private void writeAndClose(AsyncFile file) {
    FsTask<Long> unused = file.write(ByteBuffer.allocate(300_000));
    FsTask<Long> second = file.write(ByteBuffer.allocate(1));
    if (random.nextBoolean()) {
      second.cancel(false);
    }
    FsTask<Void> unusedToo = file.close();
  }

  private static void assertWhole(Path work, String told) throws IOException {
    try (Stream<Path> all = Files.walk(work)) {
      assertThat(all.map(Path::toString)).as(told).noneMatch(path -> path.endsWith(".tmp"));
    }
    assertThat(Files.size(work.resolve("saved"))).as(told).isIn((long) OLD, (long) NEW);
    if (Files.exists(work.resolve("copy"))) {
      try (Stream<Path> all = Files.walk(work.resolve("copy"))) {
        for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          Path source = work.resolve("source").resolve(work.resolve("copy").relativize(file));
          assertThat(file).as(told).hasSameBinaryContentAs(source);
        }
      }
    }
  }
}
