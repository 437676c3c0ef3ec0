// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv cp --resume} as a process: goes on where a copy was interrupted. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the trees have symbolic links and modes")
class CpResumeTest {
  private static final int DIRECTORIES = 20;
  private static final int FILES = 60;

  /** The tree has this many files and links; and the directories above, and itself. */
  private static final int ENTRIES = DIRECTORIES * (FILES + 1);

  @TempDir private Path temp;
  private final SplittableRandom random = new SplittableRandom(42);

  @Test
  void goesOnWhereCtrlCHasEndedIt() throws Exception {
    Snapshot source = makeTree();
    Path copy = temp.resolve("copy");
    interruptInTheMiddle(copy);
    Map<String, Object> whole = inodesIn(copy);
    assertThat(whole).isNotEmpty();
    assertThat(whole.size()).as("it was in the middle").isLessThan(ENTRIES);
    assertThat(whole.keySet()).noneMatch(name -> name.contains(".uv-"));

    Outcome resumed = Program.in(temp).run("cp", "--resume", "tree/.", "copy");
    assertThat(resumed.status()).isZero();
    source.assertCopiedTo(copy);
    assertThat(inodesIn(copy)).containsAllEntriesOf(whole);
    assertThat(resumed.err()).singleElement().asString().endsWith(told(whole.size()));

    Outcome again = Program.in(temp).run("cp", "--resume", "tree/.", "copy");
    assertThat(again.err())
        .singleElement()
        .asString()
        .startsWith("uv: cp: copied " + (DIRECTORIES + 1) + " directories in ")
        .endsWith(told(ENTRIES));
  }

  private static String told(int already) {
    return String.format(Locale.ROOT, ", %,d there already", already);
  }

  /** One file is under way at a time, on one thread, and there are too many to be quick. */
  private void interruptInTheMiddle(Path copy) throws Exception {
    File err = temp.resolve("err").toFile();
    Process process =
        Program.in(temp)
            .withJava("-Duv.program=./u v")
            .builder("cp", "--jobs", "1", "--threads", "1", "tree", "copy")
            .redirectError(err)
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> Files.isDirectory(copy.resolve("d03")));
      int expected = Program.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(expected);
    } finally {
      process.destroyForcibly();
    }
    List<String> said = Files.readAllLines(err.toPath());
    assertThat(said)
        .startsWith("uv: cp: interrupted; to go on: './u v' cp --resume -j 1 -t 1 tree/. copy")
        .hasSize(2);
    assertThat(said.get(1)).startsWith("uv: cp: copied ").contains(" files, ");
  }

  @Test
  void whatHasChangedIsCopiedAgain() throws Exception {
    Path tree = Files.createDirectories(temp.resolve("tree"));
    Files.writeString(tree.resolve("same"), "same");
    Files.writeString(tree.resolve("longer"), "short");
    Files.writeString(tree.resolve("newer"), "old");
    assertThat(Program.in(temp).run("cp", "tree", "copy").status()).isZero();
    Files.writeString(tree.resolve("longer"), "no longer short");
    Files.writeString(tree.resolve("newer"), "new");
    Files.setLastModifiedTime(
        tree.resolve("newer"), FileTime.from(Instant.ofEpochSecond(4_000_000_000L)));
    Outcome outcome = Program.in(temp).run("cp", "--resume", "tree/.", "copy");
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("uv: cp: copied 2 files, 1 directory, 18 B in ")
        .endsWith(told(1));
    assertThat(temp.resolve("copy/longer")).hasContent("no longer short");
    assertThat(temp.resolve("copy/newer")).hasContent("new");
  }

  @Test
  void aTreeThatIsNotThereIsNotBegunInAnotherOne() throws Exception {
    Files.writeString(Files.createDirectories(temp.resolve("tree")).resolve("file"), "content");
    assertThat(Program.in(temp).run("cp", "--resume", "tree", "copy").status()).isZero();
    Outcome outcome = Program.in(temp).run("cp", "--resume", "tree", "copy");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .containsExactly(
            "uv: cp: if the copy is copy itself, SRC is tree/.",
            "uv: cp: ENOENT: no such file or directory, resume 'copy/tree'");
    assertThat(temp.resolve("copy/tree")).doesNotExist();
  }

  private Snapshot makeTree() throws IOException {
    Path tree = temp.resolve("tree");
    for (int d = 0; d < DIRECTORIES; d++) {
      Path directory = Files.createDirectories(tree.resolve("d" + d / 10 + d % 10));
      for (int f = 0; f < FILES; f++) {
        byte[] content = new byte[random.nextInt(40_000)];
        random.nextBytes(content);
        Files.write(directory.resolve("f" + f), content);
      }
      Files.createSymbolicLink(directory.resolve("link"), Path.of("f0"));
      // An ordinary user could not go on in a directory that is done, were it not for that.
      Files.setAttribute(directory, "unix:mode", d % 2 == 0 ? 0555 : 0755);
    }
    return Snapshot.of(tree).withoutAccess();
  }

  /** The numbers of all files and links. */
  private static Map<String, Object> inodesIn(Path root) throws IOException {
    Map<String, Object> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          found.put(
              root.relativize(path).toString(),
              Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS));
        }
      }
    }
    return found;
  }
}
