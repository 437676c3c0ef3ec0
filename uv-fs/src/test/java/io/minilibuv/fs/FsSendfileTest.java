// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.UvError;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code test/test-fs.c}: sendfile. */
class FsSendfileTest extends FsFixture {

  @Test
  void fsAsyncSendfile() {
    int in = Fs.open(at("in"), O_RDWR | O_CREAT, 0600);
    write(in, "begin\n");
    Fs.write(in, bytes("end\n"), 65536 + 6);
    int out = Fs.open(at("out"), O_WRONLY | O_CREAT, 0600);
    FsRequest sent = done(callback -> Fs.sendfile(loop, out, in, 1, 131072, callback));
    assertEquals(65545, sent.orThrow());
    assertEquals(65545, sent.bytes());
    assertEquals(Fs.stat(at("in")).size() - 1, Fs.stat(at("out")).size());
    assertThat(content(at("out"))).startsWith("egin\n\0").endsWith("end\n");
    Fs.close(in);
    Fs.close(out);
  }

  @Test
  void fsAsyncSendfileNodata() {
    int in = Fs.open(file("in", ""), O_RDONLY, 0);
    int out = Fs.open(at("out"), O_WRONLY | O_CREAT, 0600);
    FsRequest sent = done(callback -> Fs.sendfile(loop, out, in, 0, 131072, callback));
    assertEquals(0, sent.orThrow());
    assertEquals(0, Fs.stat(at("out")).size());
    Fs.close(in);
    Fs.close(out);
  }

  @Test
  void thePositionOfTheSourceStaysAndTheTargetsMoves() {
    int in = Fs.open(file("in", "0123456789"), O_RDONLY, 0);
    int out = Fs.open(at("out"), O_RDWR | O_CREAT, 0600);
    write(out, "ab");
    assertEquals(3, Fs.sendfile(out, in, 4, 3));
    assertEquals(2, Fs.sendfile(out, in, 8, 100));
    write(out, "yz");
    assertEquals("0123", read(in, 4));
    assertEquals("ab45689yz", content(at("out")));
    assertEquals(0, Fs.sendfile(out, in, 10, 5));
    assertEquals(0, Fs.sendfile(out, in, 99, 5));
    assertEquals(0, Fs.sendfile(out, in, 0, 0));
    Fs.close(in);
    Fs.close(out);
  }

  @Test
  void whatAppendsIsWrittenAtItsEndOrNotAtAll() {
    int in = Fs.open(file("in", "x".repeat(20000)), O_RDONLY, 0);
    int out = Fs.open(file("out", "ab"), O_WRONLY | O_APPEND, 0);
    if (TestedBackend.NIO) {
      assertEquals(20000, Fs.sendfile(out, in, 0, 30000));
      assertEquals("ab" + "x".repeat(20000), content(at("out")));
    } else {
      assertFails(UvError.EBADF, () -> Fs.sendfile(out, in, 0, 30000));
      assertEquals("ab", content(at("out")));
    }
    Fs.close(in);
    Fs.close(out);
  }

