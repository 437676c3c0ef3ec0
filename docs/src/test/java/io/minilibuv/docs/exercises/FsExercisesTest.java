// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Solutions of the exercises in fs.md. */
class FsExercisesTest {
  @TempDir private Path temp;
  private final Loop loop = Loop.open();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  /** Exercise 1: fan out one stat for each entry, and count them in again. */
  private static void sizeOf(Loop loop, String directory, LongConsumer whenDone) {
    Fs.scandir(
        loop,
        directory,
        scandir -> {
          long[] size = {0};
          int[] left = {scandir.entries().size()};
          if (left[0] == 0) {
            whenDone.accept(0);
          }
          scandir
              .entries()
              .forEach(
                  entry ->
                      Fs.lstat(
                          loop,
                          directory + "/" + entry.name(),
                          lstat -> {
                            // One that is gone meanwhile counts nothing, but it counts in.
                            size[0] += lstat.result() < 0 ? 0 : lstat.stat().size();
                            if (--left[0] == 0) {
                              whenDone.accept(size[0]);
                            }
                          }));
        });
  }

  @Test
  void sizesAreAddedUpWhenTheLastHasCome() throws IOException {
    for (int i = 1; i <= 10; i++) {
      Files.write(temp.resolve("file" + i), new byte[i]);
    }
    List<Long> sizes = new ArrayList<>();
    sizeOf(loop, temp.toString(), sizes::add);
    loop.run();
    sizeOf(loop, Files.createDirectory(temp.resolve("empty")).toString(), sizes::add);
    loop.run();
    assertThat(sizes).containsExactly(55L, 0L);
  }

  /** Exercise 2: a read with an offset leaves the position alone, one without moves it. */
  @Test
  void onlyReadsWithoutAnOffsetMoveThePosition() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "abcdef");
    int fd = Fs.open(file.toString(), FsFlags.O_RDONLY, 0);
    assertThat(read(fd, 2, -1)).isEqualTo("ab");
    assertThat(read(fd, 2, 4)).isEqualTo("ef");
    assertThat(read(fd, 2, -1)).isEqualTo("cd");
    Fs.close(fd);
  }

  private static String read(int fd, int length, long offset) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    Fs.read(fd, buffer, offset);
    return UTF_8.decode(buffer.flip()).toString();
  }

  /**
   * Exercise 3: EBADF. But the number is free at once, and belongs to the next file: a second close
   * that comes after it closes that one.
   */
  @Test
  void aNumberIsGivenOutAgain() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "text");
    int first = Fs.open(file.toString(), FsFlags.O_RDONLY, 0);
    Fs.close(first);
    assertThatThrownBy(() -> Fs.close(first))
        .isInstanceOfSatisfying(
            UvException.class, e -> assertThat(e.error()).isEqualTo(UvError.EBADF));
    int second = Fs.open(file.toString(), FsFlags.O_RDONLY, 0);
    Fs.close(first);
    assertThatThrownBy(() -> read(second, 1, 0))
        .isInstanceOfSatisfying(
            UvException.class, e -> assertThat(e.error()).isEqualTo(UvError.EBADF));
  }
}
