// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.threadpool.ThreadPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Files that change while several chunks of them are on their way. One worker, so that the calls
 * come in a certain order.
 */
class TreeCopyChangeTest extends TreeFixture {
  /** What happens to reads: nothing, unless a test says so. Called on the worker. */
  private interface Reads {
    /** What a read at {@code offset} is to find, given what is there. */
    long found(long offset, long there) throws IOException;
  }

  private Reads reads = (offset, there) -> there;
  private final RiggedFs changing =
      new RiggedFs((number, call, path) -> rig.before(number, call, path)) {
        @Override
        public long read(int fd, ByteBuffer[] buffers, long offset) {
          long there = super.read(fd, buffers, offset);
          try {
            return reads.found(offset, there);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop ordered =
      Loop.open(new LoopOptions().with(FsBackend.OF_LOOP, changing).with(ThreadPool.OF_LOOP, pool));

  @AfterEach
  void close() {
    ordered.shutdown();
    pool.close();
    assertThat(changing.open()).isZero();
  }

  @Test
  void aFileThatGrowsBehindAReadAtItsEndGetsNoHole() throws IOException {
    Path source = write("source", 2);
    reads =
        (offset, there) -> {
          if (there == 0 && Files.size(source) == 2L * Buffers.SIZE) {
            Files.write(source, chunks(2), StandardOpenOption.APPEND);
          }
          return there;
        };
    TreeResult result = copied();
    assertThat(temp.resolve("copy")).hasSameBinaryContentAs(source).hasSize(4L * Buffers.SIZE);
    assertThat(result.bytes()).isEqualTo(4L * Buffers.SIZE);
  }

  /** Chunk 2 is never there, and chunk 3 is, once somebody has looked for chunk 2. */
  @Test
  void whatWasWrittenBehindTheEndIsCutOff() throws IOException {
    Path source = write("source", 2);
    reads =
        (offset, there) -> {
          if (offset != 2L * Buffers.SIZE) {
            return there;
          }
          Files.write(source, chunks(4));
          return 0;
        };
    TreeResult result = copied();
    assertThat(Files.readAllBytes(temp.resolve("copy"))).isEqualTo(chunks(2));
    assertThat(result.bytes()).isEqualTo(2L * Buffers.SIZE);
  }

  @Test
  void setIdBitsOfADirectoryAreForItsOwnerOnly() throws IOException {
    make("source/file");
    Path directory = temp.resolve("source");
    Fs.chmod(directory.toString(), 07755);
    copied();
    assertThat(Fs.stat(at("copy")).permissions()).isEqualTo(Fs.stat(at("source")).permissions());
    assertThat(CopyJob.permissionsFor(Fs.stat(at("source")), Fs.stat("/proc/self")))
        .isEqualTo(Fs.stat("/proc/self").uid() == Fs.stat(at("source")).uid() ? 07755 : 01755);
  }

  @Test
  void anEmptyDirectoryThatMayNotBeReadIsRemoved() throws IOException {
    make("locked/");
    rig = (number, call, path) -> call.equals("scandir") ? (long) UvError.EACCES.code() : null;
    FsTask<TreeResult> removed = FsTrees.removeTree(ordered, at("locked"));
    ordered.run();
    assertThat(removed.join().failures()).isZero();
    assertThat(temp.resolve("locked")).doesNotExist();
  }

  @Test
  void oneThatMayNotBeReadAndIsNotEmptyIsAFailure() throws IOException {
    make("locked/file");
    rig = (number, call, path) -> call.equals("scandir") ? (long) UvError.EACCES.code() : null;
    FsTask<TreeResult> removed = FsTrees.removeTree(ordered, at("locked"));
    ordered.run();
    assertThat(removed.join().errors())
        .singleElement()
        .hasToString(
            "io.minilibuv.core.UvException: EACCES: permission denied, scandir '"
                + at("locked")
                + "'");
  }

  private TreeResult copied() {
    FsTask<TreeResult> copy = FsTrees.copyTree(ordered, at("source"), at("copy"));
    ordered.run();
    TreeResult result = copy.join();
    assertThat(result.errors()).isEmpty();
    return result;
  }

  private Path write(String name, int chunks) throws IOException {
    return Files.write(temp.resolve(name), chunks(chunks));
  }

  /** Nothing but ones: a hole shows. */
  private static byte[] chunks(int count) {
    byte[] bytes = new byte[count * Buffers.SIZE];
    Arrays.fill(bytes, (byte) 1);
    return bytes;
  }
}
