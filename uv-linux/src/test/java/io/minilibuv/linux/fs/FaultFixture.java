// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A backend whose calls go wrong, an empty directory, and short forms. Nothing is left open. */
@ExtendWith(LeakCheck.class)
abstract class FaultFixture {
  static final long AT_POSITION = -1;

  @TempDir Path dir;

  final FaultyCalls calls = new FaultyCalls();
  final FsBackend fs = calls.backend();

  final String at(String name) {
    return dir + "/" + name;
  }

  final String file(String name, String content) {
    try {
      return Files.writeString(dir.resolve(name), content, ISO_8859_1).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final String content(String name) {
    try {
      return Files.readString(dir.resolve(name), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final boolean exists(String name) {
    return Files.exists(dir.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  final int open(String path, int flags) {
    long fd = fs.open(path, flags, 0600);
    assertThat(fd).as(told(fd)).isNotNegative();
    return (int) fd;
  }

  final void close(int fd) {
    done(fs.close(fd));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  static ByteBuffer[] buffers(ByteBuffer... all) {
    return all;
  }

  static void done(long result) {
    assertThat(told(result)).isEqualTo("0");
  }

  static void fails(UvError expected, long result) {
    assertThat(told(result)).isEqualTo(expected.name());
  }

  static String told(long result) {
    return result < 0 ? UvError.errName((int) result) : Long.toString(result);
  }
}
