// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Histogram;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.threadpool.PoolStats;
import io.minilibuv.threadpool.PoolStats.WorkerStats;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkKind;
import io.minilibuv.threadpool.WorkRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerLanesTest {
  private static final Terminal PLAIN = new Terminal(true, false, false, 60);
  private static final String NEWLINE = System.lineSeparator();

  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop =
      Loop.open(new LoopOptions().clock(new ManualClock()).with(ThreadPool.OF_LOOP, pool));
  private final ByteArrayOutputStream painted = new ByteArrayOutputStream();
  private final List<WorkerStats> workers = new ArrayList<>();

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void eachWorkerHasALaneWithWhatItIsAtAndForHowLong() {
    working("fib(40)", 1_250_000_000L);
    idle();
    WorkerLanes lanes = show(PLAIN);
    letTimePass(1);
    assertThat(painted.toString(UTF_8).lines())
        .containsExactly(
            "worker 1   fib(40)      1.25 s  ############", "worker 2   idle", "summary");
    lanes.end();
  }

  @Test
  void aBarEndsWhereTheTerminalDoes() {
    working("fib(92)", 3_600_000_000_000L);
    WorkerLanes lanes = show(new Terminal(true, true, true, 50));
    letTimePass(1);
    assertThat(
            painted
                .toString(UTF_8)
                .lines()
                .findFirst()
                .orElseThrow()
                .replaceAll("\033\\[[0-9;]*m", ""))
        .isEqualTo("worker 1   fib(92)  1 h 00 min  " + "\u2588".repeat(17))
        .hasSize(49);
    lanes.end();
  }

  @Test
  void theNextFrameTakesThePlaceOfTheLast() {
    idle();
    WorkerLanes lanes = show(PLAIN);
    letTimePass(1);
    painted.reset();
    letTimePass(100);
    assertThat(painted.toString(UTF_8))
        .isEqualTo("\033[2A\r\033[J" + "worker 1   idle" + NEWLINE + "summary" + NEWLINE);
    lanes.end();
  }

  @Test
  void whatIsSaidStandsAbove() {
    idle();
    WorkerLanes lanes = show(PLAIN);
    lanes.say("early");
    assertThat(painted.toString(UTF_8)).isEqualTo("early" + NEWLINE);
    letTimePass(1);
    painted.reset();
    lanes.say("hello");
    assertThat(painted.toString(UTF_8))
        .isEqualTo(
            "\033[2A\r\033[J"
                + "hello"
                + NEWLINE
                + "worker 1   idle"
                + NEWLINE
                + "summary"
                + NEWLINE);
    lanes.end();
  }

  @Test
  void nothingIsLeftAtTheEndAndTheLoopIsNotKeptAlive() {
    idle();
    WorkerLanes lanes = show(PLAIN);
    assertThat(loop.run()).isFalse();
    letTimePass(1);
    painted.reset();
    lanes.end();
    assertThat(painted.toString(UTF_8)).isEqualTo("\033[2A\r\033[J");
    letTimePass(1000);
    assertThat(painted.toString(UTF_8)).isEqualTo("\033[2A\r\033[J");
  }

  @Test
  void moreWorkersThanFitAreOnlyMentioned() {
    for (int i = 0; i < WorkerLanes.MOST + 1; i++) {
      idle();
    }
    WorkerLanes lanes = show(PLAIN);
    letTimePass(1);
    assertThat(painted.toString(UTF_8).lines())
        .hasSize(WorkerLanes.MOST + 1)
        .endsWith("summary, more workers than these");
    lanes.end();
  }

  private WorkerLanes show(Terminal terminal) {
    WorkerLanes lanes =
        new WorkerLanes(
            terminal, new PrintStream(painted, true, UTF_8), this::stats, stats -> "summary");
    lanes.start(loop);
    return lanes;
  }

  private PoolStats stats() {
    return new PoolStats(
        workers.size(), 0, 0, 0, 0, Histogram.EMPTY, Histogram.EMPTY, List.copyOf(workers));
  }

  private void idle() {
    workers.add(new WorkerStats(Thread.currentThread(), null, null, 0));
  }

  private void working(String at, long nanos) {
    WorkRequest request = WorkRequest.queue(loop, ignored -> {}, null);
    request.setData(at);
    loop.run();
    workers.add(new WorkerStats(Thread.currentThread(), request, WorkKind.CPU, nanos));
  }

  private void letTimePass(long millis) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> handle.close(), millis, 0);
    loop.run();
  }
}
