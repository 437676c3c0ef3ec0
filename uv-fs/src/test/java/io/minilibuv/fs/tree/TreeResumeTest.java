// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.futures.FsTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy that goes on with one that has ended early. */
class TreeResumeTest extends TreeFixture {
  private static final Instant LONG_AGO = Instant.ofEpochSecond(1_234_567_890L, 123_456_789);

  private final TreeOptions options = new TreeOptions().concurrency(2).resume(true);
  private int targets;

  @BeforeEach
  void makeTree() throws IOException {
    make("tree/a", "tree/b", "tree/link->nowhere", "tree/sub/c", "tree/sub/link->../a", "tree/no/");
    Files.write(temp.resolve("tree/large"), new byte[2 * Buffers.SIZE + 100]);
    for (String name : List.of("a", "b", "large", "sub/c")) {
      setTime(temp.resolve("tree").resolve(name), LONG_AGO);
    }
  }

  @Test
  void whatIsThereIsLeftAlone() throws Exception {
    assertThat(value(FsTrees.copyTree(loop, at("tree"), at("copy"))).kept()).isZero();
    Map<String, Object> before = inodes("copy");
    List<String> told = new ArrayList<>();
    TreeListener listener =
        new TreeListener() {
          @Override
          public void kept(TreeEntry entry, long bytes) {
            assertThat(loop.isLoopThread()).isTrue();
            told.add(entry.relative() + " " + bytes);
          }

          @Override
          public void done(TreeEntry entry, long bytes) {
            assertThat(entry.stat().isDirectory()).isTrue();
          }

          @Override
          public void transferred(long bytes) {
            throw new AssertionError("nothing is to be written");
          }
        };
    TreeResult result = value(resume("copy", options.listener(listener)));
    assertThat(result).isEqualTo(new TreeResult(0, 3, 0, 0, 0, 6, 0, List.of()));
    assertThat(inodes("copy")).isEqualTo(before);
    assertThat(told)
        .containsExactlyInAnyOrder(
            "a 6", "b 6", "large " + (2 * Buffers.SIZE + 100), "link 0", "sub/c 10", "sub/link 0");
  }

  @Test
  void unlessItIsWantedEverythingIsReplaced() throws Exception {
    value(FsTrees.copyTree(loop, at("tree"), at("copy")));
    Map<String, Object> before = inodes("copy");
    TreeResult result = value(resume("copy", options.resume(false)));
    assertThat(result.kept()).isZero();
    assertThat(result.files()).isEqualTo(4);
    for (String name : List.of("a", "b", "large", "link", "sub/c", "sub/link")) {
      assertThat(inodes("copy").get(name)).as(name).isNotEqualTo(before.get(name));
    }
  }

  @Test
  void whatDiffersIsCopiedAgain() throws Exception {
    value(FsTrees.copyTree(loop, at("tree"), at("copy")));
    Path copy = temp.resolve("copy");
    // Another size, another time by a nanosecond, and what only a look into it would tell.
    Files.writeString(copy.resolve("a"), "tree");
    setTime(copy.resolve("a"), LONG_AGO);
    setTime(copy.resolve("b"), LONG_AGO.plusNanos(1));
    Files.writeString(copy.resolve("sub/c"), "tree/sub/x");
    setTime(copy.resolve("sub/c"), LONG_AGO);
    Files.delete(copy.resolve("link"));
    Files.createSymbolicLink(copy.resolve("link"), Path.of("nowhere else"));
    Files.delete(copy.resolve("sub/link"));
    Files.writeString(copy.resolve("sub/link"), "../a");

    TreeResult result = value(resume("copy", options));
    assertThat(result).isEqualTo(new TreeResult(2, 3, 2, 0, 12, 2, 0, List.of()));
    assertThat(copy.resolve("a")).hasContent("tree/a");
    assertThat(copy.resolve("b")).hasContent("tree/b");
    assertThat(copy.resolve("sub/c")).hasContent("tree/sub/x");
    assertThat(Files.readSymbolicLink(copy.resolve("link"))).isEqualTo(Path.of("nowhere"));
    assertThat(Files.readSymbolicLink(copy.resolve("sub/link"))).isEqualTo(Path.of("../a"));
  }

