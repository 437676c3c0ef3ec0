// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.minilibuv.core.UvException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors 0, 1 and 2, in a process that has them to itself. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StandardStreamTest {
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

  private Process start(ProcessBuilder.Redirect in, ProcessBuilder.Redirect out)
      throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Copier.class.getName())
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
    Process process = start(ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.PIPE);
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
        next 3
        """,
        told(process));
  }

  @Test
  void files() throws IOException, InterruptedException {
    Path in = Files.writeString(dir.resolve("in"), "abcdefgh");
    Path out = dir.resolve("out");
    String told =
        told(
            start(
                ProcessBuilder.Redirect.from(in.toFile()),
                ProcessBuilder.Redirect.to(out.toFile())));
    assertEquals("abcdefgh", Files.readString(out).substring(0, 8));
    assertEquals(
        """
        interrupted true
        write 0 EBADF
        read 1 EBADF
        pread 0 fine
        pwrite 1 fine
        truncate 1 EINVAL
        close 1 EBADF
        next 3
        """,
        told);
  }
}
