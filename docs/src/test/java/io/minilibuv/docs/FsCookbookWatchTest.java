// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.docs.FsCookbook.Tail;
import io.minilibuv.fs.ForwardingFsBackend;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.fs.FsFile;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the recipes of the cookbook that watch. */
@ExtendWith(LeakCheck.class)
class FsCookbookWatchTest {
  @TempDir Path dir;

  /** Whether stat finds nothing. */
  private volatile boolean hidden;

  private final AtomicInteger hiddenStats = new AtomicInteger();

  /** How long a file is that goes when stat has seen it. */
  private volatile long removedAtSize = -1;

  private final Loop loop = Loop.open(new LoopOptions().with(FsBackend.OF_LOOP, new Rigged()));
  private final List<String> news = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /** The system's files, which are hidden from stat, or go right after it, if a test says so. */
  private final class Rigged extends ForwardingFsBackend {
    Rigged() {
      super(FsBackend.system());
    }

    @Override
    public long stat(String path, FsAnswer answer) {
      if (hidden) {
        hiddenStats.incrementAndGet();
        return UvError.ENOENT.code();
      }
      long result = super.stat(path, answer);
      if (result == 0) {
        removeIfAsked(path, answer.stat().size());
      }
      return result;
    }

    /** The test makes the next file when it sees that this one is gone, and not before it is. */
    private synchronized void removeIfAsked(String path, long size) {
      if (size == removedAtSize) {
        super.unlink(path);
        removedAtSize = -1;
      }
    }
  }

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  private String file(String content) throws IOException {
    return Files.writeString(dir.resolve("file"), content).toString();
  }

  private static void append(String path, String more) {
    try (FsFile file = FsFile.open(path, FsFlags.O_WRONLY | FsFlags.O_APPEND, 0)) {
      file.write(ByteBuffer.wrap(more.getBytes(UTF_8)));
    }
  }

  /** Runs the loop, which belongs to this thread, until {@code condition} holds. */
  private void runUntil(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInSameThread()
        .until(
            () -> {
              loop.run(RunMode.NOWAIT);
              return condition.call();
            });
  }

  @Test
  void watchesADirectory() throws Exception {
    FsEventHandle handle = FsCookbook.Watch.watch(loop, dir.toString(), news::add);
    String path = file("");
    runUntil(() -> news.contains("RENAME file"));
    append(path, "text");
    runUntil(() -> news.contains("CHANGE file"));
    handle.close();
  }

  @Test
  void nothingIsLeftOfADirectoryThatIsNotThere() {
    String missing = dir.resolve("missing").toString();
    assertThatThrownBy(() -> FsCookbook.Watch.watch(loop, missing, news::add))
        .isInstanceOf(UvException.class)
        .hasMessageContaining("ENOENT");
    loop.run();
    loop.close();
  }

