// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** When {@code uv tail} looks again at a file to which nothing happens. */
@ExtendWith(LeakCheck.class)
class FollowerTest {
  private static final long END = 1999;

  @TempDir private Path directory;
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop =
      Loop.open(new LoopOptions().clock(new ManualClock()).with(ThreadPool.OF_LOOP, pool));
  private final long begin = loop.now();
  private final List<Long> looks = new ArrayList<>();

  @AfterEach
  void close() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void byEventItIsNotLookedAt() {
    assertThat(looksBy(new EventFollower(loop, path(), this::look))).isEmpty();
  }

  @Test
  void byPollItIsLookedAtSomeTimesSinceTheFirstAnswerIsNotTold() {
    assertThat(looksBy(new PollFollower(loop, path(), 100, this::look)))
        .containsExactly(100L, 300L, 700L, 1500L);
  }

  @Test
  void byTheClockItIsLookedAtInEachInterval() {
    assertThat(looksBy(new ClockFollower(loop, 500, this::look)))
        .containsExactly(500L, 1000L, 1500L);
  }

  private List<Long> looksBy(Follower follower) {
    TimerHandle end = TimerHandle.init(loop);
    end.start(timer -> follower.close(), END, 0);
    follower.watch();
    loop.run(RunMode.DEFAULT);
    return looks;
  }

  private void look() {
    looks.add(loop.now() - begin);
  }

  /** A directory, to which nothing happens either. */
  private String path() {
    return directory.toString();
  }
}
