// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.threadpool.ThreadPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeSizeTest {
  @TempDir private Path temp;
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private TreeSize size;

  @BeforeEach
  void makeTree() throws IOException {
    Path sub = Files.createDirectories(temp.resolve("sub/deeper"));
    Files.write(temp.resolve("a"), new byte[1024]);
    Files.write(sub.resolve("b"), new byte[3 * 1024]);
    size = new TreeSize(loop, List.of(temp + "/a", temp + "/sub"), () -> 17);
  }

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void isThatOfAllFiles() {
    size.begin();
    assertThat(size.isExpectedFinal()).isFalse();
    loop.run();
    assertThat(size.isExpectedFinal()).isTrue();
    assertThat(size.expected()).isEqualTo(4096);
    assertThat(size.done()).isEqualTo(17);
  }

  @Test
  void endedEarlyItStopsCounting() {
    size.begin();
    size.end();
    assertThat(loop.run()).isFalse();
    assertThat(size.expected()).isZero();
  }

  @Test
  void countsNothingUntilItIsToldTo() {
    size.end();
    assertThat(loop.isAlive()).isFalse();
    assertThat(size.isExpectedFinal()).isFalse();
  }
}
