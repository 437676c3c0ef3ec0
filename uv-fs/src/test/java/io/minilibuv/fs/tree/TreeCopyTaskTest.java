// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.TestedBackend;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.testing.Crew;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What copying promises as a task: refusals, progress, failures that are kept, and cancelling. */
class TreeCopyTaskTest extends TreeFixture {
  private static final int LARGE = 40 * Buffers.SIZE;

  private FsTask<TreeResult> task;

  @BeforeEach
  void makeTree() throws IOException {
    make("tree/sub/file", "into/", "link->into", "to-tree->tree", "self/self->self", "self/up->..");
  }

  private FsTask<TreeResult> copy(String source, String target) {
    return FsTrees.copyTree(loop, at(source), at(target));
  }

  private void assertRefused(String source, String target, String why) throws IOException {
    List<String> before = names("");
    assertRefused(why + " '" + at(target) + "'", copy(source, target));
    assertThat(names("")).isEqualTo(before);
  }

  @Test
  void aDirectoryIsNotCopiedIntoOrOntoItself() throws Exception {
    String into = "EINVAL: invalid argument, copy into itself";
    assertRefused("tree", "tree/tree", into);
    assertRefused("tree", "tree/new", into);
    assertRefused("tree", "tree/sub/tree", into);
    assertRefused("tree", "tree/sub/../x", into);
    assertRefused("tree", "to-tree/tree", into);
    String onto = "EINVAL: invalid argument, copy onto itself";
    assertRefused("tree", "tree", onto);
    assertRefused("tree/.", "tree", onto);
    assertRefused("tree/.", "to-tree", onto);
    assertRefused("tree", "to-tree/../tree", onto);
    assertRefused(
        "EINVAL: invalid argument, copy into itself '" + at("x") + "'",
        FsTrees.copyTree(loop, "/", at("x")));
  }

  @Test
  void aDirectoryMayBeCopiedBesideOrAboveItself() throws Exception {
    assertThat(value(copy("tree", "tree2")).hasFailures()).isFalse();
    assertThat(value(copy("tree", "tree2")).hasFailures()).isFalse();
    assertThat(value(copy("tree/sub", "tree/sub2")).hasFailures()).isFalse();
    assertThat(value(copy("tree/sub", "into/x")).hasFailures()).isFalse();
    assertThat(names("tree2")).containsExactly("", "sub", "sub/file");
    assertThat(names("into")).containsExactly("", "x", "x/file");
    assertThat(temp.resolve("into/x/file")).hasSameBinaryContentAs(temp.resolve("tree/sub/file"));
  }

  @Test
  void whatCannotBeginIsRefused() {
    assertRefused(
        "ENOENT: no such file or directory, lstat '" + at("none") + "'", copy("none", "new"));
    assertRefused(
        "ENOENT: no such file or directory, copy ''", FsTrees.copyTree(loop, at("tree"), ""));
    assertRefused(
        "ENOENT: no such file or directory, mkdir '" + at("no/new") + "'", copy("tree", "no/new"));
    assertRefused(
        "ENOTDIR: not a directory, stat '" + at("tree/sub/file/new") + "'",
        copy("tree", "tree/sub/file/new"));
  }

  @Test
  void linksInCirclesAreCopiedAsTheyAre() throws Exception {
    TreeResult result = value(copy("self", "copy"));
    assertThat(result).isEqualTo(new TreeResult(0, 1, 2, 0, 0, 0, 0, List.of()));
    assertThat(Files.readSymbolicLink(temp.resolve("copy/up"))).isEqualTo(Path.of(".."));
    assertThat(Files.readSymbolicLink(temp.resolve("copy/self"))).isEqualTo(Path.of("self"));
  }

