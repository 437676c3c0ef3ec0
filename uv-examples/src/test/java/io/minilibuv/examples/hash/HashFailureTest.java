// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static io.minilibuv.examples.Refusal.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import io.minilibuv.examples.Restricted;
import io.minilibuv.examples.Signals;
import java.io.BufferedReader;
import java.io.File;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv hash} as a process, when something is wrong, or takes too long. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such modes, names and signals")
class HashFailureTest {
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir private Path temp;

  @BeforeEach
  void makeFile() throws Exception {
    Files.createFile(Files.createDirectories(temp.resolve("tree")).resolve("good"));
  }

  @Test
  void tellsWhatFailedAtTheEndAndHashesTheRest() throws Exception {
    Path secret = Files.writeString(temp.resolve("tree/a secret"), "secret");
    Path locked = Files.createDirectories(temp.resolve("tree/locked"));
    Files.setAttribute(secret, "unix:mode", 0);
    Files.setAttribute(locked, "unix:mode", 0);
    try {
      Outcome outcome =
          Program.in(temp)
              .under(Restricted.from(secret))
              .run("hash", "missing", "tree", "", "tree/good/");
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.out()).containsExactly(EMPTY + "  tree/good");
      assertThat(outcome.err())
          .containsExactlyInAnyOrder(
              "uv: hash: EACCES: permission denied, scandir 'tree/locked'",
              "uv: hash: ENOENT: no such file or directory, open 'missing'",
              "uv: hash: EACCES: permission denied, open 'tree/a secret'",
              "uv: hash: ENOENT: no such file or directory, open ''",
              "uv: hash: ENOTDIR: not a directory, open 'tree/good/'");
    } finally {
      Files.setAttribute(locked, "unix:mode", 0700);
    }
  }

  @Test
  void isNotHeldUpByWhatIsNoFileInATree() throws Exception {
    makeFifo("tree/fifo");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(temp.resolve("tree/socket")));
      Outcome outcome = Program.in(temp).run("hash", "tree");
      assertThat(outcome.status()).isZero();
      assertThat(outcome.out()).containsExactly(EMPTY + "  tree/good");
      assertThat(outcome.err())
          .containsExactly("uv: hash: passed over 2 devices, FIFOs or sockets");
    }
  }

  @Test
  void aFifoThatIsNamedIsRead() throws Exception {
    makeFifo("fifo");
    Process process =
        Program.in(temp)
            .under(List.of("sh", "-c", "(printf '' >fifo) & \"$@\" >out", "sh"))
            .builder("hash", "fifo")
            .start();
    assertThat(Program.statusOf(process)).isZero();
    assertThat(temp.resolve("out")).hasContent(EMPTY + "  fifo");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc")
  void aFileThatCannotBeReadIsAFailureWithItsName() throws Exception {
    // Address 0 of a process is never mapped, not even for the superuser.
    Outcome outcome = Program.in(temp).run("hash", "/proc/self/mem", "tree/good");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).containsExactly(EMPTY + "  tree/good");
    assertThat(outcome.err())
        .containsExactly("uv: hash: EIO: input/output error, read '/proc/self/mem'");
  }

  @Test
  void aLineThatIsNoChecksumIsToldWithItsNumber() throws Exception {
    Outcome outcome =
        feedBytes("sums", ("garbage\n# fine\n" + EMPTY + "  tree/good\n\0\n").getBytes(UTF_8));
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).containsExactly("tree/good: OK");
    assertThat(outcome.err())
        .containsExactly(
            "uv: hash: sums:1: this is no SHA-256 and a path",
            "uv: hash: sums:4: this is no SHA-256 and a path");
  }

  @Test
  void aListWithoutChecksumsIsAFailure() throws Exception {
    Outcome empty = feedBytes("sums", new byte[0]);
    assertThat(empty.status()).isEqualTo(1);
    assertThat(empty.err()).containsExactly("uv: hash: sums: there is no checksum in it");
    Outcome binary = feedBytes("b\nin", ("\n".repeat(3) + "x\n".repeat(1500)).getBytes(UTF_8));
    assertThat(binary.status()).isEqualTo(1);
    assertThat(binary.err()).hasSize(1002).last().asString().startsWith("uv: hash: b\\nin: there");
    assertThat(binary.err().get(1000)).isEqualTo("uv: hash: and 500 failures more");
    for (String missing : new String[] {"missing", ""}) {
      Outcome none = Program.in(temp).run("hash", "--check", missing);
      assertThat(none.status()).isEqualTo(1);
      assertThat(none.err())
          .containsExactly("uv: hash: ENOENT: no such file or directory, open '" + missing + "'");
    }
    Outcome directory = Program.in(temp).run("hash", "--check", "tree");
    assertThat(directory.err()).containsExactly("uv: hash: EISDIR: is a directory, read 'tree'");
  }

  @Test
  void aSenselessLineIsRefused() throws Exception {
    String check = "--check takes what to hash from FILE, and goes with no PATH or --measure";
    assertRefused(check, "hash", "--check", "sums", "file");
    assertRefused(check, "hash", "--measure", "--check", "sums");
    String measure = "--measure reads several times, and standard input can be read once";
    assertRefused(measure, "hash", "--measure");
    assertRefused(measure, "hash", "--measure", "file", "-");
    assertRefused("--jobs takes a number from 1 to 1024, not 0", "hash", "-j0", "file");
  }

  @Test
  void endsQuietlyWhenNobodyReads() throws Exception {
    for (int i = 0; i < 1500; i++) {
      Files.createFile(temp.resolve("tree/" + "long".repeat(30) + i));
    }
    // For which it would wait for ever.
    makeFifo("fifo");
    File err = temp.resolve("err").toFile();
    Process process =
        Program.in(temp)
            .under(List.of("sh", "-c", "(\"$@\"; echo $? >status) | read line", "sh"))
            .builder("hash", "tree", "fifo")
            .redirectError(err)
            .start();
    Program.statusOf(process);
    assertThat(temp.resolve("status")).hasContent("141");
    assertThat(err).isEmpty();
  }

  @Test
  void anInterruptCancelsWhatWaitsAndTellsHowMuchIsDone() throws Exception {
    makeFifo("fifo");
    List<String> said = interruptAfterALine(EMPTY + "  tree/good", "hash", "tree", "fifo", "-");
    assertThat(said).containsExactly("uv: hash: interrupted: 1 of 3 files hashed");
  }

  @Test
  void anInterruptAlsoPrintsWhatHasWaitedForSomethingBeforeIt() throws Exception {
    makeFifo("fifo");
    makeFifo("next");
    // Two at a time: when somebody opens the second FIFO, the good file is done.
    Process process =
        Program.in(temp)
            .under(List.of("sh", "-c", "(echo >next; echo >opened) & exec \"$@\" >out 2>err", "sh"))
            .builder("hash", "-j2", "fifo", "tree/good", "next", "fifo")
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> Files.exists(temp.resolve("opened")));
      Signals.interrupt(process);
      assertThat(Program.statusOf(process)).isEqualTo(Signals.STATUS);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readAllLines(temp.resolve("out"))).startsWith(EMPTY + "  tree/good");
    assertThat(temp.resolve("err"))
        .content()
        .matches("uv: hash: interrupted: [12] of 4 files hashed\n");
  }

  @Test
  void anInterruptedCheckTellsHowMuchIsDone() throws Exception {
    makeFifo("fifo");
    Files.writeString(temp.resolve("sums"), EMPTY + "  tree/good\n" + EMPTY + "  fifo\n");
    List<String> said = interruptAfterALine("tree/good: OK", "hash", "--check", "sums");
    assertThat(said).containsExactly("uv: hash: interrupted: 1 of 2 files checked");
  }

  @Test
  void anInterruptedMeasurementEnds() throws Exception {
    try (RandomAccessFile large = new RandomAccessFile(temp.resolve("large").toFile(), "rw")) {
      large.setLength(64 << 20);
    }
    List<String> said = interruptAfterALine("threads         speed", "hash", "--measure", "large");
    assertThat(said).containsExactly("uv: hash: interrupted");
  }

  /** What the program says on standard error, if it is interrupted once it has printed a line. */
  private List<String> interruptAfterALine(String line, String... arguments) throws Exception {
    File err = temp.resolve("err").toFile();
    Process process = Program.in(temp).builder(arguments).redirectError(err).start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo(line);
      Signals.interrupt(process);
      assertThat(out.lines()).isEmpty();
      assertThat(Program.statusOf(process)).isEqualTo(Signals.STATUS);
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(err.toPath());
  }

  private Outcome feedBytes(String name, byte[] sums) throws Exception {
    Files.write(temp.resolve(name), sums);
    return Program.in(temp).run("hash", "--check", name);
  }

  private void makeFifo(String name) throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", temp.resolve(name).toString()).start();
    assertThat(Program.statusOf(mkfifo)).isZero();
  }
}
