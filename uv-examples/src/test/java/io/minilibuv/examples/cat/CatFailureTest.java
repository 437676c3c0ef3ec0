// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

import static io.minilibuv.examples.Refusal.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.Piped;
import io.minilibuv.examples.Piped.Outcome;
import io.minilibuv.examples.Program;
import io.minilibuv.examples.Restricted;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code uv cat} as a process, in all of its forms, when something is wrong. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such devices, modes and pipes")
class CatFailureTest {
  @TempDir private Path temp;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(temp.resolve("a"), "a");
    Files.writeString(temp.resolve("b"), "b");
    Files.createDirectory(temp.resolve("folder"));
  }

  @ParameterizedTest
  @EnumSource
  void whatFailsIsToldAndTheRestIsWritten(CatForm form) throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "secret");
    Files.setAttribute(secret, "unix:mode", 0);
    Outcome outcome =
        Piped.through(
            Program.in(temp)
                .under(Restricted.from(secret))
                .builder(
                    "cat", "--form=" + form, "a", "mis\nsing", "-", "folder", "secret", "", "b"),
            "input".getBytes(UTF_8));
    assertThat(outcome.out()).asString(UTF_8).isEqualTo("ainputb");
    assertThat(outcome.err())
        .containsExactly(
            "uv: cat: ENOENT: no such file or directory, open 'mis\\nsing'",
            "uv: cat: EISDIR: is a directory, read 'folder'",
            "uv: cat: EACCES: permission denied, open 'secret'",
            "uv: cat: ENOENT: no such file or directory, open ''");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryAsInputIsAFailure(CatForm form) throws Exception {
    Outcome outcome =
        Piped.through(
            Program.in(temp)
                .under(List.of("sh", "-c", "exec \"$@\" <folder", "sh"))
                .builder("cat", "--form=" + form, "-", "a"),
            new byte[0]);
    assertThat(outcome.out()).asString(UTF_8).isEqualTo("a");
    assertThat(outcome.err()).containsExactly("uv: cat: EISDIR: is a directory, read '-'");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
  void outputThatTakesNothingIsToldOnceAndEndsIt(CatForm form) throws Exception {
    assertThat(run(form, Redirect.to(new File("/dev/full")), "a", "missing", "b"))
        .containsExactly("uv: cat: ENOSPC: no space left on device, write 'standard output'");
  }

  @ParameterizedTest
  @EnumSource
  void outputThatIsClosedIsToldOnceAndEndsIt(CatForm form) throws Exception {
    Outcome outcome =
        Piped.through(
            Program.in(temp)
                .under(List.of("sh", "-c", "exec \"$@\" >&-", "sh"))
                .builder("cat", "--form=" + form, "a", "missing", "b"),
            new byte[0]);
    assertThat(outcome.err())
        .containsExactly("uv: cat: EBADF: bad file descriptor, write 'standard output'");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void outputThatNobodyReadsAnyMoreEndsItQuietly(CatForm form) throws Exception {
    Files.write(temp.resolve("large"), new byte[10 << 20]);
    Path err = temp.resolve("err");
    Process process =
        Program.in(temp)
            .builder("cat", "--form=" + form, "large", "missing", "large")
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.getInputStream().read()).isZero();
      process.getInputStream().close();
      assertThat(Program.statusOf(process)).isEqualTo(141);
    } finally {
      process.destroyForcibly();
    }
    assertThat(err).isEmptyFile();
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsTheOutputIsRefused(CatForm form) throws Exception {
    Path out = temp.resolve("b");
    Files.createLink(temp.resolve("hard"), out);
    Files.createSymbolicLink(temp.resolve("soft"), out);
    assertThat(run(form, Redirect.appendTo(out.toFile()), "hard", "a", "soft", "b"))
        .containsExactly(
            "uv: cat: EINVAL: invalid argument, input file is output file 'hard'",
            "uv: cat: EINVAL: invalid argument, input file is output file 'soft'",
            "uv: cat: EINVAL: invalid argument, input file is output file 'b'");
    assertThat(out).hasContent("ba");
  }

  @Test
  void inputThatIsTheOutputIsRefusedAndAnEmptyOutputIsNone() throws Exception {
    Path err = temp.resolve("err");
    Process process =
        Program.in(temp)
            .under(List.of("sh", "-c", "exec \"$@\" <b >>b", "sh"))
            .builder("cat")
            .redirectError(err.toFile())
            .start();
    assertThat(Program.statusOf(process)).isEqualTo(1);
    assertThat(err).hasContent("uv: cat: EINVAL: invalid argument, input file is output file '-'");
    assertThat(temp.resolve("b")).hasContent("b");

    Path empty = Files.createFile(temp.resolve("empty"));
    Process harmless =
        Program.in(temp)
            .builder("cat", "empty", "a")
            .redirectOutput(Redirect.appendTo(empty.toFile()))
            .redirectError(err.toFile())
            .start();
    assertThat(Program.statusOf(harmless)).isZero();
    assertThat(empty).hasContent("a");
  }

  @Test
  void aCommandLineThatMakesNoSenseIsStatusTwo() throws Exception {
    assertRefused(
        "Invalid value for option '--form': one of [callbacks, futures, threads] is expected,"
            + " not 'x'",
        "cat",
        "--form=x");
    assertRefused("Unknown option: '-n'", "cat", "-n", "a");
    assertRefused("--threads takes a number from 1 to 1024, not 0", "cat", "-t0", "a");
  }

  /** Runs it with nothing to read, and takes what it says; it fails. */
  private List<String> run(CatForm form, Redirect output, String... files) throws Exception {
    Path err = temp.resolve("err");
    String[] line = new String[files.length + 2];
    line[0] = "cat";
    line[1] = "--form=" + form;
    System.arraycopy(files, 0, line, 2, files.length);
    Process process =
        Program.in(temp).builder(line).redirectOutput(output).redirectError(err.toFile()).start();
    assertThat(Program.statusOf(process)).isEqualTo(1);
    return Files.readAllLines(err);
  }
}
