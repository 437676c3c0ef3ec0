// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Uv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cutting and extending a file does, apart from its length. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class FsTruncateTest extends FsFixture {
  private static final Uv.Timespec OLD = new Uv.Timespec(1_000_000_000, 0);

  private static void assertTouched(String path) {
    assertThat(Fs.stat(path).mtim()).as(path).isNotEqualTo(OLD);
  }

  @ValueSource(ints = {O_WRONLY, O_RDWR, O_WRONLY | O_APPEND, O_RDWR | O_APPEND})
  @ParameterizedTest
  void ftruncateTouchesTheFileWhateverTheLength(int flags) {
    String path = file("file", "abc");
    int fd = Fs.open(path, flags, 0);
    for (long length : new long[] {3, 5, 5, 1, 0, 0}) {
      Fs.utime(path, OLD, OLD);
      Fs.ftruncate(fd, length);
      assertTouched(path);
      assertThat(Fs.stat(path).size()).isEqualTo(length);
    }
    Fs.close(fd);
  }

  @ValueSource(
      ints = {O_RDONLY, O_WRONLY, O_RDWR, O_WRONLY | O_APPEND, O_RDWR | O_APPEND, O_APPEND})
  @ParameterizedTest
  void openingTouchesWhatItEmptiesThoughItWasEmpty(int access) {
    for (int more : new int[] {0, O_CREAT}) {
      String path = file("file", "");
      Fs.utime(path, OLD, OLD);
      Fs.close(Fs.open(path, access | more, 0));
      assertThat(Fs.stat(path).mtim()).isEqualTo(OLD);
      Fs.close(Fs.open(path, access | O_TRUNC | more, 0));
      assertTouched(path);
    }
  }

  /** The length is set on the file, not on what has its name now. */
  @ValueSource(ints = {O_WRONLY, O_RDWR, O_RDWR | O_APPEND})
  @ParameterizedTest
  void whatTookTheNameIsNotTouched(int flags) {
    String path = file("file", "abc");
    int fd = Fs.open(path, flags, 0);
    Fs.rename(path, at("elsewhere"));
    file("file", "another");
    for (long length : new long[] {3, 9, 2}) {
      Fs.utime(path, OLD, OLD);
      Fs.ftruncate(fd, length);
      assertThat(Fs.stat(at("elsewhere")).size()).isEqualTo(length);
      assertThat(Fs.stat(path).mtim()).isEqualTo(OLD);
      assertThat(content(path)).isEqualTo("another");
    }
    Fs.close(fd);
  }

  @Test
  void whatIsGoneIsNotMadeAgain() {
    for (int flags : new int[] {O_WRONLY, O_RDWR, O_RDWR | O_APPEND}) {
      int fd = Fs.open(file("file", "abc"), flags, 0);
      Fs.unlink(at("file"));
      Fs.ftruncate(fd, 3);
      Fs.ftruncate(fd, 9);
      assertThat(Fs.fstat(fd).size()).isEqualTo(9);
      Fs.close(fd);
      assertThat(Fs.scandir(dir.toString())).isEmpty();
    }
  }

  /** How many blocks there are on the disk, which {@code java.nio} does not tell. */
  private static long blocks(String path) throws IOException {
    Process du = new ProcessBuilder("du", "-k", path).start();
    String told = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Long.parseLong(told.substring(0, told.indexOf('\t')));
  }

  @ValueSource(ints = {O_WRONLY, O_RDWR, O_WRONLY | O_APPEND, O_RDWR | O_APPEND})
  @ParameterizedTest
  void whatIsExtendedTakesNoRoom(int flags) throws IOException {
    String path = file("file", "");
    int fd = Fs.open(path, flags, 0);
    Fs.ftruncate(fd, 1L << 30);
    assertThat(Fs.fstat(fd).size()).isEqualTo(1L << 30);
    assertThat(blocks(path)).isZero();
    Fs.close(fd);
  }
}
