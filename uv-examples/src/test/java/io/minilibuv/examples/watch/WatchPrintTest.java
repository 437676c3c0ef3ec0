// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import static io.minilibuv.examples.LiveProgram.patiently;
import static io.minilibuv.examples.Refusal.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.LiveProgram;
import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import io.minilibuv.examples.Restricted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code uv watch} as a process, without a command: what it prints.
 *
 * <p>Changes that come fast may be merged, and one may be told twice. So it is waited for lines,
 * and their number is not looked at.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such modes, pipes and signals")
class WatchPrintTest {
  @TempDir private Path temp;
  private Path work;

  @BeforeEach
  void makeDirectory() throws IOException {
    work = Files.createDirectory(temp.resolve("work"));
  }

  @Test
  void printsWhatHappensInADirectory() throws Exception {
    Path file = Files.writeString(work.resolve("here"), "content");
    try (LiveProgram watch = LiveProgram.start(work, "watch", ".", "--threads", "1", "--stats")) {
      watch.awaitErr("uv: watch: watching 1 path");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
      awaitLine(watch, "change here");
      Files.move(file, work.resolve("there"));
      awaitLine(watch, "rename here");
      awaitLine(watch, "rename there");
      Files.writeString(work.resolve("a\nb"), "");
      awaitLine(watch, "rename a\\nb");
      assertThat(watch.interrupt()).isEqualTo(128 + 15);
      assertThat(watch.err().get(1)).matches("uv: watch: interrupted, [0-9]+ changes");
      assertThat(watch.err().get(2)).startsWith("stats: time ");
    }
  }

  @Test
  void printsWhatHappensToAFileThatIsSavedByRename() throws Exception {
    Path file = Files.writeString(work.resolve("file"), "content");
    try (LiveProgram watch = LiveProgram.start(work, "watch", "./file")) {
      watch.awaitErr("uv: watch: watching 1 path");
      for (int save = 0; save < 3; save++) {
        int before = lines(watch).size();
        Files.move(Files.writeString(work.resolve("file~"), "new"), file, ATOMIC_MOVE);
        watch.await(() -> assertThat(lines(watch)).hasSizeGreaterThan(before));
      }
      assertThat(lines(watch)).containsOnly("rename ./file");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
      awaitLine(watch, "change ./file");
    }
  }

  @Test
  void followsALinkToTheFileThatItLeadsToNow() throws Exception {
    Path first = Files.writeString(temp.resolve("first"), "content");
    Path other =
        Files.writeString(Files.createDirectory(temp.resolve("other")).resolve("second"), "");
    Path link = Files.createSymbolicLink(work.resolve("link"), first);
    try (LiveProgram watch = LiveProgram.start(work, "watch", "link")) {
      watch.awaitErr("uv: watch: watching 1 path");
      Files.setLastModifiedTime(first, FileTime.fromMillis(1_000_000));
      awaitLine(watch, "change link");
      Path next = Files.createSymbolicLink(work.resolve("link~"), other);
      Files.move(next, link, ATOMIC_MOVE);
      awaitLine(watch, "rename link");
      int before = lines(watch).size();
      Files.writeString(other, "told of");
      watch.await(() -> assertThat(lines(watch)).hasSizeGreaterThan(before));
      Files.move(other, temp.resolve("gone"));
      watch.await(() -> assertThat(lines(watch)).endsWith("rename link"));
      int atLast = lines(watch).size();
      Files.move(temp.resolve("gone"), other);
      watch.await(() -> assertThat(lines(watch)).hasSizeGreaterThan(atLast));
    }
  }

  @Test
  void endsWithTheDirectoryOfItsFile() throws Exception {
    Path inside = Files.createDirectory(work.resolve("inside"));
    Path file = Files.writeString(inside.resolve("file"), "content");
    try (LiveProgram watch = LiveProgram.start(work, "watch", "inside/file")) {
      watch.awaitErr("uv: watch: watching 1 path");
      watch.stop();
      Files.delete(file);
      Files.delete(inside);
      watch.signal("CONT");
      assertThat(watch.end()).isEqualTo(1);
      assertThat(lines(watch)).contains("rename inside/file");
      assertThat(watch.err())
          .contains("uv: watch: ENOENT: no such file or directory, watch 'inside/file'");
    }
  }

