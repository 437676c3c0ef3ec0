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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What fs_event handles do on every backend, and libuv's own tests do not pin. The tests of a
 * backend extend it.
 */
abstract class FsEventContract extends FsEventFixture {

  final FsEventCallback noteAs(String who) {
    return (handle, name, events, status) -> told.add(who + " " + nameOf(events) + " " + name);
  }

  static void assertFails(UvError expected, FsEventHandle handle, String path) {
    assertThatThrownBy(() -> handle.start(path, FsEventFixture::fail))
        .asInstanceOf(type(UvException.class))
        .satisfies(
            thrown -> {
              assertThat(thrown.error()).isEqualTo(expected);
              assertThat(thrown.call()).isEqualTo("uv_fs_event_start");
              assertThat(thrown.path()).isEqualTo(path);
            });
  }

  @Test
  void aLoopMayGoToAnotherThread() throws Exception {
    Loop travelling = Loop.open(options());
    FsEventHandle handle = FsEventHandle.init(travelling);
    handle.start(dir.toString(), (h, name, events, status) -> h.close());
    create("a");
    FutureTask<Boolean> elsewhere =
        new FutureTask<>(
            () -> {
              try (travelling) {
                return travelling.run();
              }
            });
    new Thread(elsewhere).start();
    assertThat(elsewhere.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(handle.isClosing()).isTrue();
  }

  // What is told.

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

  // Several handles on a directory.

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
    watch(dir.toString(), this::note);
    create("b");
    runUntil(() -> told.contains("RENAME b"));
  }

  @Test
  void aLoopThatClosesTakesAllAlong() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Loop other = Loop.open(options())) {
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
}
