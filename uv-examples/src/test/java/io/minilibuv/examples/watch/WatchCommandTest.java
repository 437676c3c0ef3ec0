// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import static io.minilibuv.examples.LiveProgram.patiently;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.LiveProgram;
import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code uv watch} as a process, with a command.
 *
 * <p>A command that is to last waits for a line from {@code gate}, a pipe with a name, which the
 * test opens. With {@code -v} the program tells what it has seen.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no sh, no such pipes and signals")
class WatchCommandTest {
  private static final int TERMINATED = 128 + 15;
  private static final String WATCHING = "uv: watch: watching 1 path";
  private static final String LASTING = "echo run >> ../ran && read line < ../gate";

  @TempDir private Path temp;
  private Path work;
  private Path file;
  private Path gate;
  private Path ran;

  @BeforeEach
  void makeFiles() throws Exception {
    work = Files.createDirectory(temp.resolve("work"));
    file = Files.writeString(work.resolve("file"), "0");
    ran = Files.createFile(temp.resolve("ran"));
    gate = temp.resolve("gate");
    makePipe("gate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "."})
  void runsForEachSaveByRename(String path) throws Exception {
    try (LiveProgram watch = start(path, "cp file ../ran")) {
      for (int save = 1; save < 4; save++) {
        String content = "save " + save;
        Files.move(Files.writeString(work.resolve("file~"), content), file, ATOMIC_MOVE);
        watch.await(() -> assertThat(ran).hasContent(content));
      }
    }
  }

  @Test
  void runsForATouchOnOneThread() throws Exception {
    try (LiveProgram watch = start("file", "--threads", "1", "--stats", "echo ran > ../ran")) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
      watch.await(() -> assertThat(ran).hasContent("ran"));
      assertThat(watch.interrupt()).isEqualTo(TERMINATED);
      assertThat(watch.err())
          .anyMatch(line -> line.matches("uv: watch: interrupted, ran [0-9]+ times?"))
          .anyMatch(line -> line.startsWith("stats: time "));
    }
  }

  @Test
  void aBurstIsOneRun() throws Exception {
    try (LiveProgram watch = start(".", "-v", "--debounce", "2000", LASTING)) {
      // All at once: it sees them when it goes on.
      watch.stop();
      for (int i = 0; i < 100; i++) {
        Files.writeString(work.resolve("burst" + i), "content");
      }
      watch.signal("CONT");
      watch.await(() -> assertThat(ran).hasContent("run"));
      assertThat(said(watch)).contains("rename burst0").contains("rename burst99");
      openGate();
      awaitSaid(watch, "run 1: ended with 0");
      assertThat(watch.interrupt()).isEqualTo(TERMINATED);
      assertThat(watch.err()).contains("uv: watch: interrupted, ran 1 time");
    }
  }

  @Test
  void changesDuringARunAreOneRunMore() throws Exception {
    try (LiveProgram watch = start(".", "-v", "--debounce", "0", LASTING)) {
      Files.createDirectory(work.resolve("first"));
      watch.await(() -> assertThat(ran).hasContent("run"));
      for (int i = 0; i < 5; i++) {
        Files.createDirectory(work.resolve("later" + i));
        awaitSaid(watch, "rename later" + i);
        awaitSaid(watch, "quiet after " + (i + 2) + " changes");
      }
      openGate();
      awaitSaid(watch, "run 1: ended with 0");
      watch.await(() -> assertThat(ran).hasContent("run\nrun"));
      openGate();
      awaitSaid(watch, "run 2: ended with 0");
      assertThat(watch.interrupt()).isEqualTo(TERMINATED);
      assertThat(watch.err()).contains("uv: watch: interrupted, ran 2 times");
    }
  }

  @Test
  void killsARunAndWhatItHasStarted() throws Exception {
    // What is in the background lasts for ever, with a pipe of its run's open for writing.
    String command =
        "echo run >> ../ran; n=$(wc -l < ../ran); "
            + "(exec 3> ../run$((n)) && read line < ../gate) & wait";
    for (int i = 1; i <= 3; i++) {
      makePipe("run" + i);
    }
    try (LiveProgram watch = start(".", "--kill", "--debounce", "0", command)) {
      Files.createDirectory(work.resolve("change1"));
      for (int i = 1; i <= 3; i++) {
        String runs = "run\n".repeat(i);
        watch.await(() -> assertThat(ran).hasContent(runs));
        try (InputStream pipe = openPipe("run" + i)) {
          if (i < 3) {
            Files.createDirectory(work.resolve("change" + (i + 1)));
          } else {
            assertThat(watch.interrupt()).isEqualTo(TERMINATED);
          }
          assertThat(patiently(pipe::readAllBytes)).as("nobody has it open").isEmpty();
        }
      }
      assertThat(watch.err()).containsExactly(WATCHING, "uv: watch: interrupted, ran 3 times");
    }
  }

  @Test
  void anInterruptEndsACommandThatDoesNotListen() throws Exception {
    String deaf = "trap '' TERM; exec 3> ../pipe; echo run >> ../ran; read line < ../gate";
    makePipe("pipe");
    try (LiveProgram watch = start(".", "--run-at-start", deaf);
        InputStream pipe = openPipe("pipe")) {
      watch.await(() -> assertThat(ran).hasContent("run"));
      assertThat(watch.interrupt()).isEqualTo(TERMINATED);
      assertThat(patiently(pipe::readAllBytes)).as("nobody has it open").isEmpty();
      assertThat(watch.err()).endsWith("uv: watch: interrupted, ran 1 time");
    }
  }

  @Test
  void endsAfterSoManyRunsWithTheStatusOfTheLast() throws Exception {
    String command = "n=$(wc -l < ../ran); echo run >> ../ran; exit $((n + 3))";
    try (LiveProgram watch = start("-r", ".", "--run-at-start", "--max-runs", "2", command)) {
      watch.awaitErr("uv: watch: run 1 ended with status 3");
      Files.createDirectory(work.resolve("change"));
      assertThat(watch.end()).isEqualTo(4);
      assertThat(ran).hasContent("run\nrun");
      assertThat(watch.err())
          .containsExactly(
              WATCHING,
              "uv: watch: run 1 ended with status 3",
              "uv: watch: run 2 ended with status 4",
              "uv: watch: ran 2 times, 2 failed");
    }
  }

  @Test
  void givesTheCommandItsWordsAndItsOutput() throws Exception {
    Outcome outcome =
        Program.in(work)
            .run(
                "watch",
                "-1",
                "--run-at-start",
                ".",
                "--",
                "printf",
                "<%s>",
                "--stats",
                "-1",
                "--",
                "");
    assertThat(outcome.out()).containsExactly("<--stats><-1><--><>");
    assertThat(outcome.err()).containsExactly(WATCHING, "uv: watch: ran 1 time");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void goesOnWhenThereIsNoCommandYet() throws Exception {
    String tool = "../tool";
    try (LiveProgram watch = LiveProgram.start(work, "watch", "--run-at-start", ".", "--", tool)) {
      watch.awaitErr("uv: watch: ENOENT: no such file or directory, spawn '../tool'");
      Path made = Files.writeString(temp.resolve("tool~"), "#!/bin/sh\necho run > ../ran\n");
      Files.setAttribute(made, "unix:mode", 0755);
      Files.move(made, temp.resolve("tool"));
      Files.createDirectory(work.resolve("change"));
      watch.await(() -> assertThat(ran).hasContent("run"));
    }
  }

  @Test
  void runsOnceMoreWhenThereIsNothingToWatchAnyMore() throws Exception {
    Path directory = Files.createDirectory(work.resolve("directory"));
    try (LiveProgram watch = start("directory", "echo run >> ../ran")) {
      Files.delete(directory);
      assertThat(watch.end()).isEqualTo(1);
      assertThat(ran).hasContent("run");
      assertThat(watch.err())
          .containsExactly(
              WATCHING,
              "uv: watch: ENOENT: no such file or directory, watch 'directory'",
              "uv: watch: ran 1 time");
    }
  }

  /** Has a shell run the last of the words, and waits until it watches. */
  private LiveProgram start(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add(0, "watch");
    all.addAll(all.size() - 1, List.of("--", "sh", "-c"));
    LiveProgram watch = LiveProgram.start(work, all.toArray(String[]::new));
    watch.awaitErr(WATCHING);
    return watch;
  }

  private void openGate() throws Exception {
    Path written = patiently(() -> Files.writeString(gate, "go\n"));
    assertThat(written).isEqualTo(gate);
  }

  private InputStream openPipe(String name) throws Exception {
    return patiently(() -> Files.newInputStream(temp.resolve(name)));
  }

  private void makePipe(String name) throws Exception {
    String path = temp.resolve(name).toString();
    assertThat(new ProcessBuilder("mkfifo", path).start().waitFor()).isZero();
  }

  private static void awaitSaid(LiveProgram watch, String what) {
    watch.await(() -> assertThat(said(watch)).contains(what));
  }

  private static String said(LiveProgram watch) throws IOException {
    return String.join("\n", watch.err());
  }
}
