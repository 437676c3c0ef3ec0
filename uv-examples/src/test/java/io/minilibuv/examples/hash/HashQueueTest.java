// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsObserver;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsType;
import io.minilibuv.threadpool.ThreadPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashQueueTest {
  private static final int FILES = 20;

  @TempDir private Path temp;
  private final ThreadPool pool = new ThreadPool(2);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private final List<String> paths = new ArrayList<>();
  private final Map<Integer, FileHash> done = new TreeMap<>();
  private long read;

  private final HashQueue.Listener listener =
      new HashQueue.Listener() {
        @Override
        public void read(long bytes) {
          read += bytes;
        }

        @Override
        public void done(int index, FileHash hash) {
          assertThat(hash.path()).isEqualTo(paths.get(index));
          assertThat(done.put(index, hash)).as("told once").isNull();
        }
      };

  @BeforeEach
  void makeFiles() throws IOException {
    for (int i = 0; i < FILES; i++) {
      paths.add(Files.write(temp.resolve("f" + i), new byte[i]).toString());
    }
  }

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void hashesAllAndNoMoreAtOnceThanAllowed(int jobs) {
    int[] open = new int[2];
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsSubmitted(Loop loop, FsRequest request) {
            open[0] += request.fsType() == FsType.OPEN ? 1 : 0;
            open[1] = Math.max(open[0], open[1]);
          }

          @Override
          public void fsDelivered(Loop loop, FsRequest request) {
            open[0] -= request.fsType() == FsType.CLOSE ? 1 : 0;
          }
        });
    new HashQueue(loop, paths, jobs, listener).start();
    loop.run();
    assertThat(done).hasSize(FILES);
    assertThat(done.values()).allMatch(hash -> hash.hex() != null);
    assertThat(read).isEqualTo(FILES * (FILES - 1) / 2);
    assertThat(open).containsExactly(0, Math.min(jobs, FILES));
  }

  @Test
  void howManyAreUnderWayAtOnceIsNoMatterOfMemory() {
    assertThat(HashTools.chunkFor(1)).isEqualTo(HashTools.CHUNK);
    assertThat(HashTools.chunkFor(8)).isEqualTo(HashTools.CHUNK);
    assertThat(HashTools.chunkFor(1024) * 2 * 1024).isEqualTo(HashTools.BUDGET);
  }

  @Test
  void aFileThatIsGoneDoesNotKeepTheRestFromBeingHashed() throws IOException {
    Files.delete(Path.of(paths.get(7)));
    new HashQueue(loop, paths, 2, listener).start();
    loop.run();
    assertThat(done).hasSize(FILES);
    assertThat(done.get(7).failure().error()).isEqualTo(UvError.ENOENT);
    assertThat(done.values()).filteredOn(hash -> hash.hex() == null).hasSize(1);
  }

  @Test
  void stoppedItBeginsNoMore() {
    HashQueue queue = new HashQueue(loop, paths, 2, listener);
    queue.start();
    queue.stop();
    assertThat(loop.run()).isFalse();
    assertThat(done).containsOnlyKeys(0, 1);
    assertThat(done.values())
        .allMatch(hash -> hash.failure().error() == UvError.ECANCELED && hash.hex() == null);
  }

  @Test
  void ofNothingNothingComes() {
    paths.clear();
    new HashQueue(loop, paths, 2, listener).start();
    assertThat(loop.isAlive()).isFalse();
  }
}
