// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv cp} as a process: what SRC and DST mean, and what else the command line can say. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the files are links, modes and devices")
class CpTargetTest {

  @TempDir private Path temp;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(temp.resolve("file"), "content");
    Files.writeString(Files.createDirectories(temp.resolve("tree/sub")).resolve("leaf"), "leaf");
  }

  @Test
  void aDirectoryThatIsThereIsCopiedInto() throws Exception {
    Path into = Files.createDirectories(temp.resolve("into"));
    Files.createSymbolicLink(temp.resolve("link"), Path.of("into"));
    copy("file", "into");
    copy("tree", "into/");
    assertThat(into.resolve("file")).hasContent("content");
    assertThat(into.resolve("tree/sub/leaf")).hasContent("leaf");
    copy("tree/sub/", "link");
    assertThat(into.resolve("sub/leaf")).hasContent("leaf");
  }

  @Test
  void anythingElseIsTheNewName() throws Exception {
    copy("file", "copy");
    copy("tree", "trees/");
    assertThat(temp.resolve("copy")).hasContent("content");
    assertThat(temp.resolve("trees/sub/leaf")).hasContent("leaf");
  }

  @Test
  void aFileThatIsThereIsReplacedWithItsMode() throws Exception {
    Path target = Files.writeString(temp.resolve("target"), "a much longer content than the other");
    Files.setAttribute(target, "unix:mode", 0600);
    Files.setAttribute(temp.resolve("file"), "unix:mode", 0751);
    copy("file", "target");
    assertThat(target).hasContent("content");
    assertThat(Files.getAttribute(target, "unix:mode")).isEqualTo(0100751);
  }

  @Test
  void aTargetIsWrittenThroughALinkAndTheLinkStays() throws Exception {
    Path real = Files.createDirectories(temp.resolve("real"));
    Files.writeString(real.resolve("target"), "old");
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("real/target"));
    copy("file", "link");
    assertThat(link).isSymbolicLink();
    assertThat(real.resolve("target")).hasContent("content");
  }

  @Test
  void aLinkIsCopiedAsALinkAndTakesThePlaceOfAFile() throws Exception {
    Files.createSymbolicLink(temp.resolve("link"), Path.of("file"));
    Path target = Files.writeString(temp.resolve("target"), "old");
    Outcome outcome = copy("link", "target");
    assertThat(Files.readSymbolicLink(target)).isEqualTo(Path.of("file"));
    assertThat(outcome.err()).singleElement().asString().matches("uv: cp: copied 1 link in .* s");
  }

  @Test
  void aDeviceIsWrittenToAsItIs() throws Exception {
    Outcome outcome = copy("file", "/dev/null");
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("uv: cp: copied 1 file, 7 B in ");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void aPipeIsWrittenToInOrder() throws Exception {
    byte[] content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    Files.write(temp.resolve("large"), content);
    Path pipe = temp.resolve("pipe");
    Program.statusOf(new ProcessBuilder("mkfifo", pipe.toString()).start());
    Process reader =
        new ProcessBuilder("cat", pipe.toString())
            .redirectOutput(temp.resolve("read").toFile())
            .start();
    try {
      copy("large", "pipe");
      assertThat(Program.statusOf(reader)).isZero();
    } finally {
      reader.destroyForcibly();
    }
    assertThat(temp.resolve("read")).hasBinaryContent(content);
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void standardOutputIsATargetToo() throws Exception {
    Process process = Program.in(temp).builder("cp", "file", "/dev/stdout").start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(Program.statusOf(process)).isZero();
    assertThat(out).isEqualTo("content");
  }

  @Test
  void severalGoIntoADirectoryWhateverFailsOfThem() throws Exception {
    Files.createDirectories(temp.resolve("into"));
    Outcome outcome = Program.in(temp).run("cp", "file", "missing", "tree", "file", "into");
    assertThat(outcome.err())
        .hasSize(3)
        .startsWith(
            "uv: cp: ENOENT: no such file or directory, lstat 'missing'",
            "uv: cp: EEXIST: file exists, copy over what was just copied 'into/file'");
    assertThat(outcome.err().get(2)).startsWith("uv: cp: copied 2 files, ");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(temp.resolve("into/file")).hasContent("content");
    assertThat(temp.resolve("into/tree/sub/leaf")).hasContent("leaf");

    Outcome again = Program.in(temp).run("cp", "--resume", "file", "tree", "into");
    assertThat(again.status()).isZero();
    assertThat(again.err()).singleElement().asString().endsWith(", 2 there already");

    Outcome refused = Program.in(temp).run("cp", "file", "tree", "into/file");
    assertThat(refused.err()).containsExactly("uv: cp: ENOTDIR: not a directory, copy 'into/file'");
    assertThat(refused.status()).isEqualTo(1);
  }

  @Test
  void optionsThatChangeNothingAreTaken() throws Exception {
    assertThat(Program.in(temp).run("cp", "-rp", "-R", "tree", "copy").status()).isZero();
    assertThat(temp.resolve("copy/sub/leaf")).hasContent("leaf");
  }

  @Test
  void aCommandLineThatMakesNoSenseIsStatusTwo() throws Exception {
    assertUsageError("Missing command");
    assertUsageError("Unknown command: 'frob\\nnicate'", "frob\nnicate");
    assertUsageError("Unknown option: '--frobnicate'", "--frobnicate");
    assertUsageError("Missing required parameter: 'DST'", "cp", "file");
    assertUsageError("Missing required parameter: 'SRC'", "cp");
    assertUsageError("Unknown option: '--frobnicate'", "cp", "--frobnicate", "file", "b");
    assertUsageError("Unknown option: '-a'", "cp", "-a", "file", "b");
    assertUsageError("--jobs takes a number from 1 to 1024, not 0", "cp", "-j0", "file", "b");
    assertUsageError("--threads takes a number from 1 to 1024, not -1", "cp", "-t-1", "file", "b");
    assertThat(temp.resolve("b")).doesNotExist();
  }

  @Test
  void helpAndVersionGoToStandardOutput() throws Exception {
    Outcome help = Program.in(temp).run("cp", "--help");
    assertThat(help.status()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).first().asString().startsWith("Usage: uv cp ");
    assertThat(String.join(" ", help.out()).replaceAll(" +", " "))
        .contains("directories are copied anyway", "modes and times are kept anyway")
        .contains("Not kept: owner, hard links", "holes, extended attributes")
        .contains("replaced by a new one, so that its owner and mode become the copy's")
        .contains(".NAME.uv-PID-N.tmp");
    assertThat(Program.in(temp).run("help", "cp").out()).isEqualTo(help.out());
    Outcome all = Program.in(temp).run("help");
    assertThat(all.status()).isZero();
    assertThat(all.err()).isEmpty();
    assertThat(all.out()).first().asString().startsWith("Usage: uv ");
    Outcome version = Program.in(temp).run("--version");
    assertThat(version.status()).isZero();
    assertThat(version.out())
        .singleElement()
        .asString()
        .matches("uv \\S+ \\(libuv 1\\.52\\.1, Java " + Runtime.version().feature() + "\\b.*\\)");
  }

  @Test
  void verboseSaysWhatIsGoingOnAndQuietDoesNot() throws Exception {
    assertThat(copy("file", "quiet").err()).hasSize(1);
    for (String[] line : new String[][] {{"-v", "cp", "file", "b"}, {"cp", "-v", "file", "c"}}) {
      Outcome outcome = Program.in(temp).run(line);
      assertThat(outcome.status()).isZero();
      assertThat(outcome.err())
          .anyMatch(said -> said.endsWith("DEBUG CopyReport: file -> " + line[3] + ": done"));
    }
  }

  private Outcome copy(String source, String target) throws Exception {
    Outcome outcome = Program.in(temp).run("cp", source, target);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome;
  }

  private void assertUsageError(String expected, String... arguments) throws Exception {
    Outcome outcome = Program.in(temp).run(arguments);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    boolean ofCp = arguments.length > 0 && arguments[0].equals("cp");
    assertThat(outcome.err())
        .containsExactly("uv: " + expected, "Try 'uv " + (ofCp ? "cp " : "") + "--help'");
  }
}
