// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.ForwardingFsBackend;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.futures.FsFiles;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.TreeResult;
import io.minilibuv.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the recipes of the cookbook; those that watch are in {@link FsCookbookWatchTest}. */
@ExtendWith(LeakCheck.class)
class FsCookbookTest {
  /** With letters of several bytes, and one of them on each boundary of a chunk of even length. */
  private static final String LETTERS = "x" + "é".repeat(100_000);

  @TempDir Path dir;

  private final Loop loop = Loop.open();
  private final List<Throwable> reported = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  private String file(String text) throws IOException {
    return Files.writeString(dir.resolve("file"), text).toString();
  }

  private String missing() {
    return dir.resolve("missing").toString();
  }

  /** Which numbers lead to the directory of the test, or to a file in it. */
  private List<Integer> descriptors() {
    List<FsStat> files = new ArrayList<>(List.of(Fs.stat(dir.toString())));
    Fs.scandir(dir.toString())
        .forEach(entry -> files.add(Fs.stat(dir.resolve(entry.name()).toString())));
    return IntStream.range(0, 256).filter(fd -> leadsToOneOf(files, fd)).boxed().toList();
  }

  private static boolean leadsToOneOf(List<FsStat> files, int fd) {
    try {
      FsStat found = Fs.fstat(fd);
      return files.stream().anyMatch(found::isSameFileAs);
    } catch (UvException e) {
      return false;
    }
  }

  @Test
  void readsAFile() throws Exception {
    CompletableFuture<String> text = FsCookbook.readText(loop, file(LETTERS));
    loop.run();
    assertThat(text).isCompletedWithValue(LETTERS);
  }

  @Test
  void whatIsMissingHasAnotherTextAndWhatElseFailsIsReported() throws Exception {
    CompletableFuture<String> there = readTextOr(file("there"));
    CompletableFuture<String> other = readTextOr(missing());
    loop.run();
    assertThat(there).isCompletedWithValue("there");
    assertThat(other).isCompletedWithValue("other");
    assertThat(reported).isEmpty();

    CompletableFuture<String> failed = readTextOr(dir.toString());
    loop.run();
    String message = "EISDIR: is a directory, read '" + dir + "'";
    assertThat(reported).singleElement().isInstanceOf(UvException.class);
    assertThat(reported.get(0)).hasMessage(message);
    assertThatThrownBy(failed::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .hasMessage(message);
  }

  private CompletableFuture<String> readTextOr(String path) {
    return FsCookbook.readTextOr(loop, path, "other", reported::add);
  }

  /** What the page says of failures: who is told the error itself, and who in a wrapping. */
  @Test
  void aFutureHasTheErrorItselfAndAStageHasItWrapped() {
    FsTask<byte[]> read = FsFiles.readFile(loop, missing());
    CompletableFuture<Integer> length = read.thenApply(bytes -> bytes.length);
    List<Throwable> itself = new ArrayList<>();
    List<Throwable> wrapped = new ArrayList<>();
    List<CompletableFuture<?>> told =
        List.of(
            read.whenComplete((bytes, failure) -> itself.add(failure)),
            length.whenComplete((bytes, failure) -> wrapped.add(failure)));
    loop.run();
    assertThat(itself).singleElement().isInstanceOf(UvException.class);
    assertThat(wrapped).singleElement().isInstanceOf(CompletionException.class);
    assertThat(wrapped.get(0)).hasCause(itself.get(0));
    assertThat(told).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(catchThrowable(read::join)).isInstanceOf(CompletionException.class);
    assertThat(FsCookbook.causeOf(catchThrowable(read::join))).isInstanceOf(UvException.class);
  }

  @Test
  void handsOutAFileByCallbacks() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    cat(file(LETTERS), piece -> copy(piece, bytes));
    loop.run();
    assertThat(bytes.toString(UTF_8)).isEqualTo(LETTERS);
  }

  private void cat(String path, Consumer<ByteBuffer> consumer) {
    FsCookbook.Cat.cat(loop, path, consumer);
  }

