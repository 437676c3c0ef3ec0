// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.minilibuv.core.UvException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors 0, 1 and 2, in a process that has them to itself. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StandardStreamTest {
  /** The number that is given out when 1 is closed: the lowest, but java.nio has 1 no more. */
  private static final int NEXT = TestedBackend.either(1, 3);

  @TempDir Path dir;

  /** What runs in the process: copies its input to its output, and then tries what cannot be. */
  static final class Copier {
    private Copier() {}

    public static void main(String[] args) {
      ByteBuffer buffer = ByteBuffer.allocate(3);
      // An interrupt must not close the process's input.
      Thread.currentThread().interrupt();
      while (Fs.read(0, new ByteBuffer[] {ByteBuffer.allocate(0), buffer}, -1) > 0) {
        buffer.flip();
        Fs.write(1, buffer, -1);
        buffer.clear();
      }
      tell("interrupted " + Thread.interrupted());
      tell("write 0 " + errorOf(() -> Fs.write(0, buffer, -1)));
      tell("read 1 " + errorOf(() -> Fs.read(1, buffer, -1)));
      tell("pread 0 " + errorOf(() -> Fs.read(0, buffer, 0)));
      tell("pwrite 1 " + errorOf(() -> Fs.write(1, buffer, 0)));
      tell("truncate 1 " + errorOf(() -> Fs.ftruncate(1, 0)));
      System.out.flush();
      Fs.close(1);
      tell("close 1 " + errorOf(() -> Fs.close(1)));
      tell("next " + Fs.open("/dev/null", FsFlags.O_RDONLY, 0));
    }

    private static void tell(String what) {
      Fs.write(2, ByteBuffer.wrap((what + '\n').getBytes(UTF_8)), -1);
    }

    private static String errorOf(Runnable call) {
      try {
        call.run();
        return "fine";
      } catch (UvException e) {
        return e.error().errName();
      }
    }
  }

  /** What runs in the process: reads all of its input at once, into memory of all kinds. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] args) {
      ByteBuffer[] buffers = {
        ByteBuffer.allocate(7),
        ByteBuffer.allocate(0),
        ByteBuffer.allocate(100_000),
        ByteBuffer.allocateDirect(50_000)
      };
      Copier.tell("read " + Fs.read(0, buffers, -1));
      StringBuilder all = new StringBuilder();
      for (ByteBuffer buffer : buffers) {
        all.append(UTF_8.decode(buffer.flip()));
      }
      Copier.tell("hash " + all.toString().hashCode());
      Copier.tell("again " + Fs.read(0, ByteBuffer.allocate(9), -1));
    }
  }

  /** What runs in the process: writes more to its output than there may be. */
  static final class Writer {
    private static final int SIZE = 60_000;

    private Writer() {}

    public static void main(String[] args) {
      for (int i = 0; i < 3; i++) {
        ByteBuffer[] buffers = {
          ByteBuffer.allocate(1), ByteBuffer.allocateDirect(1), ByteBuffer.allocate(SIZE - 2)
        };
        Copier.tell("write " + written(buffers, -1));
      }
      Copier.tell("pwrite " + written(new ByteBuffer[] {ByteBuffer.allocate(SIZE)}, 20_000));
    }

    private static String written(ByteBuffer[] buffers, long offset) {
      String told = Copier.errorOf(() -> Fs.write(1, buffers, offset));
      return told + " " + Arrays.stream(buffers).mapToInt(ByteBuffer::position).sum();
    }
  }

  /** What runs in the process: gives its output one length after the other. */
  static final class Cutter {
    private Cutter() {}

    public static void main(String[] args) {
      write("0123456789");
      Fs.ftruncate(1, 4);
      Copier.tell("cut " + Fs.fstat(1).size());
      write("x");
      Copier.tell("written " + Fs.fstat(1).size());
      Fs.ftruncate(1, 20);
      Copier.tell("extended " + Fs.fstat(1).size());
      write("y");
      Fs.ftruncate(1, Fs.fstat(1).size());
      Copier.tell("truncate 0 " + Copier.errorOf(() -> Fs.ftruncate(0, 0)));
    }

    private static void write(String text) {
      Fs.write(1, ByteBuffer.wrap(text.getBytes(UTF_8)), -1);
    }
  }

  private Process start(Redirect in, Redirect out) throws IOException {
    return start(Copier.class, in, out);
  }

  private Process start(Class<?> main, Redirect in, Redirect out, String... before)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(
        List.of(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-XX:TieredStopAtLevel=1"));
    command.addAll(FsChild.sameBackend());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            main.getName()));
    return new ProcessBuilder(command)
        .redirectInput(in)
        .redirectOutput(out)
        .redirectError(dir.resolve("err").toFile())
        .start();
  }

  private String told(Process process) throws IOException, InterruptedException {
    int status = process.waitFor();
    String told = Files.readString(dir.resolve("err"));
    assertEquals(0, status, told);
    return told;
  }

  @Test
  void pipes() throws IOException, InterruptedException {
    Process process = start(Redirect.PIPE, Redirect.PIPE);
    String text = "f\u00fcnf Zeichen";
    try (var to = process.getOutputStream()) {
      to.write(text.getBytes(UTF_8));
    }
    assertEquals(text, new String(process.getInputStream().readAllBytes(), UTF_8));
    assertEquals(
        """
        interrupted true
        write 0 EBADF
        read 1 EBADF
        pread 0 ESPIPE
        pwrite 1 ESPIPE
        truncate 1 EINVAL
        close 1 EBADF
        next %d
        """
            .formatted(NEXT),
        told(process));
  }

  @Test
  void files() throws IOException, InterruptedException {
    Path in = Files.writeString(dir.resolve("in"), "abcdefgh");
    Path out = dir.resolve("out");
    String told = told(start(Redirect.from(in.toFile()), Redirect.to(out.toFile())));
    assertEquals("", Files.readString(out));
    assertEquals(
        """
        interrupted true
        write 0 EBADF
        read 1 EBADF
        pread 0 fine
        pwrite 1 fine
        truncate 1 fine
        close 1 EBADF
        next %d
        """
            .formatted(NEXT),
        told);
  }

  @Test
  void aFileIsReadIntoAllBuffersAtOnce() throws IOException, InterruptedException {
    String text = "0123456789abc".repeat(11_000);
    Path in = Files.writeString(dir.resolve("in"), text);
    Process process = start(Reader.class, Redirect.from(in.toFile()), Redirect.PIPE);
    assertEquals("read 143000\nhash " + text.hashCode() + "\nagain 0\n", told(process));
  }

  @Test
  void aPipeIsReadOnceIntoAllBuffers() throws IOException, InterruptedException {
    Process process = start(Reader.class, Redirect.PIPE, Redirect.PIPE);
    String text = "0123456789";
    try (var to = process.getOutputStream()) {
      to.write(text.getBytes(UTF_8));
      to.flush();
      // It does not wait for more.
      await().until(() -> Files.readString(dir.resolve("err")).contains("hash " + text.hashCode()));
    }
    assertEquals("read 10\nhash " + text.hashCode() + "\nagain 0\n", told(process));
  }

  /** What was written before an error is told, and the error by the next call. */
  @EnabledOnOs(value = OS.LINUX, disabledReason = "prlimit is Linux's")
  @Test
  void aFileThatGetsTooLong() throws IOException, InterruptedException {
    String[] limit = {"prlimit", "--fsize=65536"};
    File out = dir.resolve("out").toFile();
    assertEquals(
        """
        write fine 60000
        write fine 5536
        write EFBIG 0
        pwrite fine 45536
        """,
        told(start(Writer.class, Redirect.PIPE, Redirect.to(out), limit)));
    Files.write(out.toPath(), new byte[3000]);
    assertEquals(
        """
        write fine 60000
        write fine 2536
        write EFBIG 0
        pwrite EFBIG 0
        """,
        told(start(Writer.class, Redirect.PIPE, Redirect.appendTo(out), limit)));
    assertEquals(65536, Files.size(out.toPath()));
  }

  @Test
  void aFileIsCutAndExtended() throws IOException, InterruptedException {
    File out = dir.resolve("out").toFile();
    String told =
        """
        cut 4
        written %d
        extended 20
        truncate 0 EINVAL
        """;
    assertEquals(told.formatted(11), told(start(Cutter.class, Redirect.PIPE, Redirect.to(out))));
    assertEquals("0123\0\0\0\0\0\0xy\0\0\0\0\0\0\0\0", Files.readString(out.toPath()));
    Files.delete(out.toPath());
    assertEquals(
        told.formatted(5), told(start(Cutter.class, Redirect.PIPE, Redirect.appendTo(out))));
    assertEquals("0123x" + "\0".repeat(15) + "y", Files.readString(out.toPath()));
  }
}
