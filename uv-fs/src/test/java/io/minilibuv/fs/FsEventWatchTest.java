// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** fs_event handles on a {@link java.nio.file.WatchService}: the contract, and what is its own. */
class FsEventWatchTest extends FsEventContract {

  private static long watchingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("libuv-fs-event"))
        .count();
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

  // Threads.

  @Test
  void aPathThatIsWrongCostsNoThreadAndManyHandlesCostOne() throws IOException {
    FsEventHandle handle = FsEventHandle.init(loop);
    assertFails(UvError.ENOENT, handle, at("missing"));
    assertThat(watchingThreads()).isZero();
    for (int i = 0; i < 3; i++) {
      mkdir("sub" + i);
      watch(at("sub" + i), this::note);
    }
    assertThat(watchingThreads()).isEqualTo(1);
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