  @Test
  void whatMayNotBeReadIsAFailureAndTheRestIsCopied() throws Exception {
    make("tree/locked/x", "tree/secret", "tree/zero");
    rig =
        (number, call, path) -> {
          boolean locked =
              (call.equals("scandir") && path.endsWith("/locked"))
                  || (call.equals("open") && path.endsWith("tree/secret"));
          return locked ? (long) UvError.EACCES.code() : null;
        };
    TreeResult result = value(copy("tree", "copy"));
    assertThat(messages(result))
        .containsExactlyInAnyOrder(
            "EACCES: permission denied, scandir '" + at("tree/locked") + "'",
            "EACCES: permission denied, open '" + at("tree/secret") + "'");
    assertThat(names("copy")).containsExactly("", "sub", "sub/file", "zero");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names are Unicode")
  void aNameThatIsNoTextIsAFailureOnJavaNioAndTheRestIsCopied() throws Exception {
    makeIllegible("tree/sub");
    TreeResult result = value(copy("tree", "copy"));
    removeIllegible("tree");
    if (TestedBackend.NIO) {
      assertThat(messages(result))
          .singleElement()
          .asString()
          .contains("lstat '" + at("tree/sub/b"));
      assertThat(names("copy")).containsExactly("", "sub", "sub/file");
    } else {
      List<String> copied = names("copy");
      removeIllegible("copy");
      assertThat(messages(result)).isEmpty();
      assertThat(copied).containsExactly("", "sub", "sub/b\ufffdd", "sub/file");
    }
  }

  @Test
  void theListenerIsToldEverythingOnTheLoopsThread() throws Exception {
    Files.write(temp.resolve("tree/large"), new byte[LARGE]);
    make("tree/link->nowhere", "copy/sub/file/");
    List<String> done = new ArrayList<>();
    List<UvException> failed = new ArrayList<>();
    long[] transferred = new long[1];
    TreeListener listener =
        new TreeListener() {
          @Override
          public void transferred(long bytes) {
            assertThat(loop.isLoopThread()).isTrue();
            transferred[0] += bytes;
          }

          @Override
          public void done(TreeEntry entry, long bytes) {
            assertThat(loop.isLoopThread()).isTrue();
            done.add(entry.relative() + " " + bytes);
          }

          @Override
          public void failed(UvException failure) {
            failed.add(failure);
          }
        };
    TreeOptions options = new TreeOptions().listener(listener);
    TreeResult result = value(FsTrees.copyTree(loop, at("tree"), at("copy"), options));
    assertThat(transferred[0]).isEqualTo(LARGE);
    assertThat(done).containsExactlyInAnyOrder("large " + LARGE, "link 0", "sub 0", " 0");
    assertThat(result).isEqualTo(new TreeResult(1, 2, 1, 0, LARGE, 0, 1, failed));
    assertThat(messages(result))
        .containsExactly("EISDIR: is a directory, open '" + at("copy/sub/file") + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 100})
  void noMoreRequestsAreUnderWayThanAllowed(int most) throws Exception {
    for (int i = 0; i < 40; i++) {
      Files.write(temp.resolve("tree/f" + i), new byte[9 * Buffers.SIZE]);
    }
    Counting counting = new Counting();
    loop.setObserver(counting);
    TreeOptions options = new TreeOptions().concurrency(most);
    value(FsTrees.copyTree(loop, at("tree"), at("copy"), options));
    int chunks = Math.max(1, Math.min(32 / most, 8));
    assertThat(counting.most()).isBetween(Math.min(most, 40), most * chunks);
    assertThat(fs.mostOpen()).isLessThanOrEqualTo(2 * most);
  }

  @Test
  void whatAListenerThrowsEndsTheCopyInOrder() throws Exception {
    Files.write(temp.resolve("tree/large"), new byte[LARGE]);
    IllegalStateException mine = new IllegalStateException("mine");
    TreeListener listener =
        new TreeListener() {
          @Override
          public void transferred(long bytes) {
            throw mine;
          }
        };
    TreeOptions options = new TreeOptions().listener(listener);
    task = FsTrees.copyTree(loop, at("tree"), at("copy"), options);
    assertThat(failure(task)).isSameAs(mine);
    assertThat(names("copy")).noneMatch(name -> name.contains("uv-"));
  }

  @Test
  void cancelledOnTheLoopsThreadItTakesBackWhatIsHalfMade() throws Exception {
    Path old = largeOntoOld();
    TreeListener listener =
        new TreeListener() {
          @Override
          public void transferred(long bytes) {
            assertThat(task.cancel(true)).isTrue();
          }
        };
    Counting counting = new Counting();
    loop.setObserver(counting);
    task = FsTrees.copyTree(loop, at("large"), at("old"), new TreeOptions().listener(listener));
    loop.run();
    assertTakenBack(old);
    // What was under way, and nothing after it.
    assertThat(counting.count("write")).isLessThanOrEqualTo(4);
    assertThat(counting.count("read")).isLessThanOrEqualTo(4);
  }

  @Test
  void cancelledOnAnotherThreadItTakesBackWhatIsHalfMade() throws Exception {
    Path old = largeOntoOld();
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    rig =
        (number, call, path) -> {
          if (call.equals("write")) {
            writing.countDown();
            Crew.awaitLatch(cancelled);
          }
          return null;
        };
    task = copy("large", "old");
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            writing.await();
            assertThat(task.cancel(true)).isTrue();
            cancelled.countDown();
          });
      loop.run();
    }
    assertTakenBack(old);
  }

  /** The loop takes back every request, those of the cleaning up included, wherever it is. */
  @Test
  void aLoopThatIsShutDownTakesBackWhatIsHalfMade() throws Exception {
    int cancelled = 0;
    boolean finished = false;
    for (int turns = 0; !finished; turns++) {
      Path old = largeOntoOld();
      Loop other = Loop.open(new LoopOptions().with(FsBackend.OF_LOOP, fs));
      task = FsTrees.copyTree(other, at("large"), at("old"));
      for (int turn = 0; turn < turns; turn++) {
        other.run(RunMode.ONCE);
      }
      finished = task.isDone();
      other.shutdown();
      if (task.isCancelled()) {
        assertTakenBack(old);
        cancelled++;
      } else {
        assertThat(task).isCompletedWithValue(new TreeResult(1, 0, 0, 0, LARGE, 0, 0, List.of()));
        assertCleanedUp();
      }
    }
    assertThat(cancelled).isPositive();
  }

  private Path largeOntoOld() throws IOException {
    Files.write(temp.resolve("large"), new byte[LARGE]);
    make("old");
    return temp.resolve("old");
  }

  private void assertTakenBack(Path old) throws IOException {
    assertThat(task).isCancelled();
    assertThat(old).hasContent("old");
    assertCleanedUp();
  }

  private void assertCleanedUp() throws IOException {
    assertThat(fs.open()).isZero();
    assertThat(names("")).noneMatch(name -> name.contains(".uv-"));
  }
}
