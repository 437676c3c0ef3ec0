// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class FibJobsTest implements FibJobs.Listener {
  private static final int THREADS = 3;

  private final ThreadPool pool = new ThreadPool(THREADS);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private final Map<Thread, FibJob> at = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Map<Integer, Long> values = new HashMap<>();
  private final List<Integer> cancelled = new ArrayList<>();
  private final List<Integer> givenUp = new ArrayList<>();
  private Runnable whenAllAreBusy = () -> {};

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Override
  public void began(FibJob job) {
    assertThat(at.put(job.worker(), job)).as("what its worker is at").isNull();
    if (at.size() == THREADS) {
      whenAllAreBusy.run();
    }
  }

  @Override
  public void computed(FibJob job) {
    assertThat(at.remove(job.worker())).as("what its worker is at").isSameAs(job);
    values.put(job.n(), job.value());
  }

  @Override
  public void gaveUp(FibJob job) {
    assertThat(at.remove(job.worker())).as("what its worker is at").isSameAs(job);
    givenUp.add(job.n());
  }

  @Override
  public void asked(FibJob job, boolean granted) {
    asked.add(job.n() + (granted ? "" : " EBUSY"));
  }

  @Override
  public void cancelled(FibJob job) {
    cancelled.add(job.n());
  }

  @Test
  void allAreComputed() {
    FibJobs jobs = new FibJobs(loop, FibJobs.NEVER, this);
    jobs.queue(17, 18);
    loop.run();
    assertThat(values)
        .hasSize(18)
        .containsEntry(0, 0L)
        .containsEntry(1, 1L)
        .containsEntry(2, 1L)
        .containsEntry(16, 987L)
        .containsEntry(17, 1597L);
    assertThat(at).isEmpty();
    assertThat(jobs.tally()).isEqualTo(new FibTally(18, 0, 0, 0));
  }

  @Test
  void afterKResultsEachWorkerHasOneMoreAndTheRestIsCancelled() {
    for (int k = 0; k < 12; k++) {
      FibJobs jobs = new FibJobs(loop, k, this);
      jobs.queue(11, 12);
      loop.run();
      int busy = Math.min(THREADS, 12 - k);
      assertThat(jobs.tally()).isEqualTo(new FibTally(k, 12 - k - busy, busy, 0));
    }
    assertThat(at).isEmpty();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void cancelledTwiceTheyAreAskedForOnce() {
    FibJobs jobs = new FibJobs(loop, 1, this);
    jobs.queue(9, 10);
    loop.run();
    int before = asked.size();
    jobs.cancel();
    jobs.giveUp();
    assertThat(asked).hasSize(before);
    assertThat(loop.isAlive()).isFalse();
  }

  /** Nobody lives to see {@code fib(92)}. */
  @Test
  void thoseThatHaveBegunGiveUpWhenTheyAreToldTo() {
    FibJobs jobs = new FibJobs(loop, FibJobs.NEVER, this);
    whenAllAreBusy = jobs::giveUp;
    jobs.queue(92, 5);
    loop.run();
    assertThat(asked).containsExactly("92 EBUSY", "91 EBUSY", "90 EBUSY", "89", "88");
    assertThat(cancelled).containsExactly(89, 88);
    assertThat(givenUp).containsExactlyInAnyOrder(92, 91, 90);
    assertThat(values).isEmpty();
    assertThat(jobs.tally()).isEqualTo(new FibTally(0, 2, 3, 3));
  }

  @Test
  void theTallySaysWhatBecameOfThoseThatWereBusy() {
    assertThat(new FibTally(1, 0, 3, 1).lines())
        .containsExactly(
            "computed      1",
            "cancelled     0",
            "EBUSY         3   a worker had begun: 1 saw the flag and gave up, the rest was"
                + " computed");
  }
}
