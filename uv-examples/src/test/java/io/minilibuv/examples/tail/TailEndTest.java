// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import static io.minilibuv.examples.LiveProgram.patiently;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.LiveProgram;
import io.minilibuv.examples.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code uv tail} ends: by a signal, by a pipe that nobody reads, or with nothing left. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such pipes and signals")
class TailEndTest {
  private static final int TERMINATED = 128 + 15;
  private static final int BROKEN_PIPE = 128 + 13;

  @TempDir private Path temp;
  private Path directory;
  private Path log;

  @BeforeEach
  void makeLog() throws IOException {
    directory = Files.createDirectory(temp.resolve("work"));
    log = Files.writeString(directory.resolve("log"), "one\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "poll"})
  void endsWhenNobodyReadsThePipe(String by) throws Exception {
    try (LiveProgram tail = LiveProgram.startPiped(directory, "tail", "-f", "--by", by, "log")) {
      try (InputStream output = tail.process().getInputStream()) {
        assertThat(new String(patiently(() -> output.readNBytes(4)), ISO_8859_1))
            .isEqualTo("one\n");
      }
      Files.writeString(log, "two\n", APPEND);
      assertThat(tail.end()).isEqualTo(BROKEN_PIPE);
      assertThat(tail.err()).isEmpty();
    }
  }

  @Test
  void anInterruptDoesNotWaitForAReaderThatHasStopped() throws Exception {
    Files.write(log, new byte[1 << 20]);
    try (LiveProgram tail = LiveProgram.startPiped(directory, "tail", "-f", "log")) {
      // A pipe that is full, as far as can be seen; and if not, there is all the less to wait for.
      InputStream output = tail.process().getInputStream();
      tail.await(() -> assertThat(output.available()).isPositive());
      assertThat(tail.interrupt()).isEqualTo(TERMINATED);
      assertThat(tail.err())
          .singleElement()
          .asString()
          .matches("uv: tail: interrupted, .* KiB written");
    }
  }

  @Test
  void anInterruptDoesNotWaitForInput() throws Exception {
    ProcessBuilder builder = Program.in(directory).builder("tail", "-n", "+1", "log", "-");
    try (LiveProgram tail = LiveProgram.start(builder, directory)) {
      OutputStream input = tail.process().getOutputStream();
      input.write("half a li".getBytes(ISO_8859_1));
      input.flush();
      tail.awaitOut("==> log <==\none\n\n==> standard input <==\nhalf a li");
      assertThat(tail.interrupt()).isEqualTo(TERMINATED);
      assertThat(tail.err()).containsExactly("uv: tail: interrupted, 13 B written");
    }
  }

  @Test
  void anInterruptDoesNotWaitForAPipeThatNobodyOpens() throws Exception {
    makeFifo();
    try (LiveProgram tail = LiveProgram.start(directory, "tail", "log", "fifo")) {
      tail.awaitOut("==> log <==\none\n");
      assertThat(tail.interrupt()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void aPipeWithANameIsReadAndNotFollowed() throws Exception {
    Path fifo = makeFifo();
    try (LiveProgram tail = LiveProgram.start(directory, "tail", "-f", "-n", "1", "fifo")) {
      assertThat(patiently(() -> Files.writeString(fifo, "one\ntwo\n"))).isEqualTo(fifo);
      assertThat(tail.end()).isZero();
      assertThat(tail.out()).isEqualTo("two\n");
      assertThat(tail.err())
          .containsExactly("uv: tail: fifo: is not followed: it is no regular file");
    }
  }

  @Test
  void endsWhenThereIsNothingToFollow() throws Exception {
    try (LiveProgram tail = LiveProgram.start(directory, "tail", "-f", "missing", ".")) {
      assertThat(tail.end()).isEqualTo(1);
      assertThat(tail.err())
          .containsExactly(
              "uv: tail: ENOENT: no such file or directory, stat 'missing'",
              "uv: tail: EISDIR: is a directory, read '.'");
    }
  }

  @Test
  void tellsOfItsTimeWhenItIsInterrupted() throws Exception {
    try (LiveProgram tail = LiveProgram.start(directory, "tail", "-F", "--stats", "log")) {
      tail.awaitOut("one\n");
      assertThat(tail.interrupt()).isEqualTo(TERMINATED);
      assertThat(tail.err().get(0)).isEqualTo("uv: tail: interrupted, 4 B written");
      assertThat(tail.err().get(1)).startsWith("stats: time ").contains("4 B moved");
    }
  }

  private Path makeFifo() throws Exception {
    Path fifo = directory.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    return fifo;
  }
}
