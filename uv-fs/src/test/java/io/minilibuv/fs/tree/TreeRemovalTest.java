// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.TestedBackend;
import io.minilibuv.fs.futures.FsTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Removing: what goes, what stays, and what is no failure. */
class TreeRemovalTest extends TreeFixture {
  private static final TreeOptions ONE = new TreeOptions().concurrency(1);

  @Test
  void removesATreeFromBelow() throws Exception {
    make("r/a/b/c", "r/a/b/d->c", "r/e/", "r/f", "other");
    Counting counting = new Counting();
    loop.setObserver(counting);
    TreeResult result = value(FsTrees.removeTree(loop, at("r")));
    assertThat(result).isEqualTo(new TreeResult(2, 4, 1, 0, 10, 0, 0, List.of()));
    assertThat(names("")).containsExactly("", "other");
    List<String> directories = counting.paths("rmdir");
    assertThat(directories)
        .containsExactlyInAnyOrder(at("r"), at("r/a"), at("r/a/b"), at("r/e"))
        .endsWith(at("r"))
        .containsSubsequence(at("r/a/b"), at("r/a"));
    assertThat(counting.most()).isLessThanOrEqualTo(8);
  }

  @Test
  void removesAFileAnEmptyDirectoryOrALinkAlone() throws Exception {
    make("file", "empty/", "full/x", "link->full");
    assertThat(value(FsTrees.removeTree(loop, at("file"))).files()).isEqualTo(1);
    assertThat(value(FsTrees.removeTree(loop, at("empty"))).directories()).isEqualTo(1);
    assertThat(value(FsTrees.removeTree(loop, at("link"))).links()).isEqualTo(1);
    assertThat(names("")).containsExactly("", "full", "full/x");
  }

  @Test
  void neverGoesThroughALink() throws Exception {
    make("full/x", "r/up->..", "r/full->../full", "r/self->self");
    TreeResult result = value(FsTrees.removeTree(loop, at("r")));
    assertThat(result.links()).isEqualTo(3);
    assertThat(names("")).containsExactly("", "full", "full/x");
  }

  @Test
  void whatIsNotThereIsARefusalUnlessItMayBeMissing() {
    String refusal = "ENOENT: no such file or directory, lstat '" + at("none") + "'";
    assertRefused(refusal, FsTrees.removeTree(loop, at("none")));
    TreeOptions options = new TreeOptions().allowMissing(true);
    assertThat(value(FsTrees.removeTree(loop, at("none"), options)))
        .isEqualTo(new TreeResult(0, 0, 0, 0, 0, 0, 0, List.of()));
    assertRefused(
        "ENOENT: no such file or directory, lstat ''", FsTrees.removeTree(loop, "", options));
  }

  /**
   * Nothing but looking gets through to the file system: not even a mistake here removes a root.
   */
  @Test
  void rootsAndNamesOfNothingOfTheirOwnAreRefused() throws Exception {
    Set<String> harmless = Set.of("lstat", "realpath");
    rig = (number, call, path) -> harmless.contains(call) ? null : (long) UvError.EPERM.code();
    make("r/x", "root->/");
    for (String path :
        List.of("/", "//", "/.", "/tmp/..", at("root/"), at("root/."), at("r/."), at("r/.."))) {
      Counting counting = new Counting();
      loop.setObserver(counting);
      String why = path.endsWith("root/") ? "ENOTDIR: not a directory" : "EINVAL: invalid argument";
      assertRefused(why + ", remove '" + path + "'", FsTrees.removeTree(loop, path));
      assertThat(counting.paths("unlink")).isEmpty();
      assertThat(counting.paths("scandir")).isEmpty();
    }
    assertThat(names("")).containsExactly("", "r", "r/x", "root");
    // JUnit would warn of a link out of the folder that it removes.
    remove(temp.resolve("root"));
  }

