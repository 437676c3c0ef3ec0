// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.EventSource;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsObserver;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsType;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of one file, on a pool of one thread: requests are done in the order of their making. */
@ExtendWith(LeakCheck.class)
class FileHashTest {
  private static final int CHUNK = HashTools.CHUNK;

  @TempDir private Path temp;
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private final HashTools tools = HashTools.make(CHUNK);
  private final List<FileHash> done = new ArrayList<>();
  private long read;

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 17})
  void isThatOfTheBytes(int size) throws Exception {
    Path file = make("file", size);
    FileHash hash = hash(file);
    loop.run();
    assertThat(done).containsExactly(hash);
    assertThat(hash.failure()).isNull();
    assertThat(hash.hex()).isEqualTo(expected(file));
    assertThat(read).isEqualTo(size);
  }

  @Test
  void theToolsServeOneFileAfterTheOther() throws Exception {
    Path large = make("large", 3 * CHUNK);
    Path small = make("small", 10);
    for (Path file : List.of(large, small, temp, small, large)) {
      FileHash hash = hash(file);
      loop.run();
      assertThat(hash.hex()).isEqualTo(file.equals(temp) ? null : expected(file));
    }
    assertThat(done).hasSize(5);
  }

  @Test
  void theNextChunkIsReadWhileTheLastOneIsDigestedAndNoMore() throws Exception {
    Path file = make("file", 4 * CHUNK);
    List<String> events = new ArrayList<>();
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsSubmitted(Loop loop, FsRequest request) {
            if (request.fsType() == FsType.READ) {
              events.add("read begins");
            }
          }

          @Override
          public void callbackBegin(Loop loop, EventSource source) {
            if (source instanceof WorkRequest) {
              events.add("digested");
            }
          }
        });
    FileHash hash = hash(file);
    loop.run();
    assertThat(hash.hex()).isEqualTo(expected(file));
    // The second read begins before the first digest ends; the third has to wait for its buffer.
    assertThat(events)
        .containsExactly(
            "read begins",
            "read begins",
            "digested",
            "read begins",
            "digested",
            "read begins",
            "digested",
            "read begins",
            "digested");
  }

  @Test
  void whatCannotBeOpenedOrReadIsAFailureWithThePath() {
    FileHash missing = hash(temp.resolve("missing"));
    loop.run();
    assertThat(missing.hex()).isNull();
    assertThat(missing.failure())
        .hasMessage("ENOENT: no such file or directory, open '" + temp.resolve("missing") + "'");
    FileHash directory = hash(temp);
    loop.run();
    assertThat(directory.failure().path()).isEqualTo(temp.toString());
    assertThat(read).isZero();
  }

  @Test
  void cancelledBeforeItIsOpenItIsNeverOpened() throws Exception {
    CountDownLatch busy = occupyTheWorker();
    FileHash hash = hash(make("file", 10));
    hash.cancel();
    assertThat(done).as("never from within").isEmpty();
    busy.countDown();
    loop.run();
    assertThat(done).containsExactly(hash);
    assertThat(hash.failure().error()).isEqualTo(UvError.ECANCELED);
    assertThat(hash.hex()).isNull();
    assertThat(read).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void cancelledAtAnyTimeItClosesTheFile(int chunksRead) throws Exception {
    Path file = make("file", 6 * CHUNK);
    FileHash[] hash = new FileHash[1];
    hash[0] =
        new FileHash(
            loop,
            file.toString(),
            tools,
            bytes -> {
              read += bytes;
              if (read == (long) chunksRead * CHUNK) {
                hash[0].cancel();
              }
            },
            done::add);
    hash[0].start();
    loop.run();
    assertThat(done).containsExactly(hash[0]);
    assertThat(hash[0].failure().error()).isEqualTo(UvError.ECANCELED);
    assertThat(read).isBetween((long) chunksRead * CHUNK, (chunksRead + 1L) * CHUNK);
    // And nothing of it is left in the tools.
    Path other = make("other", 10);
    FileHash next = hash(other);
    loop.run();
    assertThat(next.hex()).isEqualTo(expected(other));
  }

  private FileHash hash(Path file) {
    FileHash hash = new FileHash(loop, file.toString(), tools, bytes -> read += bytes, done::add);
    hash.start();
    return hash;
  }

  private CountDownLatch occupyTheWorker() {
    CountDownLatch end = new CountDownLatch(1);
    WorkRequest.queue(loop, request -> end.await(), null);
    return end;
  }

  private Path make(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);
    return Files.write(temp.resolve(name), bytes);
  }

  private static String expected(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
