// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** fs_event handles on inotify: the contract, and what is libuv's on Linux to the letter. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "inotify is Linux'")
class InotifyWatchTest extends FsEventContract {
  @Override
  LoopOptions options() {
    return new LoopOptions().pollBackend("epoll");
  }

  /** The kernel has it at once. */
  @Override
  void awaitPosted(Change change) throws IOException {
    change.make();
  }

  @Test
  void theLoopPollsInotifyAndHasNoThreadForIt() {
    watch(dir.toString(), this::note);
    assertThat(FsEventBackends.OF_LOOP.of(loop).name()).isEqualTo("inotify");
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("libuv-fs-event"));
  }

  // A single file.

  @Test
  void aFileThatIsDeletedIsToldThreeTimesAndThenNoMore() throws IOException {
    create("file");
    FsEventHandle handle = watch(at("file"), this::note);
    delete("file");
    runUntilTold("CHANGE file", "RENAME file", "RENAME file");
    create("file");
    touch("file");
    watch(dir.toString(), this::note);
    create("after");
    runUntilTold("RENAME after");
    assertThat(handle.isActive()).isTrue();
    handle.stop();
    handle.start(at("file"), this::note);
    Files.writeString(dir.resolve("file"), "x", StandardOpenOption.APPEND);
    runUntil(() -> told.size() == 2);
    assertThat(told).containsExactlyInAnyOrder("CHANGE file", "CHANGE file");
  }

  @Test
  void eachWriteOfAFileIsAChange() throws IOException {
    create("file");
    watch(at("file"), this::note);
    for (int i = 0; i < 3; i++) {
      touch("file");
      runUntilTold("CHANGE file");
    }
  }

  @Test
  void aFileThatIsMovedIsToldAndWatchedOn() throws IOException {
    create("file");
    watch(at("file"), this::note);
    Files.move(dir.resolve("file"), dir.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
    runUntilTold("RENAME file");
    touch("moved");
    runUntilTold("CHANGE file");
  }

  // The directory itself.

  @Test
  void theDirectoryItselfIsToldUnderItsOwnName() throws IOException {
    mkdir("sub");
    FsEventHandle handle = watch(at("sub"), noteAs("sub"));
    Files.move(dir.resolve("sub"), dir.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
    runUntilTold("sub RENAME sub");
    create("moved/a");
    runUntilTold("sub RENAME a");
    delete("moved/a");
    delete("moved");
    runUntilTold("sub RENAME a", "sub RENAME sub", "sub RENAME sub");
    assertThat(handle.isActive()).isTrue();
    assertThat(handle.getpath()).isEqualTo(at("sub"));
  }

  @Test
  void theNameOfADirectoryIsEmptyBehindASlash() throws IOException {
    mkdir("sub");
    watch(at("sub/"), this::note);
    delete("sub");
    runUntilTold("RENAME ", "RENAME ");
  }

  // Several handles.

  @Test
  void whatHandlesWatchUnderSeveralPathsIsOneAndEachHasItsOwnName() throws IOException {
    mkdir("sub");
    create("sub/file");
    Files.createLink(dir.resolve("other"), dir.resolve("sub/file"));
    watch(at("sub/file"), noteAs("first"));
    FsEventHandle second = watch(at("other"), noteAs("second"));
    assertThat(second.getpath()).isEqualTo(at("other"));
    touch("other");
    runUntilTold("first CHANGE file", "second CHANGE other");
  }

  /** As in C: it has the number of the one that it joins. */
  @Test
  void whoJoinsAnotherIsToldWhatIsOnItsWay() throws IOException {
    create("a");
    watch(dir.toString(), noteAs("first"));
    touch("a");
    watch(dir.toString(), noteAs("late"));
    runUntilTold("first CHANGE a", "late CHANGE a");
  }

  // Handles that callbacks stop and start.

  /** Three events that the kernel does not make one. */
  private void changeThrice(String name) throws IOException {
    Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(dir.resolve(name), mine);
    touch(name);
    Files.setPosixFilePermissions(dir.resolve(name), mine);
  }

  /** As in C: it has its number back, for that is not given up while an event of it is told. */
  @Test
  void whoItsOwnCallbackStartsAnewIsToldWhatIsOnItsWay() throws IOException {
    create("a");
    watch(
        at("a"),
        (handle, name, events, status) -> {
          told.add("first");
          handle.stop();
          handle.start(at("a"), noteAs("again"));
        });
    changeThrice("a");
    runUntilTold("first", "again CHANGE a", "again CHANGE a");
    touch("a");
    runUntilTold("again CHANGE a");
  }

  /** The number of another file is given up at once, as in C. */
  @Test
  void whoTheCallbackOfAnotherFileStartsAnewIsNotToldWhatWasOnItsWay() throws IOException {
    create("a");
    create("b");
    FsEventHandle other = watch(at("b"), FsEventFixture::fail);
    watch(
        at("a"),
        (handle, name, events, status) -> {
          told.add("a");
          other.stop();
          other.start(at("b"), noteAs("again"));
        });
    touch("a");
    touch("b");
    runUntilTold("a");
    touch("b");
    runUntilTold("again CHANGE b");
  }

  @Test
  void aCallbackThatStartsItsHandleAnewAndThrowsLosesNothing() throws IOException {
    create("a");
    watch(
        at("a"),
        (handle, name, events, status) -> {
          handle.stop();
          handle.start(at("a"), noteAs("again"));
          throw new IllegalArgumentException("thrown on purpose");
        });
    changeThrice("a");
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("thrown on purpose");
    runUntilTold("again CHANGE a", "again CHANGE a");
  }

  /** The event is not over yet: who starts before it goes on has the number still. */
  @Test
  void whoIsStartedAnewAfterACallbackThrewIsToldWhatIsOnItsWay() throws IOException {
    create("a");
    FsEventHandle[] second = new FsEventHandle[1];
    watch(
        at("a"),
        (handle, name, events, status) -> {
          handle.stop();
          second[0].stop();
          throw new IllegalArgumentException("thrown on purpose");
        });
    second[0] = watch(at("a"), FsEventFixture::fail);
    changeThrice("a");
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("thrown on purpose");
    second[0].start(at("a"), noteAs("again"));
    runUntilTold("again CHANGE a", "again CHANGE a");
  }

  // Names, and many of them.

  @Test
  void aNameOfAnyBytesIsTold() throws IOException {
    watch(dir.toString(), this::note);
    // A byte that is not UTF-8, and letters that are.
    String name = "caf\uDCE9-\u00e9\u4e2d";
    int fd = Fs.open(at(name), FsFlags.O_CREAT | FsFlags.O_WRONLY, 0644);
    Fs.close(fd);
    runUntil(() -> !told.isEmpty());
    assertThat(told).containsExactly("RENAME " + name);
    Fs.unlink(at(name));
  }

  @Test
  void manyEventsAreToldInTheirOrderInOneIteration() throws IOException {
    watch(dir.toString(), this::note);
    for (int i = 0; i < 1000; i++) {
      create("file" + i);
    }
    loop.run(RunMode.NOWAIT);
    assertThat(told)
        .containsExactlyElementsOf(
            IntStream.range(0, 1000).mapToObj(i -> "RENAME file" + i).toList());
  }
}
