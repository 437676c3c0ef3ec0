// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsObserver;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.RiggedFs.Rig;
import io.minilibuv.fs.tree.TreeVisitor.Next;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A loop on a file system that can go wrong, an empty directory, and short forms. */
@ExtendWith(LeakCheck.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the trees have symbolic links")
abstract class TreeFixture {
  @TempDir Path temp;

  /** What goes wrong: nothing, unless a test sets it before it begins. */
  Rig rig = (number, call, path) -> null;

  final RiggedFs fs =
      new RiggedFs(
          new Rig() {
            @Override
            public Long before(int number, String call, String path) {
              return rig.before(number, call, path);
            }

            @Override
            public void after(String call) throws IOException {
              rig.after(call);
            }
          });

  final Loop loop = Loop.open(new LoopOptions().with(FsBackend.OF_LOOP, fs));

  @AfterEach
  final void leavesNothingOpen() {
    loop.shutdown();
    assertThat(fs.open()).isZero();
  }

  /** Shows what it is told, and lets the loop's requests be counted. */
  static final class Counting implements FsObserver {
    private final List<FsRequest> seen = new ArrayList<>();
    private int inFlight;
    private int most;

    @Override
    public void fsSubmitted(Loop loop, FsRequest request) {
      seen.add(request);
      most = Math.max(most, ++inFlight);
    }

    @Override
    public void fsDelivered(Loop loop, FsRequest request) {
      inFlight--;
    }

    /** How many requests were under way at once. */
    int most() {
      return most;
    }

    /** How often {@code call} was asked for. */
    long count(String call) {
      return seen.stream().filter(request -> request.fsType().callName().equals(call)).count();
    }

    /** The paths that {@code call} was asked for, in order. */
    List<String> paths(String call) {
      return seen.stream()
          .filter(request -> request.fsType().callName().equals(call))
          .map(FsRequest::path)
          .toList();
    }
  }

  final String at(String name) {
    return temp + "/" + name;
  }

  /**
   * Makes a directory of each name that ends in a slash, a link of each with an arrow, or a file.
   */
  final void make(String... names) throws IOException {
    for (String name : names) {
      String[] link = name.split("->", -1);
      Path path = temp.resolve(link[0]);
      Files.createDirectories(path.getParent());
      if (link.length == 2) {
        Files.createSymbolicLink(path, Path.of(link[1]));
      } else if (name.endsWith("/")) {
        Files.createDirectories(path);
      } else {
        Files.writeString(path, name);
      }
    }
  }

  /** All names below {@code root}, sorted; itself is empty. */
  final List<String> names(String root) throws IOException {
    Path top = temp.resolve(root);
    try (Stream<Path> all = Files.walk(top)) {
      return all.map(path -> top.relativize(path).toString()).sorted().toList();
    }
  }

  final TreeResult value(FsTask<TreeResult> task) {
    assertThat(task).isNotDone();
    loop.run();
    assertThat(loop.isAlive()).isFalse();
    return task.join();
  }

  /** What the operation did not begin for, or was ended by. */
  final Throwable failure(FsTask<TreeResult> task) {
    loop.run();
    Throwable thrown = catchThrowable(task::join);
    assertThat(thrown).isInstanceOf(CompletionException.class);
    return thrown.getCause();
  }

  final void assertRefused(String message, FsTask<TreeResult> task) {
    assertThat(failure(task)).isInstanceOf(UvException.class).hasMessage(message);
  }

  static List<String> messages(TreeResult result) {
    return result.errors().stream().map(UvException::getMessage).toList();
  }

  /** Has the calls of one name go wrong where their path ends in {@code end}. */
  static Rig when(String name, String end, Runnable change, Long result) {
    return (number, call, path) -> {
      if (call.equals(name) && path.endsWith(end)) {
        change.run();
        return result;
      }
      return null;
    };
  }

  static void remove(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Has a name of bytes that are no UTF-8 made by a program that does not care. */
  final void makeIllegible(String directory) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf x > \"$1/$(printf 'b\\377d')\"", "sh", at(directory))
            .inheritIO()
            .start();
    assertThat(shell.waitFor()).isZero();
  }

  /** Removes it likewise: JUnit cannot. */
  final void removeIllegible(String directory) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "rm -r \"$1\"", "sh", at(directory)).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
  }

  static TreeVisitor everything() {
    return entry -> Next.CONTINUE;
  }
}