  @Test
  void aLinkToTheCopyIsAsGoodAndOneToTheSourceIsRefused() throws Exception {
    value(FsTrees.copyTree(loop, at("tree/a"), at("real")));
    make("to-copy->real", "to-source->tree/a");
    assertThat(value(FsTrees.copyTree(loop, at("tree/a"), at("to-copy"), options)).kept())
        .isEqualTo(1);
    TreeResult refused = value(FsTrees.copyTree(loop, at("tree/a"), at("to-source"), options));
    assertThat(messages(refused))
        .containsExactly("EINVAL: invalid argument, copy onto itself '" + at("to-source") + "'");
    assertThat(temp.resolve("to-copy")).isSymbolicLink();
  }

  @Test
  void whatIsInTheWayIsAFailureAsEver() throws Exception {
    make("copy/a/", "copy/b->dangling", "copy/link/", "copy/sub");
    TreeResult result = value(resume("copy", options));
    assertThat(messages(result))
        .containsExactlyInAnyOrder(
            "EISDIR: is a directory, open '" + at("copy/a") + "'",
            "ENOENT: no such file or directory, copy through a dangling link '"
                + at("copy/b")
                + "'",
            "EISDIR: is a directory, symlink '" + at("copy/link") + "'",
            "EEXIST: file exists, mkdir '" + at("copy/sub") + "'");
    assertThat(result.files()).isEqualTo(1);
  }

  @Test
  void aDirectoryThatItsOwnerMayNotWriteToIsOpenedMeanwhile() throws Exception {
    make("copy/sub/", "copy/no/");
    Files.setAttribute(temp.resolve("tree/sub"), "unix:mode", 0550);
    Files.setAttribute(temp.resolve("copy/sub"), "unix:mode", 0550);
    Counting counting = new Counting();
    loop.setObserver(counting);
    assertThat(value(resume("copy", options)).hasFailures()).isFalse();
    assertThat(counting.paths("chmod"))
        .containsExactlyInAnyOrder(at("copy/sub"), at("copy/sub"), at("copy/no"), at("copy"));
    assertThat(temp.resolve("copy/sub/c")).exists();
    assertThat(Files.getAttribute(temp.resolve("copy/sub"), "unix:mode")).isEqualTo(040550);
  }

  @Test
  void thatItCannotBeOpenedIsNoFailureOfItsOwn() throws Exception {
    make("copy/sub/");
    Files.setAttribute(temp.resolve("copy/sub"), "unix:mode", 0500);
    AtomicReference<String> first = new AtomicReference<>();
    rig =
        (number, call, path) ->
            call.equals("chmod") && first.compareAndSet(null, path)
                ? (long) UvError.EPERM.code()
                : null;
    Files.setAttribute(temp.resolve("copy/sub"), "unix:mode", 0444);
    TreeResult result =
        value(FsTrees.copyTree(loop, at("tree/sub"), at("copy/sub"), options.concurrency(1)));
    assertThat(first).hasValue(at("copy/sub"));
    // What becomes of the entries is the system's business, and who runs this test.
    assertThat(messages(result)).noneMatch(line -> line.contains("chmod"));
    Files.setAttribute(temp.resolve("copy/sub"), "unix:mode", 0755);
  }

  /** Wherever it is taken back: what was whole stays as it is, and the rest is copied. */
  @Test
  void goesOnWhereverACopyWasCancelled() throws Exception {
    int wholeAtSomeTime = 0;
    boolean cancelled = true;
    for (int last = 0; cancelled; last++) {
      String copy = "copy" + targets++;
      int begun = fs.calls();
      int number = last;
      CompletableFuture<FsTask<TreeResult>> started = new CompletableFuture<>();
      rig =
          (n, call, arguments) -> {
            if (n == begun + number) {
              started.join().cancel(true);
            }
            return null;
          };
      FsTask<TreeResult> task =
          FsTrees.copyTree(loop, at("tree"), at(copy), new TreeOptions().concurrency(2));
      started.complete(task);
      loop.run();
      cancelled = task.isCancelled();
      wholeAtSomeTime += assertResumes(copy);
    }
    assertThat(wholeAtSomeTime).isPositive();
  }

