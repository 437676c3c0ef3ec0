// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.minilibuv.core.HandleType;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What fs_event handles do that libuv's own tests do not pin. */
class FsEventWatchTest extends FsEventFixture {

  private FsEventCallback noteAs(String who) {
    return (handle, name, events, status) -> told.add(who + " " + nameOf(events) + " " + name);
  }

  private static void assertFails(UvError expected, FsEventHandle handle, String path) {
    assertThatThrownBy(() -> handle.start(path, FsEventFixture::fail))
        .asInstanceOf(type(UvException.class))
        .satisfies(
            thrown -> {
              assertThat(thrown.error()).isEqualTo(expected);
              assertThat(thrown.call()).isEqualTo("uv_fs_event_start");
              assertThat(thrown.path()).isEqualTo(path);
            });
  }

  private static long watchingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("libuv-fs-event"))
        .count();
  }

  // What is told of an entry.

  @Test
  @EnabledOnOs(OS.LINUX)
  void anEntryThatComesAndChangesAndGoes() throws IOException {
    watch(dir.toString(), this::note);
    create("a");
    touch("a");
    Files.setPosixFilePermissions(dir.resolve("a"), PosixFilePermissions.fromString("r--------"));
    runUntil(() -> told.size() >= 2);
    // The write and the new permissions may be one.
    assertThat(told).startsWith("RENAME a", "CHANGE a").hasSizeBetween(2, 3);
    told.clear();
    delete("a");
    runUntil(() -> told.contains("RENAME a"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void newPermissionsAreAChange() throws IOException {
    create("a");
    watch(dir.toString(), this::note);
    Files.setPosixFilePermissions(dir.resolve("a"), PosixFilePermissions.fromString("r--------"));
    runUntilTold("CHANGE a");
  }

  /** The kernel says with them that it is a directory, which libuv takes for more than a change. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void newPermissionsOfADirectoryAreBoth() throws IOException {
    mkdir("sub");
    List<Integer> seen = new ArrayList<>();
    watch(
        dir.toString(),
        (handle, name, events, status) -> {
          assertThat(name).isEqualTo("sub");
          seen.add(events);
        });
    Files.setPosixFilePermissions(dir.resolve("sub"), PosixFilePermissions.fromString("r-x------"));
    runUntil(() -> !seen.isEmpty());
    assertThat(seen).containsExactly(FsEventHandle.RENAME | FsEventHandle.CHANGE);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aRenameInTheDirectoryIsToldOfBothNames() throws IOException {
    create("old");
    watch(dir.toString(), this::note);
    Files.move(dir.resolve("old"), dir.resolve("new"));
    runUntilTold("RENAME old", "RENAME new");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsInADirectoryInTheDirectoryIsNotWatched() throws IOException {
    mkdir("sub");
    FsEventHandle handle = FsEventHandle.init(loop);
    handle.start(dir.toString(), this::note, FsEventFlag.values());
    create("sub/inner");
    create("outer");
    runUntil(() -> told.contains("RENAME outer"));
    assertThat(told).noneMatch(news -> news.contains("inner"));
  }

  // A single file.

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileIsWatchedOnWhenAnotherIsRenamedOverIt() throws IOException {
    create("file");
    watch(at("file"), this::note);
    create("temp");
    Files.move(dir.resolve("temp"), dir.resolve("file"), StandardCopyOption.ATOMIC_MOVE);
    runUntilTold("RENAME file");
    touch("file");
    runUntilTold("CHANGE file");
    delete("file");
    runUntilTold("RENAME file");
    create("file");
    runUntilTold("RENAME file");
  }

  @Test
  void aLinkToAFileIsToldUnderItsOwnName() throws IOException {
    mkdir("sub");
    create("sub/target");
    Files.createSymbolicLink(dir.resolve("link"), dir.resolve("sub/target"));
    watch(at("link"), this::note);
    touch("sub/target");
    runUntilTold("CHANGE link");
  }

  @Test
  void aLinkToADirectoryIsThatDirectory() throws IOException {
    mkdir("sub");
    Files.createSymbolicLink(dir.resolve("link"), dir.resolve("sub"));
    watch(at("link"), this::note);
    create("sub/a");
    runUntilTold("RENAME a");
  }

  // The directory itself.

  @Test
  void theNameOfADirectoryIsEmptyBehindASlash() throws IOException {
    mkdir("sub");
    watch(at("sub/"), this::note);
    delete("sub");
    runUntilTold("RENAME ");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aHandleWhoseDirectoryIsGoneStaysActiveAndHearsNothing() throws IOException {
    mkdir("sub");
    create("sub/file");
    FsEventHandle deaf = watch(at("sub"), noteAs("sub"));
    watch(at("sub/file"), noteAs("file"));
    delete("sub/file");
    delete("sub");
    runUntilTold("sub RENAME file", "file RENAME file", "sub RENAME sub");
    assertThat(deaf.isActive()).isTrue();
    assertThat(deaf.getpath()).isEqualTo(at("sub"));

    mkdir("sub");
    watch(at("sub"), noteAs("new"));
    create("sub/file");
    runUntilTold("new RENAME file");
    deaf.stop();
    deaf.start(at("sub"), noteAs("sub"));
    delete("sub/file");
    runUntilTold("new RENAME file", "sub RENAME file");
  }

  // Several handles on a directory.

  @Test
  void handlesOnADirectoryShareAKeyAndKeepTheirOrderAndPaths() throws IOException {
    mkdir("sub");
    create("sub/file");
    Files.createSymbolicLink(dir.resolve("link"), dir.resolve("sub"));
    FsEventHandle first = watch(at("sub/../link"), noteAs("first"));
    FsEventHandle second = watch(at("sub"), noteAs("second"));
    watch(at("sub/file"), noteAs("third"));
    assertThat(registered).hasSize(3).containsOnly(registered.get(0));
    assertThat(watchingThreads()).isEqualTo(1);
    assertThat(first.getpath()).isEqualTo(at("sub/../link"));
    assertThat(second.getpath()).isEqualTo(at("sub"));
    touch("sub/file");
    runUntilTold("first CHANGE file", "second CHANGE file", "third CHANGE file");
    first.stop();
    first.start(at("sub"), noteAs("first"));
    touch("sub/file");
    runUntilTold("second CHANGE file", "third CHANGE file", "first CHANGE file");
  }

  @Test
  void theKeyEndsWithTheLastHandle() throws IOException {
    FsEventHandle first = watch(dir.toString(), this::note);
    FsEventHandle second = watch(dir.toString(), this::note);
    first.stop();
    first.stop();
    assertThat(registered.get(0).isValid()).isTrue();
    second.close();
    assertThat(registered.get(0).isValid()).isFalse();
    first.start(dir.toString(), this::note);
    create("a");
    runUntilTold("RENAME a");
  }

  @Test
  void whatAnEarlierCallbackStopsOrClosesIsNotCalled() throws IOException {
    create("a");
    FsEventHandle[] others = new FsEventHandle[3];
    watch(
        dir.toString(),
        (handle, name, events, status) -> {
          others[0].stop();
          others[1].close();
          others[2].stop();
          others[2].start(dir.toString(), noteAs("restarted"));
          told.add("first");
        });
    for (int i = 0; i < others.length; i++) {
      others[i] = watch(dir.toString(), FsEventFixture::fail);
    }
    watch(dir.toString(), noteAs("last"));
    awaitPosted(() -> touch("a"));
    runUntilTold("first", "last CHANGE a");
  }

  @Test
  void whatWasPostedBeforeAStartIsNotTold() throws IOException {
    create("a");
    FsEventHandle first = watch(dir.toString(), noteAs("first"));
    FsEventHandle restarted = watch(dir.toString(), noteAs("restarted"));
    awaitPosted(() -> touch("a"));
    restarted.stop();
    restarted.start(dir.toString(), noteAs("restarted"));
    watch(dir.toString(), noteAs("late"));
    runUntilTold("first CHANGE a");

    // With nobody else on the directory the key is new.
    first.close();
    awaitPosted(() -> touch("a"));
    told.clear();
    runUntilTold("restarted CHANGE a", "late CHANGE a");
  }

  @Test
  void nothingOldIsToldOfADirectoryThatIsWatchedAnew() throws IOException {
    create("a");
    FsEventHandle handle = watch(dir.toString(), FsEventFixture::fail);
    awaitPosted(() -> touch("a"));
    handle.stop();
    handle.start(dir.toString(), this::note);
    create("b");
    runUntilTold("RENAME b");
  }

  @Test
  void aHandleThatACallbackStartsHearsWhatComesAfter() throws IOException {
    create("a");
    watch(
        dir.toString(),
        (handle, name, events, status) -> {
          handle.close();
          watch(dir.toString(), noteAs("second"));
          told.add("first");
        });
    awaitPosted(() -> touch("a"));
    runUntilTold("first");
    touch("a");
    runUntilTold("second CHANGE a");
  }

  @Test
  void afterACallbackThatThrewTheOthersAreToldAndNoneTwice() throws IOException {
    create("a");
    for (int i = 0; i < 3; i++) {
      int number = i;
      watch(
          dir.toString(),
          (handle, name, events, status) -> {
            told.add(number + " " + name);
            if (number < 2) {
              throw new IllegalArgumentException("thrown on purpose");
            }
          });
    }
    awaitPosted(() -> touch("a"));
    awaitPosted(() -> create("b"));
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(loop::run).hasMessage("thrown on purpose");
    }
    runUntilTold("0 a", "1 a", "2 a", "0 b", "1 b", "2 b");
  }

  // Starting and stopping.

  @Test
  void whatCannotBeStarted() throws IOException {
    create("file");
    FsEventHandle handle = FsEventHandle.init(loop);
    assertThat(handle.type()).isEqualTo(HandleType.FS_EVENT);
    assertFails(UvError.ENOENT, handle, at("missing"));
    assertFails(UvError.ENOTDIR, handle, at("file/"));
    assertFails(UvError.ENOTDIR, handle, at("file/below"));
    assertFails(UvError.EINVAL, handle, at("nul\0"));
    Files.createSymbolicLink(dir.resolve("dangling"), dir.resolve("missing"));
    assertFails(UvError.ENOENT, handle, at("dangling"));
    Files.createSymbolicLink(dir.resolve("round"), dir.resolve("round"));
    assertFails(UvError.ELOOP, handle, at("round"));
    assertThat(handle.isActive()).isFalse();
    assertThat(watchingThreads()).isZero();
    assertThat(loop.run()).isFalse();

    handle.start(dir.toString(), this::note);
    assertFailsActive(handle);
    create("still");
    runUntilTold("RENAME still");
    handle.close();
    assertThatIllegalStateException().isThrownBy(() -> handle.start(at("file"), this::note));
    handle.stop();
  }

  private void assertFailsActive(FsEventHandle handle) {
    assertThatThrownBy(() -> handle.start(at("missing"), FsEventFixture::fail))
        .asInstanceOf(type(UvException.class))
        .satisfies(thrown -> assertThat(thrown.error()).isEqualTo(UvError.EINVAL));
    assertThat(handle.isActive()).isTrue();
    assertThat(handle.getpath()).isEqualTo(dir.toString());
  }

  @Test
  void nullsAreRefused() {
    FsEventHandle handle = FsEventHandle.init(loop);
    assertThatNullPointerException().isThrownBy(() -> handle.start(null, this::note));
    assertThatNullPointerException().isThrownBy(() -> handle.start(at("a"), null));
    assertThatNullPointerException()
        .isThrownBy(() -> handle.start(dir.toString(), this::note, (FsEventFlag) null));
    assertThat(handle.isActive()).isFalse();
  }

  @Test
  void onlyAStartedHandleKeepsTheLoopAlive() {
    FsEventHandle handle = FsEventHandle.init(loop);
    assertThat(loop.run()).isFalse();
    handle.start(dir.toString(), this::note);
    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    handle.unref();
    assertThat(loop.run()).isFalse();
    handle.ref();
    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    handle.stop();
    assertThat(loop.run()).isFalse();
  }

  @Test
  void manyLivesLeaveNothingBehind() throws IOException {
    create("a");
    int lives = 1000;
    AtomicInteger closed = new AtomicInteger();
    for (int i = 0; i < lives; i++) {
      FsEventHandle handle = watch(i % 2 == 0 ? dir.toString() : at("a"), this::note);
      touch("a");
      if (i % 3 == 0) {
        handle.stop();
      }
      handle.close(h -> closed.incrementAndGet());
      loop.run(RunMode.NOWAIT);
    }
    assertThat(loop.run()).isFalse();
    assertThat(closed).hasValue(lives);
    assertThat(watchingThreads()).isEqualTo(1);
    watch(dir.toString(), this::note);
    create("b");
    runUntil(() -> told.contains("RENAME b"));
  }

  @Test
  void aLoopThatClosesTakesItsThreadAlong() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Loop other = Loop.open()) {
        FsEventHandle handle = FsEventHandle.init(other);
        handle.start(dir.toString(), this::note);
        create("file" + i);
        handle.close();
        other.run();
      }
    }
    // The check of what is left behind sees the threads and the descriptors.
    assertThat(told).isEmpty();
  }

  // Lost events, by the JDK itself.

  /** A key of the JDK's holds 512 events. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aKeyThatIsFullIsToldAndWhatItLostIsFound() throws IOException {
    create("first");
    watch(dir.toString(), this::note);
    // Once this is told, the listing is made.
    touch("first");
    runUntilTold("CHANGE first");
    shutGate(() -> touch("first"));
    List<String> names = IntStream.range(0, 600).mapToObj(i -> "f" + i).toList();
    for (String name : names) {
      create(name);
    }
    // The JDK's thread reads what fits its buffer before it does what it is asked for.
    for (int i = 0; i < 20; i++) {
      watch(dir.toString(), FsEventFixture::fail).close();
    }
    openGate();
    runUntil(() -> told.size() > 600);
    assertThat(told).contains("CHANGE null");
    assertThat(told).contains(names.stream().map(n -> "RENAME " + n).toArray(String[]::new));
  }
}