  @Test
  void aFileOfTheSystemsThatSaysItIsEmpty() {
    int in = Fs.open("/proc/self/status", O_RDONLY, 0);
    int out = Fs.open(at("out"), O_WRONLY | O_CREAT, 0600);
    assertTrue(Fs.sendfile(out, in, 0, 100_000) > 100);
    assertThat(content(at("out"))).startsWith("Name:");
    Fs.close(in);
    Fs.close(out);
  }

  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void aPipeIsReadAsItComes() throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("mkfifo", at("pipe")).start().waitFor());
    int in = Fs.open(at("pipe"), O_RDWR, 0);
    int out = Fs.open(at("out"), O_WRONLY | O_CREAT, 0600);
    write(in, "0123456789");
    assertEquals(10, Fs.sendfile(out, in, 7, 10));
    assertEquals("0123456789", content(at("out")));
    Fs.close(in);
    Fs.close(out);
  }

  /** No file is sent to a device but through memory. */
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void aNegativeOffsetIsRefusedWhereverItGoes() throws IOException, InterruptedException {
    int in = Fs.open(file("in", "0123456789"), O_RDONLY, 0);
    int device = Fs.open("/dev/null", O_WRONLY, 0);
    assertFails(
        UvError.EINVAL,
        () -> Fs.sendfile(device, in, -1, 5),
        callback -> Fs.sendfile(loop, device, in, -1, 5, callback));
    assertFails(UvError.EINVAL, () -> Fs.sendfile(device, in, Long.MIN_VALUE, 5));
    assertEquals("0123", read(in, 4));
    assertEquals(0, new ProcessBuilder("mkfifo", at("pipe")).start().waitFor());
    int pipe = Fs.open(at("pipe"), O_RDWR, 0);
    write(pipe, "0123456789");
    assertFails(UvError.EINVAL, () -> Fs.sendfile(device, pipe, -1, 5));
    assertEquals("01234", read(pipe, 5));
    Fs.close(pipe);
    Fs.close(device);
    Fs.close(in);
  }

  /** What is read gets written to it, and would be read again. */
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void aFileIsSentToItselfOnce() {
    String path = file("file", "hello");
    int fd = Fs.open(path, O_RDWR, 0);
    assertEquals("hello", read(fd, 5));
    assertEquals(5, Fs.sendfile(fd, fd, 0, 50 << 20));
    assertEquals("hellohello", content(path));
    assertEquals(0, Fs.sendfile(fd, fd, 10, 50 << 20));
    assertEquals(0, Fs.sendfile(fd, fd, 99, 50 << 20));
    int appending = Fs.open(path, O_WRONLY | O_APPEND, 0);
    if (TestedBackend.NIO) {
      assertEquals(8, Fs.sendfile(appending, fd, 2, 50 << 20));
      assertEquals("hellohellollohello", content(path));
    } else {
      assertFails(UvError.EBADF, () -> Fs.sendfile(appending, fd, 2, 50 << 20));
    }
    assertFails(
        UvError.EBADF,
        () -> Fs.sendfile(appending, appending, 0, 0),
        callback -> Fs.sendfile(loop, appending, appending, 0, 0, callback));
    Fs.close(appending);
    Fs.close(fd);
  }

  @Test
  void badArguments() {
    int in = Fs.open(file("in", "0123456789"), O_RDONLY, 0);
    int out = Fs.open(at("out"), O_WRONLY | O_CREAT, 0600);
    int directory = Fs.open(dir.toString(), O_RDONLY, 0);
    assertFails(UvError.EBADF, () -> Fs.sendfile(out, NEVER_OPEN, 0, 1));
    assertFails(UvError.EBADF, () -> Fs.sendfile(NEVER_OPEN, in, 0, 1));
    assertFails(UvError.EBADF, () -> Fs.sendfile(in, in, 0, 1));
    assertFails(UvError.EBADF, () -> Fs.sendfile(out, out, 0, 1));
    assertFails(
        TestedBackend.either(UvError.EOVERFLOW, UvError.EINVAL), () -> Fs.sendfile(out, in, -1, 1));
    if (TestedBackend.NIO) {
      assertFails(UvError.EINVAL, () -> Fs.sendfile(out, in, 0, -1));
    } else {
      // In C a length has no sign: it is the longest.
      assertEquals(10, Fs.sendfile(out, in, 0, -1));
      Fs.ftruncate(out, 0);
    }
    assertFails(UvError.EISDIR, () -> Fs.sendfile(out, directory, 0, 1));
    // Only of files that something can be sent between.
    assertFails(UvError.EISDIR, () -> Fs.sendfile(out, directory, -1, 1));
    assertFails(UvError.EISDIR, () -> Fs.sendfile(directory, in, -1, 1));
    assertFails(UvError.EBADF, () -> Fs.sendfile(in, in, -1, 1));
    assertEquals(0, Fs.sendfile(out, in, -1, 0));
    assertEquals(0, Fs.stat(at("out")).size());
    Fs.close(in);
    Fs.close(out);
    Fs.close(directory);
  }
}
