// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.LiveProgram;
import io.minilibuv.examples.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code uv tail -f} and {@code -F} as processes. By event or by poll, each writes the same.
 *
 * <p>Every step waits for what the one before has come to.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it neither renames nor removes open files")
class TailFollowTest {
  private static final String GONE =
      "uv: tail: log: has become inaccessible: ENOENT: no such file or directory, stat 'log'";
  private static final String APPEARED = "uv: tail: log: has appeared; following the new file";
  private static final String REPLACED = "uv: tail: log: has been replaced; following the new file";
  private static final String WAITING =
      "uv: tail: ENOENT: no such file or directory, stat 'log'; waiting for it";

  @TempDir private Path temp;
  private Path directory;
  private Path log;

  @BeforeEach
  void makeLog() throws IOException {
    directory = Files.createDirectory(temp.resolve("work"));
    log = Files.writeString(directory.resolve("log"), "one\ntwo\nthree\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void writesWhatIsAppended(String by) throws Exception {
    try (LiveProgram tail = start(by, "-f", "-n", "1", "log")) {
      String expected = "three\n";
      tail.awaitOut(expected);
      for (String text :
          new String[] {"four\n", "no newline", " yet\r\n", "\0\n", "six\nseven\n"}) {
        Files.writeString(log, text, APPEND);
        expected += text;
        tail.awaitOut(expected);
      }
      assertThat(tail.interrupt()).isEqualTo(128 + 15);
      assertThat(tail.err()).containsExactly("uv: tail: interrupted, 39 B written");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void writesBigBursts(String by) throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    try (LiveProgram tail = start(by, "-F", "-n", "0", "--threads", "1", "log")) {
      // Nothing says that it has begun; but whoever begins has a part of the first burst, or all.
      StringBuilder expected = new StringBuilder();
      tail.await(
          () -> {
            Files.writeString(log, "begin\n", APPEND);
            assertThat(tail.out()).isNotEmpty();
          });
      Files.writeString(log, "begun\n", APPEND);
      tail.await(() -> assertThat(tail.out()).endsWith("begun\n"));
      expected.append(tail.out());
      for (int burst = 0; burst < 4; burst++) {
        byte[] bytes = new byte[1_000_000 + burst];
        random.nextBytes(bytes);
        Files.write(log, bytes, APPEND);
        expected.append(new String(bytes, ISO_8859_1));
        if (burst % 2 == 0) {
          tail.await(() -> assertThat(tail.out()).hasSameSizeAs(expected));
        }
      }
      tail.await(() -> assertThat(tail.out()).hasSameSizeAs(expected));
      assertThat(tail.out()).isEqualTo(expected.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void goesOverToTheFileThatTakesTheName(String by) throws Exception {
    try (LiveProgram tail = start(by, "-F", "-n", "0", "log", "other")) {
      StringBuilder expected = new StringBuilder("==> log <==\n");
      tail.awaitErr(WAITING.replace("log", "other"));
      for (int round = 0; round < 5; round++) {
        Path fresh = Files.writeString(directory.resolve("fresh"), "round " + round + "\n");
        Files.writeString(log, "last of " + round + "\n", APPEND);
        Files.move(fresh, log, ATOMIC_MOVE);
        expected.append("last of ").append(round).append("\nround ").append(round).append('\n');
        tail.awaitOut(expected.toString());
        Files.writeString(log, "more\n", APPEND);
        tail.awaitOut(expected.append("more\n").toString());
      }
      assertThat(tail.err()).filteredOn(REPLACED::equals).hasSize(5);
      Files.writeString(directory.resolve("other"), "another\n");
      tail.awaitOut(expected.append("\n==> other <==\nanother\n").toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void readsARotatedFileToItsEnd(String by) throws Exception {
    try (LiveProgram tail = start(by, "-F", "log");
        FileChannel writer = FileChannel.open(log, APPEND)) {
      String expected = "one\ntwo\nthree\n";
      tail.awaitOut(expected);
      Files.move(log, directory.resolve("log.1"));
      tail.awaitErr(GONE);
      write(writer, "the writer does not know yet\n");
      Files.writeString(log, "now it does\n");
      tail.awaitOut(expected + "the writer does not know yet\nnow it does\n");
      tail.awaitErr(APPEARED);
      Files.writeString(log, "more\n", APPEND);
      tail.awaitOut(expected + "the writer does not know yet\nnow it does\nmore\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void goesOnWithAFileThatGetsItsNameBack(String by) throws Exception {
    try (LiveProgram tail = start(by, "-F", "-n", "1", "log")) {
      tail.awaitOut("three\n");
      Path aside = directory.resolve("aside");
      Files.move(log, aside);
      tail.awaitErr(GONE);
      Files.writeString(aside, "four\n", APPEND);
      Files.move(aside, log);
      tail.awaitErr("uv: tail: log: has come back");
      tail.awaitOut("three\nfour\n");
      Files.writeString(log, "five\n", APPEND);
      tail.awaitOut("three\nfour\nfive\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void readsAFileThatIsCutFromItsNewStart(String by) throws Exception {
    try (LiveProgram tail = start(by, "-f", "log")) {
      String expected = "one\ntwo\nthree\n";
      tail.awaitOut(expected);
      for (String text : new String[] {"a\n", "", "b\nc\n", "d\n"}) {
        int told = tail.err().size();
        Files.writeString(log, text);
        tail.await(() -> assertThat(tail.err()).hasSize(told + (text.length() > 3 ? 0 : 1)));
        expected += text;
        tail.awaitOut(expected);
      }
      assertThat(tail.err()).containsOnly("uv: tail: log: file truncated");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void waitsForAFileThatIsRemovedAndMadeAnew(String by) throws Exception {
    try (LiveProgram tail = start(by, "-F", "-n", "1", "log")) {
      StringBuilder expected = new StringBuilder("three\n");
      tail.awaitOut(expected.toString());
      for (int round = 0; round < 3; round++) {
        int told = tail.err().size();
        Files.delete(log);
        if (round > 0) {
          // Waited for: the old one is closed then, and its number may be the new one's.
          tail.await(() -> assertThat(tail.err()).hasSize(told + 1).endsWith(GONE));
        }
        Files.writeString(log, "anew " + round + "\n");
        tail.awaitOut(expected.append("anew ").append(round).append('\n').toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void waitsForAFileThatIsNotThere(String by) throws Exception {
    Files.delete(log);
    try (LiveProgram tail = start(by, "-F", "-n", "1", "log")) {
      tail.awaitErr(WAITING);
      Files.writeString(log, "all\nof\nit\n");
      tail.awaitOut("all\nof\nit\n");
      Files.writeString(log, "more\n", APPEND);
      tail.awaitOut("all\nof\nit\nmore\n");
      assertThat(tail.err()).containsExactly(WAITING, APPEARED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void waitsForADirectoryThatIsNotThere(String by) throws Exception {
    try (LiveProgram tail = start(by, "-F", "sub/log")) {
      tail.awaitErr(WAITING.replace("log", "sub/log"));
      Files.writeString(Files.createDirectory(directory.resolve("sub")).resolve("log"), "there\n");
      tail.awaitOut("there\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void waitsForADirectoryThatIsRemovedAndMadeAnew(String by) throws Exception {
    Path inside = Files.createDirectory(directory.resolve("sub")).resolve("log");
    try (LiveProgram tail = start(by, "-F", "sub/log")) {
      tail.awaitErr(WAITING.replace("log", "sub/log"));
      StringBuilder expected = new StringBuilder();
      for (int round = 0; round < 3; round++) {
        Files.writeString(inside, "round " + round + "\n");
        tail.awaitOut(expected.append("round ").append(round).append('\n').toString());
        Files.delete(inside);
        Files.delete(inside.getParent());
        int gone = round + 1;
        tail.await(
            () ->
                assertThat(tail.err())
                    .filteredOn(line -> line.contains("has become inaccessible"))
                    .hasSize(gone));
        Files.createDirectory(inside.getParent());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void readsOnAFileThatHasLostItsName(String by) throws Exception {
    try (LiveProgram tail = start(by, "-f", "-n", "1", "log");
        FileChannel writer = FileChannel.open(log, APPEND)) {
      tail.awaitOut("three\n");
      Path aside = Files.move(log, directory.resolve("aside"));
      Files.writeString(log, "not to be seen\n");
      write(writer, "renamed\n");
      tail.awaitOut("three\nrenamed\n");
      Files.delete(aside);
      write(writer, "removed\n");
      tail.awaitOut("three\nrenamed\nremoved\n");
      writer.truncate(0);
      tail.awaitErr("uv: tail: log: file truncated");
      write(writer, "cut\n");
      tail.awaitOut("three\nrenamed\nremoved\ncut\n");
      assertThat(tail.err()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void followsALinkThatIsTurnedToAnotherFile(String by) throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Path first = Files.writeString(elsewhere.resolve("first"), "first\n");
    Path second = Files.writeString(elsewhere.resolve("second"), "second\n");
    Files.delete(log);
    Files.createSymbolicLink(log, first);
    try (LiveProgram tail = start(by, "-F", "log")) {
      tail.awaitOut("first\n");
      Files.writeString(first, "a\n", APPEND);
      tail.awaitOut("first\na\n");
      Files.move(Files.createSymbolicLink(directory.resolve("fresh"), second), log, ATOMIC_MOVE);
      tail.awaitOut("first\na\nsecond\n");
      Files.writeString(second, "b\n", APPEND);
      tail.awaitOut("first\na\nsecond\nb\n");
      assertThat(tail.err()).containsExactly(REPLACED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void mixesFilesAndSaysWhoseLinesTheyAre(String by) throws Exception {
    List<Path> files = new ArrayList<>();
    for (String name : new String[] {"a", "b", "c"}) {
      files.add(Files.writeString(directory.resolve(name), name + "\n"));
    }
    try (LiveProgram tail = start(by, "-f", "a", "b", "c")) {
      StringBuilder expected = new StringBuilder("==> a <==\na\n\n==> b <==\nb\n\n==> c <==\nc\n");
      tail.awaitOut(expected.toString());
      for (int round = 0; round < 3; round++) {
        for (Path file : files) {
          Files.writeString(file, "more\n", APPEND);
          expected.append("\n==> ").append(file.getFileName()).append(" <==\nmore\n");
          tail.awaitOut(expected.toString());
          Files.writeString(file, "and more\n", APPEND);
          tail.awaitOut(expected.append("and more\n").toString());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void followsAFileThatIsStandardInput(String by) throws Exception {
    ProcessBuilder builder =
        Program.in(directory).builder("tail", "-f", "-n", "1", "--by", by, "-");
    try (LiveProgram tail = LiveProgram.start(builder.redirectInput(log.toFile()), directory)) {
      tail.awaitOut("three\n");
      Files.writeString(log, "four\n", APPEND);
      tail.awaitOut("three\nfour\n");
    }
  }

  private LiveProgram start(String by, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("tail", "--by", by, "--interval", "20"));
    all.addAll(List.of(arguments));
    return LiveProgram.start(directory, all.toArray(String[]::new));
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
  }
}
