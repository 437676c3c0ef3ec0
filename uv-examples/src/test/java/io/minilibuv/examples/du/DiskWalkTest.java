// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.examples.cli.Failures;
import io.minilibuv.fs.FsObserver;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.FsType;
import io.minilibuv.threadpool.ThreadPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Fan-out, fan-in, and what comes between; a file's size is what it takes, a directory nothing. */
class DiskWalkTest {
  @TempDir private Path temp;
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private final Failures failures = new Failures();
  private final Map<String, DiskEntry> counted = new HashMap<>();
  private final DiskTally tally =
      new DiskTally(DiskWalkTest::sizeOfFile, false, entry -> counted.put(nameOf(entry), entry));
  private final DiskWalk walk = new DiskWalk(loop, tally, failures);

  /** Has something done at the first answer of a kind about a path. */
  private abstract static class OnceDelivered implements FsObserver {
    private final FsType type;
    private final String path;
    private boolean done;

    OnceDelivered(FsType type, Path path) {
      this.type = type;
      this.path = path.toString();
    }

    abstract void happen() throws IOException;

    @Override
    public void fsDelivered(Loop loop, FsRequest request) {
      if (!done && request.fsType() == type && path.equals(request.path())) {
        done = true;
        try {
          happen();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void sumsUpEveryDirectory() throws IOException {
    make("r/a", 1);
    make("r/b/c", 10);
    make("r/b/d/e", 100);
    make("r/b/d/f/g", 1000);
    Files.createDirectories(temp.resolve("r/empty"));
    DiskEntry root = walk("r");
    assertThat(root.bytes()).isEqualTo(1111);
    assertThat(root.isComplete()).isTrue();
    assertThat(counted)
        .containsOnlyKeys(
            "r", "r/a", "r/b", "r/b/c", "r/b/d", "r/b/d/e", "r/b/d/f", "r/b/d/f/g", "r/empty");
    assertThat(tally.entries()).isEqualTo(9);
    assertThat(tally.bytes()).isEqualTo(1111);
    assertThat(failures.count()).isZero();
  }

  @Test
  void aFileIsItsOwnSum() throws IOException {
    make("file", 17);
    DiskEntry root = walk("file");
    assertThat(root.bytes()).isEqualTo(17);
    assertThat(root.isDirectory()).isFalse();
  }

  @Test
  void whatIsNotThereHasNoRoot() {
    walk.start(temp.resolve("missing").toString());
    loop.run();
    assertThat(walk.root()).isNull();
    assertThat(failures.lines())
        .containsExactly(
            "ENOENT: no such file or directory, lstat '" + temp.resolve("missing") + "'");
  }

  @Test
  void fewRequestsAreUnderWayHoweverManyEntriesThereAre() throws IOException {
    for (int i = 0; i < 200; i++) {
      make("r/" + i % 5 + "/" + i, 1);
    }
    int[] underWay = new int[2];
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsSubmitted(Loop loop, FsRequest request) {
            underWay[0]++;
            underWay[1] = Math.max(underWay[0], underWay[1]);
          }

          @Override
          public void fsDelivered(Loop loop, FsRequest request) {
            underWay[0]--;
          }
        });
    assertThat(walk("r").bytes()).isEqualTo(200);
    assertThat(underWay).containsExactly(0, DiskWalk.MOST_UNDER_WAY);
  }

  @Test
  void aDirectoryThatGoesMeanwhileIsAFailureAndTheRestIsCounted() throws IOException {
    make("r/a/x", 1);
    make("r/b", 2);
    Path going = temp.resolve("r/a");
    loop.setObserver(
        new OnceDelivered(FsType.LSTAT, going) {
          @Override
          void happen() throws IOException {
            Files.delete(going.resolve("x"));
            Files.delete(going);
          }
        });
    assertThat(walk("r").bytes()).isEqualTo(2);
    assertThat(failures.lines())
        .containsExactly("ENOENT: no such file or directory, scandir '" + going + "'");
  }

  @Test
  void aDirectoryThatBecomesAFileIsAFailure() throws IOException {
    make("r/a/x", 1);
    Path changing = temp.resolve("r/a");
    loop.setObserver(
        new OnceDelivered(FsType.LSTAT, changing) {
          @Override
          void happen() throws IOException {
            Files.delete(changing.resolve("x"));
            Files.delete(changing);
            make("r/a", 5);
          }
        });
    assertThat(walk("r").bytes()).isZero();
    assertThat(failures.lines())
        .containsExactly("ENOTDIR: not a directory, scandir '" + changing + "'");
  }

  @Test
  void anEntryThatGoesMeanwhileIsAFailure() throws IOException {
    make("r/a", 1);
    make("r/b", 2);
    Path going = temp.resolve("r/a");
    loop.setObserver(
        new OnceDelivered(FsType.SCANDIR, temp.resolve("r")) {
          @Override
          void happen() throws IOException {
            Files.delete(going);
          }
        });
    assertThat(walk("r").bytes()).isEqualTo(2);
    assertThat(failures.lines())
        .containsExactly("ENOENT: no such file or directory, lstat '" + going + "'");
  }

  @Test
  void stoppedItComesInWithWhatIsCountedAndSaysThatItIsNotAll() throws IOException {
    for (int i = 0; i < 500; i++) {
      make("r/late/" + i, 1);
    }
    make("r/early/x", 7);
    stopAt(FsType.SCANDIR, temp.resolve("r/late"));
    DiskEntry root = walk("r");
    assertThat(root.isComplete()).isFalse();
    assertThat(root.bytes()).isLessThan(507);
    assertThat(root.bytes()).isEqualTo(tally.bytes());
    assertThat(failures.count()).isZero();
  }

  @Test
  void stoppedBeforeTheRootIsKnownItComesToNothing() throws IOException {
    make("r/a", 1);
    walk.start(temp.resolve("r").toString());
    walk.stop();
    loop.run();
    assertThat(walk.root()).isNotNull();
    assertThat(walk.root().isComplete()).isFalse();
    assertThat(walk.root().bytes()).isZero();
    assertThat(failures.count()).isZero();
  }

  @Test
  void whatWasAllInWhenItWasStoppedIsAll() throws IOException {
    make("r/a/x", 7);
    make("r/b/y", 9);
    make("r/b/z", 11);
    // There is one worker: requests are done in the order in which they begin.
    stopAt(FsType.LSTAT, temp.resolve("r/b/y"));
    DiskEntry root = walk("r");
    assertThat(counted.get("r/a").isComplete()).isTrue();
    assertThat(counted.get("r/a").bytes()).isEqualTo(7);
    assertThat(counted.get("r/b").isComplete()).isFalse();
    assertThat(root.isComplete()).isFalse();
    assertThat(root.bytes()).isBetween(7L + 9, 7L + 9 + 11);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its paths are shorter")
  void theDepthOfATreeCostsNoStack() throws Exception {
    Path deep = temp.resolve("r");
    for (int level = 0; level < 1000; level++) {
      deep = deep.resolve("d");
    }
    Files.createDirectories(deep);
    Files.write(deep.resolve("f"), new byte[3]);
    try {
      List<Throwable> thrown = new ArrayList<>();
      List<Long> sums = new ArrayList<>();
      // The least that a JVM gives, which a frame for each level would not fit in.
      Thread small =
          new Thread(
              null,
              () -> {
                try (Loop own = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool))) {
                  DiskWalk ownWalk = new DiskWalk(own, tally, failures);
                  ownWalk.start(temp.resolve("r").toString());
                  own.run();
                  sums.add(ownWalk.root().bytes());
                } catch (Throwable e) {
                  thrown.add(e);
                }
              },
              "small-stack",
              200_000);
      small.start();
      small.join();
      assertThat(thrown).isEmpty();
      assertThat(failures.lines()).isEmpty();
      assertThat(sums).containsExactly(3L);
      assertThat(tally.entries()).isEqualTo(1002);
    } finally {
      // A recursive delete would keep a thousand directories open.
      Files.delete(deep.resolve("f"));
      for (Path at = deep; !at.equals(temp); at = at.getParent()) {
        Files.delete(at);
      }
    }
  }

  private void stopAt(FsType type, Path path) {
    loop.setObserver(
        new OnceDelivered(type, path) {
          @Override
          void happen() {
            walk.stop();
          }
        });
  }

  private DiskEntry walk(String name) {
    walk.start(temp.resolve(name).toString());
    assertThat(walk.root()).as("nothing is known before the loop runs").isNull();
    assertThat(loop.run()).isFalse();
    DiskEntry root = walk.root();
    assertThat(root).isNotNull();
    return root;
  }

  private void make(String name, int size) throws IOException {
    Path path = temp.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[size]);
  }

  private String nameOf(DiskEntry entry) {
    return temp.relativize(Path.of(entry.path())).toString().replace('\\', '/');
  }

  private static long sizeOfFile(FsStat stat) {
    return stat.isRegularFile() ? stat.size() : 0;
  }
}