  private static void copy(ByteBuffer piece, ByteArrayOutputStream to) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    to.writeBytes(bytes);
  }

  /** Each has its own descriptor and its own buffer. */
  @Test
  void twoFilesMayBeReadAtOnce() throws Exception {
    String other = Files.writeString(dir.resolve("other"), "o".repeat(200_000)).toString();
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    cat(file(LETTERS), piece -> copy(piece, first));
    cat(other, piece -> copy(piece, second));
    loop.run();
    assertThat(first.toString(UTF_8)).isEqualTo(LETTERS);
    assertThat(second.toString(UTF_8)).isEqualTo("o".repeat(200_000));
    assertThat(descriptors()).isEmpty();
  }

  @Test
  void whatCannotBeReadLeavesTheLoopAndIsClosed() {
    cat(missing(), piece -> {});
    assertThatThrownBy(loop::run)
        .hasMessage("ENOENT: no such file or directory, open '" + missing() + "'");
    // A call by descriptor has no path to tell.
    cat(dir.toString(), piece -> {});
    assertThatThrownBy(loop::run).hasMessage("EISDIR: is a directory, read");
    assertThat(descriptors()).isEmpty();
  }

  @Test
  void aConsumerThatThrowsLeavesNothingOpen() throws Exception {
    cat(
        file(LETTERS),
        piece -> {
          throw new IllegalStateException("on purpose");
        });
    assertThatThrownBy(loop::run).hasMessage("on purpose");
    assertThat(descriptors()).isEmpty();
  }

  @Test
  void aLoopThatIsShutDownMeanwhileLeavesNothingOpen() throws Exception {
    cat(
        file(LETTERS),
        piece -> {
          loop.stop();
          assertThat(descriptors()).hasSize(1);
        });
    loop.run();
    loop.setExceptionHandler((source, thrown) -> reported.add(thrown));
    loop.shutdown();
    assertThat(descriptors()).isEmpty();
  }

  @Test
  void savesAFile() throws Exception {
    String path = file("old");
    FsTask<Void> saved = FsCookbook.save(loop, path, "nëw");
    loop.run();
    assertThat(saved).isCompleted();
    assertThat(Path.of(path)).hasContent("nëw");
  }

  @Test
  void writesLinesInTheirOrder() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add("líne " + i);
    }
    String path = file("longer than nothing");
    CompletableFuture<Void> written = FsCookbook.writeLines(loop, path, lines);
    loop.run();
    assertThat(written).isCompleted();
    assertThat(Path.of(path)).hasContent(String.join("\n", lines));
    assertThat(descriptors()).isEmpty();
  }

  @Test
  void linesThatCannotBeWrittenAreAFailureAndTheFileIsClosed() {
    CompletableFuture<Void> written =
        FsCookbook.writeLines(loop, missing() + "/file", List.of("x"));
    loop.run();
    assertThatThrownBy(written::join).hasMessageContaining("ENOENT");
  }

  /** As if the disk got full. */
  @Test
  void linesThatAreWrittenInPartAreAFailureAndTheFileIsClosed() {
    FsBackend narrow =
        new ForwardingFsBackend(FsBackend.system()) {
          @Override
          public long write(int fd, ByteBuffer[] buffers, long offset) {
            ByteBuffer first = buffers[0].limit(Math.min(buffers[0].limit(), 3));
            return super.write(fd, new ByteBuffer[] {first}, offset);
          }
        };
    try (Loop own = Loop.open(new LoopOptions().with(FsBackend.OF_LOOP, narrow))) {
      CompletableFuture<Void> fits = FsCookbook.writeLines(own, missing(), List.of("a", "bc"));
      own.run();
      assertThat(fits).isCompleted();
      CompletableFuture<Void> written = FsCookbook.writeLines(own, missing(), List.of("a", "bcd"));
      own.run();
      assertThatThrownBy(written::join)
          .hasRootCauseMessage("EIO: input/output error, write '" + missing() + "'");
    }
    assertThat(Path.of(missing())).hasContent("a\nbcd");
    assertThat(descriptors()).isEmpty();
  }

  @Test
  void copiesATreeAndTellsHowFarItIs() throws Exception {
    Path source = Files.createDirectories(dir.resolve("source/below")).getParent();
    Files.write(source.resolve("one"), new byte[3_000_000]);
    Files.write(source.resolve("below/two"), new byte[1_000_000]);
    List<Integer> percents = new ArrayList<>();
    CompletableFuture<TreeResult> copied = copying("source", percents::add).start();
    loop.run();
    assertThat(copied).isCompleted();
    assertThat(copied.join().errors()).isEmpty();
    assertThat(copied.join().bytes()).isEqualTo(4_000_000);
    assertThat(dir.resolve("target/below/two")).hasSize(1_000_000);
    assertThat(percents).isSorted().doesNotHaveDuplicates().endsWith(100).hasSizeGreaterThan(2);
  }

  private FsCookbook.Copying copying(String source, IntConsumer percent) {
    return new FsCookbook.Copying(
        loop, dir.resolve(source).toString(), dir.resolve("target").toString(), percent);
  }

  @Test
  void aTreeWithoutBytesIsCopiedWhole() throws Exception {
    Files.createFile(Files.createDirectories(dir.resolve("source/below")).resolve("empty"));
    List<Integer> percents = new ArrayList<>();
    CompletableFuture<TreeResult> copied = copying("source", percents::add).start();
    loop.run();
    assertThat(copied).isCompleted();
    assertThat(percents).containsExactly(100);

    percents.clear();
    CompletableFuture<TreeResult> one = copying("source/below/empty", percents::add).start();
    loop.run();
    // There is a directory in its place.
    assertThat(one.join().hasFailures()).isTrue();
    assertThat(percents).isEmpty();
  }

  @Test
  void aCopyIsCancelledWhileItCountsAndWhileItCopies() throws Exception {
    Path source = Files.createDirectories(dir.resolve("source"));
    Files.write(source.resolve("one"), new byte[30_000_000]);
    FsCookbook.Copying counting = copying("source", percent -> {});
    CompletableFuture<TreeResult> counted = counting.start();
    counting.cancel();
    loop.run();
    assertCancelled(counted);
    assertThat(dir.resolve("target")).doesNotExist();

    FsCookbook.Copying[] copying = new FsCookbook.Copying[1];
    copying[0] = copying("source/one", percent -> copying[0].cancel());
    CompletableFuture<TreeResult> copied = copying[0].start();
    loop.run();
    assertCancelled(copied);
    assertThat(dir).isDirectoryNotContaining(path -> !path.equals(source));
  }

  private static void assertCancelled(CompletableFuture<?> future) {
    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(CancellationException.class);
  }

  @Test
  void removesATreeAndDoesNotMissOne() throws Exception {
    Files.createFile(Files.createDirectories(dir.resolve("source/below")).resolve("empty"));
    FsTask<TreeResult> removed = FsCookbook.remove(loop, dir.resolve("source").toString());
    FsTask<TreeResult> none = FsCookbook.remove(loop, missing());
    loop.run();
    assertThat(removed.join().directories()).isEqualTo(2);
    assertThat(none.join().hasFailures()).isFalse();
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void aProgramLeavesNothingBehindHoweverItEnds() throws Exception {
    Loop[] used = new Loop[1];
    List<FsStat> stats = new ArrayList<>();
    FsCookbook.run(
        own -> {
          used[0] = own;
          TimerHandle.init(own).start(timer -> {}, 1, 1);
          Fs.stat(
              own,
              dir.toString(),
              first -> {
                Fs.stat(
                    own,
                    dir.toString(),
                    second -> {
                      stats.add(second.stat());
                      own.stop();
                    });
                throw new IllegalStateException("on purpose");
              });
        },
        reported::add);
    assertThat(reported).singleElement().asString().contains("on purpose");
    assertThat(stats).hasSize(1);
    assertThatThrownBy(() -> used[0].run()).hasMessageContaining("closed");

    assertThatThrownBy(
            () ->
                FsCookbook.run(
                    own -> {
                      used[0] = own;
                      TimerHandle.init(own).start(timer -> {}, 1, 1);
                      throw new IllegalStateException("at once");
                    },
                    reported::add))
        .hasMessage("at once");
    assertThatThrownBy(() -> used[0].run()).hasMessageContaining("closed");
  }
}
