// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.TestedBackend;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.TreeVisitor.Next;
import io.minilibuv.testing.Crew;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a visitor is shown, in which order, and how a walk ends. */
class TreeWalkTest extends TreeFixture {
  private static final TreeOptions ONE = new TreeOptions().concurrency(1);

  private final List<String> shown = new ArrayList<>();

  /** Writes down what it is shown, and answers what {@code answer} says. */
  private final class Writer implements TreeVisitor {
    private final Function<String, Next> answer;

    Writer(Function<String, Next> answer) {
      this.answer = answer;
    }

    @Override
    public Next enter(TreeEntry entry) {
      return note(entry.relative());
    }

    @Override
    public Next leave(TreeEntry directory) {
      return note("/" + directory.relative());
    }

    private Next note(String what) {
      assertThat(loop.isLoopThread()).isTrue();
      shown.add(what);
      return answer.apply(what);
    }
  }

  private Writer writer() {
    return new Writer(what -> Next.CONTINUE);
  }

  private Writer answering(String to, Next next) {
    return new Writer(what -> what.equals(to) ? next : Next.CONTINUE);
  }

  @Test
  void oneAtATimeDirectoriesComeBeforeTheirContentsAndNamesInOrder() throws Exception {
    make("r/b/y", "r/b/x/", "r/a", "r/c->nowhere", "r/d/");
    TreeResult result = value(FsTrees.walkTree(loop, at("r"), ONE, writer()));
    assertThat(shown)
        .containsExactly("", "a", "b", "b/x", "/b/x", "b/y", "/b", "c", "d", "/d", "/");
    assertThat(result).isEqualTo(new TreeResult(2, 4, 1, 0, 8, 0, 0, List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 1000})
  void everythingIsShownOnceInsideItsDirectoryAndNoMoreRequestsAreUnderWayThanAllowed(int most)
      throws Exception {
    List<String> expected = new ArrayList<>(List.of("", "/"));
    for (int i = 0; i < 10; i++) {
      expected.addAll(List.of("d" + i, "/d" + i));
      for (int k = 0; k < 10; k++) {
        make("r/d" + i + "/f" + k);
        expected.add("d" + i + "/f" + k);
      }
    }
    Counting counting = new Counting();
    loop.setObserver(counting);
    value(FsTrees.walkTree(loop, at("r"), new TreeOptions().concurrency(most), writer()));
    assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
    for (int i = 0; i < 10; i++) {
      int enter = shown.indexOf("d" + i);
      int leave = shown.indexOf("/d" + i);
      for (int k = 0; k < 10; k++) {
        assertThat(shown.indexOf("d" + i + "/f" + k)).isBetween(enter + 1, leave - 1);
      }
    }
    assertThat(shown).startsWith("").endsWith("/");
    assertThat(counting.most()).isLessThanOrEqualTo(most);
    if (most <= 8) {
      assertThat(counting.most()).isEqualTo(most);
    }
  }

  @Test
  void anEntryTellsWhereAndWhatItIs() throws Exception {
    make("r/d/file", "r/d/link->file");
    List<TreeEntry> entries = new ArrayList<>();
    value(
        FsTrees.walkTree(
            loop,
            at("r/"),
            ONE,
            entry -> {
              entries.add(entry);
              return Next.CONTINUE;
            }));
    assertThat(entries.stream().map(TreeEntry::path))
        .containsExactly(at("r/"), at("r/d"), at("r/d/file"), at("r/d/link"));
    assertThat(entries.stream().map(TreeEntry::relative))
        .containsExactly("", "d", "d/file", "d/link");
    assertThat(entries.stream().map(TreeEntry::depth)).containsExactly(0, 1, 2, 2);
    assertThat(entries.stream().map(TreeEntry::type))
        .containsExactly(DirentType.DIR, DirentType.DIR, DirentType.FILE, DirentType.LINK);
    assertThat(entries.get(2).stat().size()).isEqualTo("r/d/file".length());
  }

  @Test
  void aFileALinkAndAnEmptyDirectoryAreTreesToo() throws Exception {
    make("file", "empty/", "link->empty");
    assertThat(value(FsTrees.walkTree(loop, at("file"), writer())).files()).isEqualTo(1);
    assertThat(value(FsTrees.walkTree(loop, at("link"), writer())).links()).isEqualTo(1);
    assertThat(shown).containsExactly("", "");
    assertThat(value(FsTrees.walkTree(loop, at("empty"), writer())).directories()).isEqualTo(1);
    assertThat(shown).containsExactly("", "", "", "/");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/null there as a device")
  void aDeviceIsAnEntryToo() {
    List<DirentType> types = new ArrayList<>();
    TreeResult result =
        value(
            FsTrees.walkTree(
                loop,
                "/dev/null",
                entry -> {
                  types.add(entry.type());
                  return Next.CONTINUE;
                }));
    assertThat(types).containsExactly(DirentType.CHAR);
    assertThat(result.others()).isEqualTo(1);
  }

  @Test
  void linksAreNotFollowedWhereverTheyLead() throws Exception {
    make("r/up->..", "r/self->self", "r/d/back->../d", "r/d/file");
    value(FsTrees.walkTree(loop, at("r"), ONE, writer()));
    assertThat(shown).containsExactly("", "d", "d/back", "d/file", "/d", "self", "up", "/");
  }

  @Test
  void whatIsSkippedIsNeitherListedNorLeft() throws Exception {
    make("r/a/x", "r/b/x", "r/c");
    Counting counting = new Counting();
    loop.setObserver(counting);
    value(FsTrees.walkTree(loop, at("r"), ONE, answering("a", Next.SKIP)));
    assertThat(shown).containsExactly("", "a", "b", "b/x", "/b", "c", "/");
    assertThat(counting.paths("scandir")).containsExactly(at("r"), at("r/b"));
  }

  @Test
  void aVisitorCanEndTheWalk() throws Exception {
    make("r/a/x", "r/a/y", "r/b", "r/c");
    TreeResult result = value(FsTrees.walkTree(loop, at("r"), ONE, answering("a/x", Next.END)));
    assertThat(shown).containsExactly("", "a", "a/x");
    assertThat(result).isEqualTo(new TreeResult(1, 2, 0, 0, 5, 0, 0, List.of()));
    shown.clear();
    value(FsTrees.walkTree(loop, at("r"), ONE, answering("/a", Next.END)));
    assertThat(shown).containsExactly("", "a", "a/x", "a/y", "/a");
    shown.clear();
    value(FsTrees.walkTree(loop, at("r"), answering("", Next.END)));
    assertThat(shown).containsExactly("");
  }

  @Test
  void aVisitorThatIsAtItWithManyIsNotCalledAfterTheEnd() throws Exception {
    for (int i = 0; i < 50; i++) {
      make("r/d" + i + "/f");
    }
    value(FsTrees.walkTree(loop, at("r"), answering("d7/f", Next.END)));
    assertThat(shown).endsWith("d7/f");
  }

  @Test
  void whatAVisitorThrowsEndsTheWalk() throws Exception {
    make("r/a/x", "r/b");
    IllegalStateException mine = new IllegalStateException("mine");
    for (String where : List.of("", "a", "a/x", "/a", "b", "/")) {
      shown.clear();
      Writer thrower =
          new Writer(
              what -> {
                if (what.equals(where)) {
                  throw mine;
                }
                return Next.CONTINUE;
              });
      assertThat(failure(FsTrees.walkTree(loop, at("r"), ONE, thrower))).isSameAs(mine);
      assertThat(shown).endsWith(where);
    }
    assertThat(failure(FsTrees.walkTree(loop, at("r"), entry -> null)))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void whatAListenerThrowsEndsTheWalk() throws Exception {
    make("r/a", "r/b");
    IllegalStateException mine = new IllegalStateException("mine");
    TreeListener listener =
        new TreeListener() {
          @Override
          public void done(TreeEntry entry, long bytes) {
            if (entry.relative().equals("a")) {
              throw mine;
            }
          }
        };
    TreeOptions options = new TreeOptions().concurrency(1).listener(listener);
    assertThat(failure(FsTrees.walkTree(loop, at("r"), options, writer()))).isSameAs(mine);
    assertThat(shown).containsExactly("");
  }

  @Test
  void aRootThatCannotBeLookedAtIsARefusal() {
    assertRefused(
        "ENOENT: no such file or directory, lstat '" + at("none") + "'",
        FsTrees.walkTree(loop, at("none"), writer()));
    assertRefused(
        "ENOENT: no such file or directory, lstat ''", FsTrees.walkTree(loop, "", writer()));
    assertThat(shown).isEmpty();
  }

  @Test
  void aDirectoryThatVanishesIsAFailureAndTheRestIsShown() throws Exception {
    make("r/a/", "r/b/", "r/c");
    Writer remover =
        new Writer(
            what -> {
              if (what.equals("a")) {
                remove(temp.resolve("r/a"));
                remove(temp.resolve("r/b"));
              }
              return Next.CONTINUE;
            });
    TreeResult result = value(FsTrees.walkTree(loop, at("r"), ONE, remover));
    assertThat(shown).containsExactly("", "a", "/a", "c", "/");
    assertThat(messages(result))
        .containsExactly(
            "ENOENT: no such file or directory, scandir '" + at("r/a") + "'",
            "ENOENT: no such file or directory, lstat '" + at("r/b") + "'");
    assertThat(result.failures()).isEqualTo(2);
    assertThat(result.hasFailures()).isTrue();
  }

  /** To prevent it, calls would have to go by descriptors. */
  @Test
  void aLinkThatTakesADirectorysPlaceMeanwhileIsFollowed() throws Exception {
    make("r/a/file", "elsewhere/secret");
    Writer swapper =
        new Writer(
            what -> {
              if (what.equals("a")) {
                remove(temp.resolve("r/a/file"));
                remove(temp.resolve("r/a"));
                Fs.symlink("../elsewhere", at("r/a"));
              }
              return Next.CONTINUE;
            });
    value(FsTrees.walkTree(loop, at("r"), ONE, swapper));
    assertThat(shown).containsExactly("", "a", "a/secret", "/a", "/");
  }

  @Test
  void aDirectoryThatMayNotBeReadIsAFailureAndTheRestIsShown() throws Exception {
    make("r/a/x", "r/b/x");
    rig = when("scandir", "/a", () -> {}, (long) UvError.EACCES.code());
    TreeResult result = value(FsTrees.walkTree(loop, at("r"), ONE, writer()));
    assertThat(shown).containsExactly("", "a", "/a", "b", "b/x", "/b", "/");
    assertThat(messages(result))
        .containsExactly("EACCES: permission denied, scandir '" + at("r/a") + "'");
  }

  @Test
  void failuresBeyondABoundAreOnlyCounted() throws Exception {
    for (int i = 0; i < 20; i++) {
      make("r/f" + i);
    }
    rig =
        (number, call, path) ->
            call.equals("lstat") && number > 0 ? (long) UvError.EIO.code() : null;
    List<String> told = new ArrayList<>();
    TreeListener listener =
        new TreeListener() {
          @Override
          public void failed(io.minilibuv.core.UvException failure) {
            told.add(failure.getMessage());
          }
        };
    TreeOptions options = new TreeOptions().keptErrors(3).listener(listener);
    TreeResult result = value(FsTrees.walkTree(loop, at("r"), options, everything()));
    assertThat(result.failures()).isEqualTo(20);
    assertThat(messages(result)).hasSize(3).isEqualTo(told.subList(0, 3));
    assertThat(told).hasSize(20);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names are Unicode")
  void aNameThatIsNoTextIsAFailureOnJavaNio() throws Exception {
    make("r/d/", "r/e");
    makeIllegible("r/d");
    TreeResult result = value(FsTrees.walkTree(loop, at("r"), ONE, writer()));
    removeIllegible("r");
    if (TestedBackend.NIO) {
      assertThat(shown).containsExactly("", "d", "/d", "e", "/");
      assertThat(messages(result)).singleElement().asString().contains("lstat '" + at("r/d/b"));
    } else {
      assertThat(shown).containsExactly("", "d", "d/b\udcffd", "/d", "e", "/");
      assertThat(messages(result)).isEmpty();
    }
  }

  @Test
  void cancelledTheWalkShowsNothingMore() throws Exception {
    make("r/a/x", "r/b");
    @SuppressWarnings({"unchecked", "rawtypes"})
    FsTask<TreeResult>[] task = new FsTask[1];
    Writer canceller =
        new Writer(
            what -> {
              assertThat(!what.equals("a") || task[0].cancel(true)).isTrue();
              return Next.CONTINUE;
            });
    task[0] = FsTrees.walkTree(loop, at("r"), ONE, canceller);
    loop.run();
    assertThat(task[0]).isCancelled();
    assertThat(shown).containsExactly("", "a");
  }

  @Test
  void nothingIsAskedOnAnotherThreadOrWithoutArguments() throws Exception {
    make("r/");
    try (Crew crew = new Crew()) {
      crew.start(
          () ->
              assertThatIllegalStateException()
                  .isThrownBy(() -> FsTrees.walkTree(loop, at("r"), everything())));
    }
    assertThatNullPointerException().isThrownBy(() -> FsTrees.walkTree(loop, null, everything()));
    assertThatNullPointerException().isThrownBy(() -> FsTrees.walkTree(loop, at("r"), null));
    assertThatNullPointerException().isThrownBy(() -> FsTrees.copyTree(loop, at("r"), null));
    assertThatNullPointerException().isThrownBy(() -> FsTrees.removeTree(loop, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new TreeOptions().concurrency(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new TreeOptions().keptErrors(-1));
    assertThat(loop.isAlive()).isFalse();
    assertThat(Path.of(at("r"))).isDirectory();
  }
}
