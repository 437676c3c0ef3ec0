// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Operations of {@code java.nio.file} about one file, on whatever thread asks for them. */
final class JavaFiles {
  private JavaFiles() {}

  /** Finds those of a row, one after another; null if it is none of these. */
  static @Nullable Workload of(String row, Keys keys) throws IOException {
    return switch (row) {
      case "stat-sync" -> {
        Path path = Path.of(keys.text("path"));
        yield new Repeated(keys.number("n"), () -> stat(path));
      }
      case "open-close" -> {
        Path path = Path.of(keys.text("path"));
        yield new Repeated(keys.number("n"), () -> FileChannel.open(path).close());
      }
      case "read-sync" -> read(keys.number("n"), keys.number("size"), Path.of(keys.text("path")));
      default -> null;
    };
  }

  static void stat(Path path) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Workload read(int n, int size, Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    return new Repeated(
        n,
        () -> {
          buffer.clear();
          Workload.exactly(size, channel.read(buffer, 0));
        },
        channel);
  }
}
