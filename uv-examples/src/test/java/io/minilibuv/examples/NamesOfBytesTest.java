// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program, and a name that is no text. Where names are bytes it is a name as others are; in nio
 * it is told as a failure, with what Java has made of it, and the rest goes on.
 *
 * <p>Output is looked at a letter for each byte, so that the byte FF is U+00FF.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a name must be Unicode")
class NamesOfBytesTest {
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String X =
      "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
  private static final boolean BYTES = Program.hasNamesOfBytes();

  @TempDir private Path temp;

  @BeforeEach
  void makeFiles() throws Exception {
    Files.createFile(Files.createDirectory(temp.resolve("tree")).resolve("good"));
    shell("printf x >\"$(printf 'tree/b\\377')\"");
  }

  /** JUnit could not name them either. */
  @AfterEach
  void removeFiles() throws Exception {
    shell("rm -rf tree copy");
  }

  @Test
  void hashPrintsItAndChecksIt() throws Exception {
    Piped.Outcome hash = run(program(), "hash", "tree");
    String lines = X + "  tree/b\u00ff\n" + EMPTY + "  tree/good\n";
    Files.write(temp.resolve("sums"), lines.getBytes(ISO_8859_1));
    Piped.Outcome check = run(program(), "hash", "--check", "sums");
    if (BYTES) {
      assertThat(out(hash)).isEqualTo(lines);
      assertThat(out(check)).isEqualTo("tree/b\u00ff: OK\ntree/good: OK\n");
      assertSucceeded(hash);
      assertSucceeded(check);
    } else {
      assertThat(out(hash)).isEqualTo(EMPTY + "  tree/good\n");
      assertFailed(hash, "hash: ENOENT: no such file or directory, lstat 'tree/b\ufffd'");
      assertThat(new String(check.out(), UTF_8))
          .isEqualTo("tree/b\ufffd: FAILED open or read\ntree/good: OK\n");
      assertThat(check.status()).isEqualTo(1);
    }
  }

  @Test
  void duTellsIt() throws Exception {
    Piped.Outcome du = run(program(), "du", "-ab", "tree");
    if (BYTES) {
      assertThat(out(du)).contains("\n1\ttree/b\u00ff\n").endsWith("\n0\ttree/good\n");
      assertSucceeded(du);
    } else {
      assertThat(out(du)).endsWith("\ttree\n0\ttree/good\n");
      assertFailed(du, "du: ENOENT: no such file or directory, lstat 'tree/b\ufffd'");
    }
    Piped.Outcome top = run(program(), "du", "--top=2", "-b", "tree");
    assertThat(out(top)).contains(BYTES ? "  tree/b\u00ff\n" : "  tree/good\n");
  }

  @Test
  void cpCopiesIt() throws Exception {
    Piped.Outcome cp = run(program(), "cp", "tree", "copy");
    assertThat(temp.resolve("copy/good")).exists();
    if (BYTES) {
      assertThat(cp.status()).isZero();
      shell("test \"$(cat \"$(printf 'copy/b\\377')\")\" = x");
    } else {
      assertThat(cp.status()).isEqualTo(1);
      assertThat(cp.err())
          .startsWith("uv: cp: ENOENT: no such file or directory, lstat 'tree/b\ufffd'");
    }
  }

  @Test
  void watchPrintsIt() throws Exception {
    Path work = temp.resolve("tree");
    try (LiveProgram watch = LiveProgram.start(work, "watch", ".")) {
      watch.awaitErr("uv: watch: watching 1 path");
      shell("printf x >\"$(printf 'tree/c\\377')\"");
      String name = BYTES ? "c\u00ff" : letters("c\ufffd");
      watch.await(() -> assertThat(watch.out().lines()).contains("rename " + name));
    }
  }

  /** A shell gives it as an argument, which Java could not. */
  @Test
  void anArgumentIsTaken() throws Exception {
    Piped.Outcome tail = run(and("tree/b\\377"), "tail", "tree/good");
    Piped.Outcome missing = run(and("tree/no\\377"), "hash");
    if (BYTES) {
      assertThat(out(tail)).isEqualTo("==> tree/good <==\n\n==> tree/b\u00ff <==\nx");
      assertSucceeded(tail);
      assertFailed(missing, "hash: ENOENT: no such file or directory, open 'tree/no\\xff'");
    } else {
      assertThat(out(tail)).isEqualTo("==> tree/good <==\n");
      assertFailed(tail, "tail: ENOENT: no such file or directory, stat 'tree/b\ufffd'");
      assertFailed(missing, "hash: ENOENT: no such file or directory, open 'tree/no\ufffd'");
    }
  }

  @Test
  void lettersThatTheLocaleDoesNotHaveAreBytesToo() throws Exception {
    Files.writeString(temp.resolve("tree/\u00e4"), "x");
    Piped.Outcome hash = run(program().with("LC_ALL", "C"), "hash", "tree/\u00e4", "tree/good");
    String good = EMPTY + "  tree/good\n";
    assertThat(out(hash)).isEqualTo((BYTES ? X + letters("  tree/\u00e4\n") : "") + good);
    assertThat(hash.status()).isEqualTo(BYTES ? 0 : 1);
  }

  private Program program() {
    return Program.in(temp);
  }

  /** The program with one argument more. */
  private Program and(String format) {
    String script = "exec \"$@\" \"$(printf '" + format + "')\"";
    return program().under(List.of("sh", "-c", script, "sh"));
  }

  private static Piped.Outcome run(Program program, String... arguments) throws Exception {
    return Piped.through(program.builder(arguments), new byte[0]);
  }

  private void shell(String script) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", script).directory(temp.toFile()).inheritIO().start();
    assertThat(Program.statusOf(shell)).isZero();
  }

  private static String out(Piped.Outcome outcome) {
    return new String(outcome.out(), ISO_8859_1);
  }

  private static String letters(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static void assertSucceeded(Piped.Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  private static void assertFailed(Piped.Outcome outcome, String why) {
    assertThat(outcome.err()).containsExactly("uv: " + why);
    assertThat(outcome.status()).isEqualTo(1);
  }
}
