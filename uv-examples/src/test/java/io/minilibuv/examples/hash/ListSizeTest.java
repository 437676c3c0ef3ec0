// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

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

class ListSizeTest {
  @TempDir private Path temp;
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private ListSize size;

  @BeforeEach
  void makeFiles() throws IOException {
    Path a = Files.write(temp.resolve("a"), new byte[1000]);
    Path b = Files.write(temp.resolve("b"), new byte[500]);
    List<String> paths =
        List.of(a.toString(), temp + "/missing", temp.toString(), b.toString(), a.toString());
    size = new ListSize(loop, paths, () -> 17);
  }

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void isThatOfTheFilesThatAreThere() {
    size.begin();
    assertThat(size.isExpectedFinal()).isFalse();
    loop.run();
    assertThat(size.isExpectedFinal()).isTrue();
    assertThat(size.expected()).isEqualTo(2500);
    assertThat(size.done()).isEqualTo(17);
  }

  @Test
  void endedEarlyItAsksForNoMore() {
    size.begin();
    size.end();
    loop.run();
    assertThat(size.expected()).isEqualTo(1000);
    assertThat(size.isExpectedFinal()).isFalse();
  }

  @Test
  void countsNothingUntilItIsToldTo() {
    assertThat(loop.isAlive()).isFalse();
    assertThat(size.expected()).isZero();
  }
}