  @Test
  void aDirectoryThatIsDeletedIsToldAndKeepsNothingAlive() throws Exception {
    for (String slash : List.of("", "/")) {
      news.clear();
      Path watched = Files.createDirectory(dir.resolve("watched"));
      FsCookbook.Watch.watch(loop, watched + slash, news::add);
      Files.delete(watched);
      loop.run();
      assertThat(news).endsWith("GONE").hasSize(2);
    }
    loop.close();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere it need not be seen that it was gone")
  void aDirectoryThatIsMadeAnewAtOnceIsWatchedOn() throws Exception {
    Path watched = Files.createDirectory(dir.resolve("watched"));
    FsEventHandle handle = FsCookbook.Watch.watch(loop, watched.toString(), news::add);
    Files.delete(watched);
    Files.createDirectory(watched);
    runUntil(() -> news.contains("LOST"));
    assertThat(news).containsExactly("RENAME watched", "LOST");
    Files.createFile(watched.resolve("new"));
    runUntil(() -> news.contains("RENAME new"));
    // The name of an entry may be the directory's.
    Files.createFile(watched.resolve("watched"));
    runUntil(() -> news.stream().filter("LOST"::equals).count() == 2);
    Files.createFile(watched.resolve("newer"));
    runUntil(() -> news.contains("RENAME newer"));
    handle.close();
  }

  @Test
  void whoClosesAWatchWhenHeIsToldHasItClosed() throws Exception {
    Path watched = Files.createDirectory(dir.resolve("watched"));
    FsEventHandle[] handle = new FsEventHandle[1];
    handle[0] =
        FsCookbook.Watch.watch(
            loop,
            watched.toString(),
            told -> {
              news.add(told);
              handle[0].close();
            });
    Files.delete(watched);
    loop.run();
    assertThat(news).containsExactly("RENAME watched");
    loop.close();
  }

  private Tail tail(String path) {
    Tail tail = new Tail(loop, path, text::append);
    tail.start(1);
    return tail;
  }

  @Test
  void followsAFileThatGrowsIsCutAndIsReplaced() throws Exception {
    String path = file("öne ");
    Tail tail = tail(path);
    runUntil(() -> text.toString().equals("öne "));
    append(path, "twö ");
    runUntil(() -> text.toString().equals("öne twö "));
    file("cut ");
    runUntil(() -> text.toString().endsWith("twö cut "));
    Path other = Files.writeString(dir.resolve("other"), "replaced, and longer than before");
    Fs.rename(other.toString(), path);
    runUntil(() -> text.toString().endsWith("cut replaced, and longer than before"));
    tail.stop();
  }

  @Test
  void aLetterThatIsCutIsToldWhenTheRestIsThere() throws Exception {
    String letters = "x" + "é".repeat(100_000);
    String path = file(letters);
    Tail tail = tail(path);
    runUntil(() -> text.toString().equals(letters));
    byte[] euro = "€".getBytes(UTF_8);
    for (byte part : euro) {
      Files.write(Path.of(path), new byte[] {part}, StandardOpenOption.APPEND);
      loop.run(RunMode.NOWAIT);
    }
    append(path, "!");
    runUntil(() -> text.toString().equals(letters + "€!"));
    tail.stop();
  }

  @Test
  void whatIsNoLetterIsReplacedAndHoldsNothingUp() throws Exception {
    String path = Files.write(dir.resolve("file"), new byte[] {'a', (byte) 0xff, 'b'}).toString();
    Tail tail = tail(path);
    runUntil(() -> text.toString().equals("a\ufffdb"));
    tail.stop();
  }

  @Test
  void waitsForAFileThatIsNotThere() throws Exception {
    Tail tail = tail(dir.resolve("file").toString());
    for (int i = 0; i < 20; i++) {
      loop.run(RunMode.ONCE);
    }
    String path = file("late ");
    runUntil(() -> text.toString().equals("late "));
    Files.delete(Path.of(path));
    for (int i = 0; i < 20; i++) {
      loop.run(RunMode.ONCE);
    }
    // Longer than before, and with the same number, if the disk gives that out again at once.
    file("late again");
    runUntil(() -> text.toString().equals("late late again"));
    tail.stop();
  }

  @Test
  void aFileThatIsGoneSinceItsStatIsWaitedFor() throws Exception {
    removedAtSize = 5;
    Tail tail = tail(file("text "));
    waitForRemoval();
    String path = file("anew");
    runUntil(() -> text.toString().equals("anew"));
    removedAtSize = 6;
    append(path, "!!");
    waitForRemoval();
    file("and anew");
    runUntil(() -> text.toString().equals("anewand anew"));
    tail.stop();
  }

  /** Runs the loop until the file is gone, and that is known. */
  private void waitForRemoval() {
    runUntil(() -> removedAtSize < 0);
    for (int i = 0; i < 20; i++) {
      loop.run(RunMode.ONCE);
    }
  }

  /** It may have the number, and be longer: that it was missing meanwhile is all that tells. */
  @Test
  void aFileThatWasMissingMeanwhileIsAnotherOne() throws Exception {
    String path = file("old");
    Tail tail = tail(path);
    runUntil(() -> text.toString().equals("old"));
    hidden = true;
    runUntil(() -> hiddenStats.get() > 1);
    file("the new one");
    hidden = false;
    runUntil(() -> text.toString().equals("oldthe new one"));
    tail.stop();
  }

  @Test
  void whatElseIsWrongLeavesTheLoop() {
    Tail tail = tail(dir.toString());
    assertThatThrownBy(loop::run).hasMessageContaining("EISDIR");
    tail.stop();
  }

  @Test
  void aTailThatIsStoppedTellsNothingMore() throws Exception {
    Tail tail = tail(file("text"));
    tail.stop();
    loop.run();
    assertThat(text).isEmpty();

    Tail[] stopped = new Tail[1];
    stopped[0] =
        new Tail(
            loop,
            file("a".repeat(200_000)),
            more -> {
              text.append(more);
              stopped[0].stop();
            });
    stopped[0].start(1);
    loop.run();
    assertThat(text).hasSizeBetween(1, 100_000);
    loop.close();
  }

  /** What is thrown on the way is not taken for news of the file, and nothing comes twice. */
  @Test
  void aConsumerThatThrowsIsHeard() throws Exception {
    UvException thrown = UvError.ENOENT.exception("on purpose");
    String path = file("one ");
    Tail tail =
        new Tail(
            loop,
            path,
            more -> {
              text.append(more);
              if (text.length() == 4) {
                throw thrown;
              }
            });
    tail.start(1);
    assertThatThrownBy(loop::run).isSameAs(thrown);
    append(path, "two");
    runUntil(() -> text.toString().equals("one two"));
    tail.stop();
  }
}