  @Test
  void goesOnWhenTheDirectoryOfItsFileIsMadeAnew() throws Exception {
    Path inside = Files.createDirectory(work.resolve("inside"));
    Path file = Files.writeString(inside.resolve("file"), "content");
    try (LiveProgram watch = LiveProgram.start(work, "watch", "inside/file")) {
      watch.awaitErr("uv: watch: watching 1 path");
      watch.stop();
      Files.delete(file);
      Files.delete(inside);
      Files.createDirectory(inside);
      watch.signal("CONT");
      awaitLine(watch, "rename inside/file");
      watch.await(
          () -> {
            // Nothing says when it watches the new one: but sooner or later it does.
            Files.writeString(file, "anew");
            assertThat(lines(watch)).contains("change inside/file");
          });
    }
  }

  @Test
  void watchesDirectoriesThatComeAndGo() throws Exception {
    Path old = Files.createDirectories(temp.resolve("elsewhere/old/deep"));
    Files.createSymbolicLink(work.resolve("tree"), temp.resolve("elsewhere"));
    Files.createSymbolicLink(old.resolve("loop"), work.resolve("tree"));
    try (LiveProgram watch = LiveProgram.start(work, "watch", "-r", "tree/")) {
      watch.awaitErr("uv: watch: watching 3 paths");
      Files.writeString(old.resolve("file"), "");
      awaitLine(watch, "rename tree/old/deep/file");
      for (int round = 0; round < 3; round++) {
        Path fresh = Files.createDirectories(work.resolve("tree/new/a/b"));
        Path first = Files.writeString(fresh.resolve("first" + round), "");
        awaitLine(watch, "rename tree/new/a/b/first" + round);
        Files.writeString(fresh.resolve("second" + round), "");
        awaitLine(watch, "rename tree/new/a/b/second" + round);
        Path moved = Files.move(work.resolve("tree/new"), work.resolve("tree/moved" + round));
        awaitLine(watch, "rename tree/moved" + round + "/a/b/first" + round);
        Files.setLastModifiedTime(
            moved.resolve("a/b").resolve(first.getFileName()), FileTime.fromMillis(1_000_000));
        awaitLine(watch, "change tree/moved" + round + "/a/b/first" + round);
      }
      assertThat(watch.out()).doesNotContain("loop/").doesNotContain("deep/deep");
    }
  }

  @Test
  void goesOnWithADirectoryThatIsMadeAnewAndEndsWithOneThatIsNot() throws Exception {
    Path directory = Files.createDirectory(work.resolve("directory"));
    try (LiveProgram watch = LiveProgram.start(work, "watch", "directory")) {
      watch.awaitErr("uv: watch: watching 1 path");
      Files.createDirectory(directory.resolve("directory"));
      awaitLine(watch, "rename directory/directory");
      Files.writeString(directory.resolve("file"), "");
      awaitLine(watch, "rename directory/file");
      watch.stop();
      for (Path gone :
          List.of(directory.resolve("file"), directory.resolve("directory"), directory)) {
        Files.delete(gone);
      }
      Files.createDirectory(directory);
      watch.signal("CONT");
      watch.await(
          () -> {
            // Nothing says when it watches the new one: but sooner or later it does.
            Files.deleteIfExists(directory.resolve("anew"));
            Files.createDirectory(directory.resolve("anew"));
            assertThat(lines(watch)).contains("rename directory/anew");
          });
      Files.delete(directory.resolve("anew"));
      Files.delete(directory);
      assertThat(watch.end()).isEqualTo(1);
      assertThat(lines(watch)).endsWith("rename directory");
      assertThat(watch.err())
          .contains("uv: watch: ENOENT: no such file or directory, watch 'directory'");
    }
  }