  @Test
  void whatSomebodyElseRemovesIsNoFailureAndNotCounted() throws Exception {
    make("r/a", "r/b", "r/c/", "r/d/", "r/e/");
    rig =
        (number, call, path) -> {
          boolean theirs =
              (call.equals("lstat") && path.endsWith("/a"))
                  || (call.equals("unlink") && path.endsWith("/b"))
                  || (call.equals("lstat") && path.endsWith("/c"))
                  || (call.equals("scandir") && path.endsWith("/d"))
                  || (call.equals("rmdir") && path.endsWith("/e"));
          if (theirs) {
            remove(Path.of(path));
          }
          return null;
        };
    assertThat(value(FsTrees.removeTree(loop, at("r"))))
        .isEqualTo(new TreeResult(0, 1, 0, 0, 0, 0, 0, List.of()));
    assertThat(names("")).containsExactly("");
  }

  @Test
  void whatCannotBeRemovedIsAFailureAndStaysWithWhatItIsIn() throws Exception {
    make("r/a/b/c", "r/a/b/d", "r/e/f", "r/g/h");
    rig =
        (number, call, path) -> {
          boolean bad =
              (call.equals("unlink") && path.endsWith("/c"))
                  || (call.equals("scandir") && path.endsWith("/e"));
          return bad ? (long) UvError.EACCES.code() : null;
        };
    TreeResult result = value(FsTrees.removeTree(loop, at("r"), ONE));
    assertThat(messages(result))
        .containsExactly(
            "EACCES: permission denied, unlink '" + at("r/a/b/c") + "'",
            "EACCES: permission denied, scandir '" + at("r/e") + "'");
    assertThat(result)
        .extracting(TreeResult::files, TreeResult::directories)
        .containsExactly(2L, 1L);
    assertThat(names("r")).containsExactly("", "a", "a/b", "a/b/c", "e", "e/f");
  }

  @Test
  void aDirectoryThatIsFilledMeanwhileIsAFailure() throws Exception {
    make("r/a/b");
    rig =
        when(
            "rmdir",
            "/a",
            () -> {
              try {
                make("r/a/new");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            null);
    TreeResult result = value(FsTrees.removeTree(loop, at("r")));
    assertThat(messages(result))
        .containsExactly("ENOTEMPTY: directory not empty, rmdir '" + at("r/a") + "'");
    assertThat(names("r")).containsExactly("", "a", "a/new");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names are Unicode")
  void aNameThatIsNoTextKeepsItsDirectoryOnJavaNio() throws Exception {
    make("r/d/x", "r/e");
    makeIllegible("r/d");
    TreeResult result = value(FsTrees.removeTree(loop, at("r")));
    assertThat(Files.exists(temp.resolve("r/e"))).isFalse();
    assertThat(Files.exists(temp.resolve("r/d/x"))).isFalse();
    if (TestedBackend.NIO) {
      assertThat(Files.exists(temp.resolve("r/d"))).isTrue();
      removeIllegible("r");
      assertThat(messages(result))
          .containsExactly("ENOTEMPTY: directory not empty, rmdir '" + at("r/d") + "'");
    } else {
      assertThat(messages(result)).isEmpty();
      assertThat(Files.exists(temp.resolve("r"))).isFalse();
    }
  }

  @Test
  void cancelledItRemovesNothingMore() throws Exception {
    make("r/a", "r/b", "r/c", "r/d/e");
    @SuppressWarnings({"unchecked", "rawtypes"})
    FsTask<TreeResult>[] task = new FsTask[1];
    TreeListener listener =
        new TreeListener() {
          @Override
          public void done(TreeEntry entry, long bytes) {
            assertThat(!entry.relative().equals("b") || task[0].cancel(true)).isTrue();
          }
        };
    TreeOptions options = new TreeOptions().concurrency(1).listener(listener);
    task[0] = FsTrees.removeTree(loop, at("r"), options);
    loop.run();
    assertThat(task[0]).isCancelled();
    assertThat(names("r")).containsExactly("", "c", "d", "d/e");
  }
}
