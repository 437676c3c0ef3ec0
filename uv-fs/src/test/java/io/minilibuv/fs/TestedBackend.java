// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Which backend the tests of this process run on. Where {@code java.nio} answers otherwise than
 * libuv does, a test expects the one or the other by this.
 */
public final class TestedBackend {
  /** Whether calls go through {@code java.nio}; else all is expected to be as in libuv. */
  public static final boolean NIO = FsBackend.system().equals(FsBackend.nio());

  private static final Path OWN = Path.of("/proc/self/fd");

  private TestedBackend() {}

  /** What is expected: {@code libuvs}, but {@code nios} on {@code java.nio}. */
  public static <T> T either(T libuvs, T nios) {
    return NIO ? nios : libuvs;
  }

  /** How many files are open; where the JVM's have numbers, too, only those below {@code dir}. */
  static long openDescriptors(Path dir) throws IOException {
    if (NIO) {
      return NioFsBackend.INSTANCE.openCount();
    }
    Path below = dir.toRealPath();
    try (Stream<Path> all = Files.list(OWN)) {
      return all.filter(fd -> isOpenBelow(below, fd)).count();
    }
  }

  private static boolean isOpenBelow(Path below, Path fd) {
    try {
      return Files.readSymbolicLink(fd).startsWith(below);
    } catch (IOException e) {
      // Closed since it was listed.
      return false;
    }
  }
}
