// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.examples.Piped;
import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import io.minilibuv.examples.Restricted;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv cp} as a process, when something is wrong: what it says, and what it leaves. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such devices, modes and signals")
class CpFailureTest {
  private static final String OLD = "what was here before";

  @TempDir private Path temp;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(temp.resolve("file"), "content");
    Files.writeString(Files.createDirectories(temp.resolve("tree/sub")).resolve("good"), "good");
  }

  @Test
  void listsWhatFailedAndCopiesTheRest() throws Exception {
    Path tree = temp.resolve("tree");
    Path secret = Files.writeString(tree.resolve("secret"), "secret");
    Path locked = Files.createDirectories(tree.resolve("sub/locked"));
    Files.setAttribute(secret, "unix:mode", 0);
    Files.setAttribute(locked, "unix:mode", 0);
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(tree.resolve("socket")));
      Outcome outcome = Program.in(temp).under(Restricted.from(secret)).run("cp", "tree", "copy");
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err())
          .hasSize(4)
          .contains(
              "uv: cp: EACCES: permission denied, open 'tree/secret'",
              "uv: cp: EACCES: permission denied, scandir 'tree/sub/locked'",
              "uv: cp: ENOTSUP: not supported, copy socket 'tree/socket'");
      assertThat(outcome.err().get(3))
          .matches("uv: cp: copied 1 file, 2 directories, 4 B in .* s \\(.*\\), 3 failed");
      assertThat(outcome.out()).isEmpty();
    } finally {
      Files.setAttribute(locked, "unix:mode", 0700);
    }
    assertThat(namesIn(temp.resolve("copy"))).containsExactly("", "sub", "sub/good");
    assertThat(temp.resolve("copy/sub/good")).hasContent("good");
  }

  @Test
  void whatCannotBeIsAClearErrorAndMakesNothing() throws Exception {
    assertFails("ENOENT: no such file or directory, lstat 'missing'", "cp", "missing", "copy");
    assertFails("ENOENT: no such file or directory, lstat ''", "cp", "", "copy");
    assertFails("ENOENT: no such file or directory, copy ''", "cp", "file", "");
    assertFails("ENOENT: no such file or directory, copy ''", "cp", "tree", "");
    assertFails("ENOENT: no such file or directory, open 'no/copy'", "cp", "file", "no/copy");
    assertFails("ENOTDIR: not a directory, copy 'file'", "cp", "tree", "file");
    assertThat(namesIn(temp)).containsExactly("", "file", "tree", "tree/sub", "tree/sub/good");
    assertThat(temp.resolve("file")).hasContent("content");
  }

  @Test
  void whatIsCopiedOntoOrIntoItselfStaysAsItIs() throws Exception {
    Files.createLink(temp.resolve("hard"), temp.resolve("file"));
    Files.createSymbolicLink(temp.resolve("soft"), Path.of("file"));
    for (String same : new String[] {"file", "hard", "soft"}) {
      assertFails("EINVAL: invalid argument, copy onto itself '" + same + "'", "cp", "file", same);
    }
    assertFails("EINVAL: invalid argument, copy onto itself 'soft'", "cp", "soft", "soft");
    assertFails("EINVAL: invalid argument, copy into itself 'tree/x'", "cp", "tree", "tree/x");
    assertThat(namesIn(temp))
        .containsExactly("", "file", "hard", "soft", "tree", "tree/sub", "tree/sub/good");
    assertThat(temp.resolve("file")).hasContent("content");
  }

  @Test
  void somethingElseOfTheSameNameInTheTargetIsNotReplaced() throws Exception {
    Files.createDirectories(temp.resolve("copy/sub/good"));
    assertFails("EISDIR: is a directory, open 'copy/sub/good'", "cp", "tree/.", "copy");
    Files.createDirectories(temp.resolve("other"));
    Files.writeString(temp.resolve("other/sub"), OLD);
    assertFails("EEXIST: file exists, mkdir 'other/sub'", "cp", "tree/.", "other");
    assertThat(temp.resolve("other/sub")).hasContent(OLD);
  }

  @Test
  void aLinkThatLeadsNowhereIsNotWrittenThrough() throws Exception {
    Files.createSymbolicLink(temp.resolve("dangling"), Path.of("elsewhere"));
    assertFails(
        "ENOENT: no such file or directory, copy through a dangling link 'dangling'",
        "cp",
        "file",
        "dangling");
    assertFails(
        "ENOENT: no such file or directory, copy through a dangling link 'dangling'",
        "cp",
        "tree",
        "dangling");
    Files.createSymbolicLink(temp.resolve("tree/sub/link"), Path.of("../nothing"));
    Path in = Files.createDirectories(temp.resolve("copy/sub"));
    Files.createSymbolicLink(in.resolve("good"), Path.of("elsewhere"));
    assertFails(
        "ENOENT: no such file or directory, copy through a dangling link 'copy/sub/good'",
        "cp",
        "tree/.",
        "copy");
    assertThat(temp.resolve("elsewhere")).doesNotExist();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
  void aFullDeviceIsAClearErrorAndStaysWhatItIs() throws Exception {
    Path full = Path.of("/dev/full");
    Object mode = Files.getAttribute(full, "unix:mode");
    Object modified = Files.getLastModifiedTime(full);
    assertFails("ENOSPC: no space left on device, write '/dev/full'", "cp", "file", "/dev/full");
    assertThat(Files.getAttribute(full, "unix:mode")).isEqualTo(mode);
    assertThat(Files.getLastModifiedTime(full)).isEqualTo(modified);
    assertThat(namesIn(temp)).noneMatch(name -> name.contains(".uv-"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc")
  void aSourceThatCannotBeReadLeavesTheTargetAsItWas() throws Exception {
    Files.writeString(temp.resolve("old"), OLD);
    // Address 0 of a process is never mapped, not even for the superuser.
    assertFails("EIO: input/output error, read '/proc/self/mem'", "cp", "/proc/self/mem", "old");
    assertThat(temp.resolve("old")).hasContent(OLD);
    assertThat(namesIn(temp)).noneMatch(name -> name.contains(".uv-"));
  }

  @Test
  void aTargetThatGrowsTooLargeLeavesWhatWasThere() throws Exception {
    Files.write(temp.resolve("tree/large"), new byte[3 << 20]);
    Path old = Files.createDirectories(temp.resolve("copy"));
    Files.writeString(old.resolve("large"), OLD);
    Outcome outcome =
        Program.in(temp)
            .under(List.of("sh", "-c", "ulimit -f 2048 && exec \"$@\"", "sh"))
            .run("cp", "tree/.", "copy");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("uv: cp: EFBIG: file too large, write 'copy/large'")
        .hasSize(2);
    assertThat(namesIn(old)).containsExactly("", "large", "sub", "sub/good");
    assertThat(old.resolve("large")).hasContent(OLD);
  }

  @Test
  void anInterruptLeavesNothingHalfMade() throws Exception {
    try (RandomAccessFile endless = new RandomAccessFile(temp.resolve("endless").toFile(), "rw")) {
      endless.setLength(1L << 40);
    }
    Path directory = Files.createDirectories(temp.resolve("copy"));
    Files.writeString(directory.resolve("endless"), OLD);
    File err = temp.resolve("err").toFile();
    // To a file: destroy closes a pipe from the program, which would complain of that.
    File out = temp.resolve("out").toFile();
    Process process =
        Program.in(temp)
            .builder("cp", "endless", "copy")
            .redirectOutput(out)
            .redirectError(err)
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> namesIn(directory).size() > 2);
      process.destroy();
      assertThat(Program.statusOf(process)).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readAllLines(err.toPath()))
        .startsWith("uv: cp: interrupted; to go on: uv cp --resume endless copy/endless")
        .hasSize(2);
    assertThat(namesIn(directory)).containsExactly("", "endless");
    assertThat(directory.resolve("endless")).hasContent(OLD);
  }

  /** Nobody can take back to open a FIFO that nobody reads: the copy ends without it. */
  @Test
  void anInterruptDoesNotWaitForAReaderThatNeverComes() throws Exception {
    Path there = Files.createDirectories(temp.resolve("copy/sub"));
    Piped.fifo(there.resolve("good"));
    Files.writeString(temp.resolve("tree/a"), "first");
    File err = temp.resolve("err").toFile();
    Process process =
        Program.in(temp).builder("cp", "-j1", "tree/.", "copy").redirectError(err).start();
    try {
      // The entries come in the order of their names.
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> Files.exists(temp.resolve("copy/a")));
      int expected = Program.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(expected);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readAllLines(err.toPath()))
        .contains("uv: cp: interrupted; to go on: uv cp --resume -j 1 tree/. copy")
        .anyMatch(line -> line.startsWith("uv: cp: copied 1 file, 5 B in "))
        .noneMatch(line -> line.startsWith("uv: a request"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names are Unicode in every locale")
  void aNameThatTheLocaleHasNoLettersForIsCopiedWhereNamesAreBytes() throws Exception {
    Files.writeString(temp.resolve("tree/\u00e4"), "umlaut");
    Outcome outcome = Program.in(temp).with("LC_ALL", "C").run("cp", "tree", "copy");
    if (Program.hasNamesOfBytes()) {
      assertThat(outcome.status()).isZero();
      assertThat(namesIn(temp.resolve("copy"))).containsExactly("", "sub", "sub/good", "\u00e4");
      return;
    }
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("uv: cp: EILSEQ: illegal byte sequence, lstat 'tree/");
    assertThat(namesIn(temp.resolve("copy"))).containsExactly("", "sub", "sub/good");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
  void whatCannotBeSaidIsAFailure() throws Exception {
    for (String[] line : new String[][] {{"hash", "file"}, {"cp", "--help"}, {"help"}}) {
      File err = temp.resolve("err").toFile();
      Process process =
          Program.in(temp)
              .builder(line)
              .redirectOutput(new File("/dev/full"))
              .redirectError(err)
              .start();
      assertThat(Program.statusOf(process)).isEqualTo(1);
      assertThat(err).hasContent("uv: standard output cannot be written to");
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere /dev/fd is made of something else")
  void aFileThatIsStandardOutputIsNotReplacedOrWrittenOver() throws Exception {
    Files.createSymbolicLink(temp.resolve("link"), Path.of("/dev/stdout"));
    Path folder = Files.createSymbolicLink(temp.resolve("folder"), Path.of("/dev/fd"));
    Path out = temp.resolve("out");
    for (String target :
        new String[] {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link", "folder/1"}) {
      Files.writeString(out, OLD);
      Object file = Files.getAttribute(out, "unix:ino");
      File err = temp.resolve("err").toFile();
      Process process =
          Program.in(temp)
              .builder("cp", "file", target)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
              .redirectError(err)
              .start();
      assertThat(Program.statusOf(process)).isEqualTo(1);
      assertThat(Files.readAllLines(err.toPath()))
          .startsWith("uv: cp: ENOTSUP: not supported, copy into an open file '" + target + "'")
          .hasSize(2);
      assertThat(out).hasContent(OLD);
      assertThat(Files.getAttribute(out, "unix:ino")).isEqualTo(file);
    }
    // JUnit would warn of a link out of the folder that it removes.
    Files.delete(folder);
  }

  @Test
  void aNameCannotForgeALine() throws Exception {
    String name = "x\nuv: cp: \u001b[31mforged";
    assertFails(
        "ENOENT: no such file or directory, lstat 'x\\nuv: cp: \\u001b[31mforged'",
        "cp",
        name,
        "copy");
  }

  private void assertFails(String expected, String... arguments) throws Exception {
    Outcome outcome = Program.in(temp).run(arguments);
    assertThat(outcome.err()).first().isEqualTo("uv: cp: " + expected);
    // What has begun is summed up.
    assertThat(outcome.err().stream().skip(1)).allMatch(line -> line.startsWith("uv: cp: copied "));
    assertThat(outcome.status()).isEqualTo(1);
  }

  private static List<String> namesIn(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(path -> root.relativize(path).toString()).sorted().toList();
    }
  }
}