  @Test
  void endsWhenItWasQuietAsOftenAsItIsAskedTo() throws Exception {
    try (LiveProgram watch = LiveProgram.start(work, "watch", "-1", "--debounce", "0", ".")) {
      watch.awaitErr("uv: watch: watching 1 path");
      Files.createDirectory(work.resolve("new"));
      assertThat(watch.end()).isZero();
      assertThat(lines(watch)).containsExactly("rename new");
      assertThat(watch.err()).endsWith("uv: watch: 1 change");
    }
  }

  @Test
  void endsWhenNobodyReadsThePipe() throws Exception {
    try (LiveProgram watch = LiveProgram.startPiped(work, "watch", ".")) {
      watch.awaitErr("uv: watch: watching 1 path");
      try (InputStream output = watch.process().getInputStream()) {
        Files.createDirectory(work.resolve("one"));
        assertThat(new String(patiently(() -> output.readNBytes(11)), UTF_8))
            .isEqualTo("rename one\n");
      }
      Files.createDirectory(work.resolve("two"));
      assertThat(watch.end()).isEqualTo(128 + 13);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere nobody says how much is too much")
  void tellsThatThereWasMore() throws Exception {
    Path one = Files.createFile(work.resolve("one"));
    Path other = Files.createFile(work.resolve("other"));
    int most;
    try (InputStream limit =
        Files.newInputStream(Path.of("/proc/sys/fs/inotify/max_queued_events"))) {
      most = Integer.parseInt(new String(limit.readNBytes(20), UTF_8).strip());
    }
    try (LiveProgram watch = LiveProgram.start(work, "watch", ".")) {
      watch.awaitErr("uv: watch: watching 1 path");
      watch.stop();
      for (int i = 0; i <= most; i++) {
        Files.setLastModifiedTime(i % 2 == 0 ? one : other, FileTime.fromMillis(i));
      }
      watch.signal("CONT");
      awaitLine(watch, "overflow .");
      Files.createDirectory(work.resolve("after"));
      awaitLine(watch, "rename after");
    }
  }

  @Test
  void watchesTheRestOfATree() throws Exception {
    Path locked = Files.createDirectories(work.resolve("tree/locked"));
    Files.createDirectory(work.resolve("tree/open"));
    Files.setAttribute(locked, "unix:mode", 0);
    Program program = Program.in(work).under(Restricted.from(locked));
    try (LiveProgram watch = LiveProgram.start(program.builder("watch", "-r", "tree"), work)) {
      watch.awaitErr("uv: watch: watching 2 paths");
      watch.awaitErr("uv: watch: EACCES: permission denied, uv_fs_event_start 'tree/locked'");
      Files.createDirectory(work.resolve("tree/open/new"));
      awaitLine(watch, "rename tree/open/new");
    } finally {
      Files.setAttribute(locked, "unix:mode", 0700);
    }
  }

  @Test
  void refusesWhatMakesNoSense() throws Exception {
    assertRefused("Missing required parameter: 'PATH'", "watch");
    assertRefused("Missing PATH before --", "watch", "--", "ls");
    assertRefused("Missing COMMAND after --", "watch", ".", "--");
    assertRefused("--kill needs a COMMAND after --", "watch", "--kill", ".");
    assertRefused("--run-at-start needs a COMMAND after --", "watch", "--run-at-start", ".");
    assertRefused("--max-runs takes a number from 1 to 1024, not 0", "watch", "--max-runs=0", ".");
    assertRefused(
        "--debounce takes a number from 0 to 3600000, not 3600001",
        "watch",
        "--debounce=3600001",
        ".");
    Outcome outcome = Program.in(work).run("watch", ".", "missing");
    assertThat(outcome.err())
        .containsExactly("uv: watch: ENOENT: no such file or directory, stat 'missing'");
    assertThat(outcome.status()).isEqualTo(1);
  }

  private static void awaitLine(LiveProgram watch, String line) {
    watch.await(() -> assertThat(lines(watch)).contains(line));
  }

  private static List<String> lines(LiveProgram watch) throws IOException {
    return watch.out().lines().toList();
  }
}