  /** Also a copy that goes on may end early, and is gone on with. */
  @Test
  void aLoopThatIsShutDownLeavesNothingHalfMade() throws Exception {
    boolean finished = false;
    for (int turns = 0; !finished; turns++) {
      String copy = "copy" + targets++;
      make(copy + "/sub/", copy + "/link->nowhere");
      Files.setAttribute(temp.resolve(copy + "/sub"), "unix:mode", 0500);
      Loop other = Loop.open(new LoopOptions().with(FsBackend.OF_LOOP, fs));
      FsTask<TreeResult> task = FsTrees.copyTree(other, at("tree"), at(copy), options);
      for (int turn = 0; turn < turns; turn++) {
        other.run(RunMode.ONCE);
      }
      finished = task.isDone();
      other.shutdown();
      assertThat(task).isDone();
      assertResumes(copy);
    }
  }

  @Test
  void whicheverCallFailsItEndsInOrderAndCanBeGoneOnWith() throws Exception {
    int calls = resumeWithFailure(-1);
    assertThat(calls).isGreaterThan(30);
    for (int failing = 0; failing < calls; failing++) {
      resumeWithFailure(failing);
    }
  }

  /** Goes on with a copy that lacks some, has one call fail, and gives how many there were. */
  private int resumeWithFailure(int failing) throws Exception {
    String copy = "copy" + targets++;
    rig = (number, call, arguments) -> null;
    value(FsTrees.copyTree(loop, at("tree"), at(copy)));
    Files.delete(temp.resolve(copy).resolve("a"));
    Files.delete(temp.resolve(copy).resolve("sub/link"));
    int begun = fs.calls();
    rig =
        (number, call, arguments) ->
            failing >= 0 && number == begun + failing ? (long) UvError.EIO.code() : null;
    FsTask<TreeResult> task = resume(copy, options);
    loop.run();
    int calls = fs.calls() - begun;
    rig = (number, call, arguments) -> null;
    assertThat(fs.open()).isZero();
    assertThat(names(copy)).noneMatch(name -> name.contains(".uv-"));
    assertThat(task).isDone();
    // A file whose time could not be kept is whole, and nobody can see it.
    resumeToTheEnd(copy);
    return calls;
  }

  /** Goes on with a copy to its end, and gives how many entries were whole before, and stay. */
  private int assertResumes(String copy) throws Exception {
    rig = (number, call, arguments) -> null;
    assertThat(fs.open()).isZero();
    Map<String, Object> before = Files.exists(temp.resolve(copy)) ? inodes(copy) : Map.of();
    assertThat(before.keySet()).noneMatch(name -> name.contains(".uv-"));
    assertThat(resumeToTheEnd(copy).kept()).isEqualTo(before.size());
    assertThat(inodes(copy)).containsAllEntriesOf(before);
    return before.size();
  }

  private TreeResult resumeToTheEnd(String copy) throws Exception {
    TreeResult result = value(resume(copy, options));
    assertThat(result.errors()).isEmpty();
    assertThat(result.files() + result.links() + result.kept()).isEqualTo(6);
    assertThat(names(copy)).isEqualTo(names("tree"));
    for (String name : List.of("a", "b", "large", "sub/c")) {
      assertThat(temp.resolve(copy).resolve(name))
          .hasSameBinaryContentAs(temp.resolve("tree").resolve(name));
    }
    return result;
  }

  private FsTask<TreeResult> resume(String copy, TreeOptions how) {
    return FsTrees.copyTree(loop, at("tree"), at(copy), how);
  }

  /** The numbers of all files and links below {@code root}. */
  private Map<String, Object> inodes(String root) throws IOException {
    Map<String, Object> found = new HashMap<>();
    for (String name : names(root)) {
      Path path = temp.resolve(root).resolve(name);
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        found.put(name, Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS));
      }
    }
    return found;
  }

  private static void setTime(Path path, Instant time) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(time));
  }
}
