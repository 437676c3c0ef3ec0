// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The file of code that may block. */
class FsFileObjectTest extends FsFixture {

  @Test
  void readsAndWrites() {
    try (FsFile file = FsFile.open(at("a"), O_CREAT | O_RDWR, 0600)) {
      assertEquals(at("a"), file.path());
      assertThat(file.toString()).contains(at("a"), String.valueOf(file.fd()));
      assertEquals(5, file.write(bytes("hello")));
      assertEquals(1, file.write(bytes("j"), 0));
      ByteBuffer buffer = ByteBuffer.allocate(9);
      assertEquals(0, file.read(buffer));
      assertEquals(4, file.read(buffer, 1));
      assertEquals("ello", text(buffer));
      file.sync();
      file.datasync();
      file.truncate(3);
      assertEquals(3, file.stat().size());
    }
    assertEquals("jel", content(at("a")));
  }

  @Test
  void errorsTellThePath() {
    assertEquals(
        at("none"), assertFails(UvError.ENOENT, () -> FsFile.open(at("none"), 0, 0)).path());
    try (FsFile file = FsFile.open(file("a", "text"), O_RDONLY, 0)) {
      UvException error = assertFails(UvError.EBADF, () -> file.write(bytes("a")));
      assertEquals("write", error.call());
      assertEquals(at("a"), error.path());
    }
  }

  /** The number may be another file's by now. */
  @Test
  void whatIsClosedIsNotUsedAndNotClosedAgain() {
    FsFile file = FsFile.open(file("a", "text"), O_RDWR, 0);
    file.close();
    int other = Fs.open(file("b", "text"), O_RDWR, 0);
    assertEquals(file.fd(), other);
    for (Executable call :
        List.<Executable>of(
            () -> file.read(ByteBuffer.allocate(1)),
            () -> file.read(ByteBuffer.allocate(1), 0),
            () -> file.write(bytes("a")),
            () -> file.write(bytes("a"), 0),
            file::stat,
            file::sync,
            file::datasync,
            () -> file.truncate(0))) {
      assertEquals(at("a"), assertFails(UvError.EBADF, call).path());
    }
    file.close();
    assertEquals(4, Fs.fstat(other).size());
    Fs.close(other);
  }
}
