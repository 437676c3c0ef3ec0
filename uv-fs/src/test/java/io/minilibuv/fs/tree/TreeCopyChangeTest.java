// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.RiggedFs.Rig;
import io.minilibuv.threadpool.ThreadPool;
import java.io.IOException;
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
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop ordered =
      Loop.open(
          new LoopOptions().with(FsBackend.OF_LOOP, fs.backend()).with(ThreadPool.OF_LOOP, pool));

  @AfterEach
  void close() {
    ordered.shutdown();
    pool.close();
  }

  @Test
  void aFileThatGrowsBehindAReadAtItsEndGetsNoHole() throws IOException {
    Path source = write("source", 2);
    rig =
        new Rig() {
          private boolean grown;

          @Override
          public Long before(int number, String call, Object[] arguments) {
            return null;
          }

          @Override
          public void after(String call, Object[] arguments, long result) throws IOException {
            if (call.equals("read") && result == 0 && !grown) {
              grown = true;
              Files.write(source, chunks(2), StandardOpenOption.APPEND);
            }
          }
        };
    TreeResult result = copied();
    assertThat(temp.resolve("copy")).hasSameBinaryContentAs(source).hasSize(4L * Buffers.SIZE);
    assertThat(result.bytes()).isEqualTo(4L * Buffers.SIZE);
  }

  /** Chunk 3 is not there when it is first read, and those behind it are. */
  @Test
  void aFileThatIsCutAndGrowsAgainGetsNoHole() throws IOException {
    Path source = write("source", 8);
    boolean[] missing = {true};
    rig =
        (number, call, arguments) -> {
          boolean misses = isReadOfChunk3(call, arguments) && missing[0];
          missing[0] &= !misses;
          return misses ? 0L : null;
        };
    TreeResult result = copied();
    assertThat(temp.resolve("copy")).hasSameBinaryContentAs(source);
    assertThat(result.bytes()).isEqualTo(8L * Buffers.SIZE);
  }

  /** Chunk 3 has gone for good, after those behind it had been carried. */
  @Test
  void whatLiesBehindTheEndOfAFileThatWasCutIsCutOff() throws IOException {
    write("source", 8);
    rig = (number, call, arguments) -> isReadOfChunk3(call, arguments) ? 0L : null;
    TreeResult result = copied();
    assertThat(Files.readAllBytes(temp.resolve("copy"))).isEqualTo(chunks(3));
    assertThat(result.bytes()).isEqualTo(3L * Buffers.SIZE);
  }

  private static boolean isReadOfChunk3(String call, Object[] arguments) {
    return call.equals("read") && (long) arguments[2] == 3L * Buffers.SIZE;
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
    rig = (number, call, arguments) -> call.equals("scandir") ? (long) UvError.EACCES.code() : null;
    FsTask<TreeResult> removed = FsTrees.removeTree(ordered, at("locked"));
    ordered.run();
    assertThat(removed.join().failures()).isZero();
    assertThat(temp.resolve("locked")).doesNotExist();
  }

  @Test
  void oneThatMayNotBeReadAndIsNotEmptyIsAFailure() throws IOException {
    make("locked/file");
    rig = (number, call, arguments) -> call.equals("scandir") ? (long) UvError.EACCES.code() : null;
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
