// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.WorkRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class RunStatsTest {
  private final CommandRun run = new CommandRun("frob", 1);
  private final RunStats stats = RunStats.begin(run);

  @AfterEach
  void closeRun() {
    run.close();
  }

  @Test
  void tellThatNothingWasDone() {
    run.untilDone();
    List<String> lines = printed(stats);
    assertThat(lines.get(0)).matches("stats: time        [0-9.]+ s");
    assertThat(lines.get(1)).isEqualTo("stats: requests    none");
    assertThat(lines)
        .noneMatch(line -> line.contains("queue wait"))
        .noneMatch(line -> line.contains("run time"));
  }

  @Test
  void tellNoTimesOfALoopOnAClockOfItsOwn() {
    try (Loop lesson = run.openLoop(new LoopOptions().clock(new ManualClock()))) {
      lesson.run();
      assertThat(printed(stats))
          .hasSize(3)
          .last()
          .asString()
          .matches("stats: loop        [0-9]+ iterations?");
    }
  }

  @Test
  void tellLargeNumbersAsAllOthersAre() {
    for (int i = 0; i < 2000; i++) {
      WorkRequest.queue(run.loop(), work -> {}, null);
    }
    run.untilDone();
    assertThat(printed(stats).get(1))
        .matches("stats: requests    2,000 done, [0-9]{1,3}(,[0-9]{3})*/s, on 1 thread");
  }

  @Test
  void tellWhatWasDoneMovedAndTakenBack() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    WorkRequest.queue(
        run.loop(),
        work -> {
          begun.countDown();
          go.await();
        },
        null);
    Crew.awaitLatch(begun);
    WorkRequest.queue(run.loop(), work -> {}, null).cancel();
    WorkRequest.queue(run.loop(), work -> {}, null);
    go.countDown();
    run.untilDone();
    run.moved(3 << 20);
    List<String> lines = printed(stats);
    assertThat(lines.get(0)).matches("stats: time        .* s, 3\\.0 MiB moved, .*B/s");
    assertThat(lines.get(1))
        .matches("stats: requests    2 done, [0-9,]+/s, 1 cancelled, on 1 thread");
    assertThat(lines.subList(2, 5)).allMatch(line -> line.matches("stats: .* p50 .*, max .*"));
    assertThat(lines.get(5)).matches("stats: loop        [0-9]+ iterations?, waiting [0-9]+ % .*");
  }

  @Test
  void areTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      run.moved(1500);
      assertThat(printed(stats).get(0)).startsWith("stats: time        0.").contains(" 1.5 KiB ");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void sayNothingUnlessTheyAreWanted() {
    assertThat(printed(RunStats.NONE)).isEmpty();
  }

  private static List<String> printed(RunStats stats) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    stats.print(new PrintStream(bytes, true, UTF_8));
    return bytes.toString(UTF_8).lines().toList();
  }
}
