// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * When {@code uv watch} runs its command, step by step, with processes that only the test knows.
 */
@ExtendWith(LeakCheck.class)
class CommandRunsTest implements CommandRuns.Listener {
  private static final List<String> COMMAND = List.of("command");

  private final ManualClock clock = new ManualClock();
  private final Loop loop = Loop.open(new LoopOptions().clock(clock));
  private final List<FakeProcess> started = new ArrayList<>();
  private final List<String> news = new ArrayList<>();

  @AfterEach
  void close() {
    loop.shutdown();
  }

  @Test
  void asksDuringARunAreOneRunMore() {
    CommandRuns runs = runs(false, 0);
    runs.ask();
    runs.ask();
    runs.ask();
    endAndTell(0, 7);
    endAndTell(1, 0);
    assertThat(started).hasSize(2);
    assertThat(news).containsExactly("run 1 ended with 7", "run 2 ended with 0");
    runs.ask();
    assertThat(started).hasSize(3);
  }

  @Test
  void killsTheRunThatGoesOnAndBeginsAnewWhenItIsGone() {
    CommandRuns runs = runs(true, 0);
    runs.ask();
    runs.ask();
    runs.ask();
    loop.run(RunMode.NOWAIT);
    assertThat(started).singleElement().extracting(FakeProcess::signals).isEqualTo(1);
    endAndTell(0, 143);
    assertThat(started).hasSize(2);
    assertThat(news).isEmpty();
  }

  @Test
  void isNotTakenInByARunThatTellsOfItsEndWhenTheNextGoesOn() {
    CommandRuns runs = runs(true, 0);
    runs.ask();
    runs.ask();
    started.get(0).end(143);
    loop.run(RunMode.NOWAIT);
    assertThat(started).hasSize(2);
    started.get(0).tell();
    loop.run(RunMode.NOWAIT);
    runs.ask();
    assertThat(started).as("the second goes on, and is to be killed first").hasSize(2);
    assertThat(started.get(1).signals()).isEqualTo(1);
    assertThat(news).isEmpty();
  }

  @Test
  void insistsWhenARunDoesNotListen() {
    CommandRuns runs = runs(false, 0);
    runs.ask();
    runs.end();
    assertThat(started.get(0).signals()).isEqualTo(1);
    while (started.get(0).signals() < 2) {
      loop.run(RunMode.ONCE);
    }
    assertThat(clock.nanoTime()).isEqualTo(ManualClock.DEFAULT_START_NANOS + 2_000_000_000L);
    assertThat(news).isEmpty();
    endAndTell(0, 137);
    assertThat(news).containsExactly("finished");
    assertThat(loop.run(RunMode.DEFAULT)).isFalse();
  }

  /** The JVM tells of the end of such processes a second late, and more. */
  @Test
  void whatTheCommandHasStartedIsLookedForOftenEnough() {
    CommandRuns runs = runs(false, 0);
    runs.ask();
    Runnable endOther = started.get(0).startAnother();
    runs.end();
    endAndTell(0, 143);
    loop.run(RunMode.ONCE);
    assertThat(news).as("something is left").isEmpty();
    long then = clock.nanoTime();
    endOther.run();
    loop.run(RunMode.ONCE);
    assertThat(news).containsExactly("finished");
    assertThat(clock.nanoTime() - then).isLessThanOrEqualTo(50_000_000L);
    assertThat(loop.run(RunMode.DEFAULT)).isFalse();
  }

  @Test
  void endsAfterTheLastRun() {
    CommandRuns runs = runs(true, 2);
    runs.ask();
    endAndTell(0, 0);
    runs.ask();
    runs.ask();
    assertThat(started.get(1).signals()).as("it is the last, and is let be").isZero();
    endAndTell(1, 0);
    runs.ask();
    assertThat(news).containsExactly("run 1 ended with 0", "run 2 ended with 0", "finished");
    assertThat(runs.count()).isEqualTo(2);
  }

  @Test
  void saysWhyThereIsNoProcess() {
    CommandRuns.Launcher launcher =
        command -> {
          throw new IOException("Cannot run program \"command\": error=2, Not in these words");
        };
    CommandRuns runs = new CommandRuns(loop, COMMAND, launcher, false, 0, this);
    runs.ask();
    runs.ask();
    String why = "ENOENT: no such file or directory, spawn 'command'";
    assertThat(news).containsExactly(why, why);
  }

  private CommandRuns runs(boolean kill, long most) {
    return new CommandRuns(loop, COMMAND, this::launch, kill, most, this);
  }

  private Process launch(List<String> command) {
    FakeProcess process = new FakeProcess();
    started.add(process);
    return process;
  }

  private void endAndTell(int index, int status) {
    started.get(index).end(status);
    started.get(index).tell();
    loop.run(RunMode.NOWAIT);
  }

  @Override
  public void ended(long run, int status) {
    news.add("run " + run + " ended with " + status);
  }

  @Override
  public void notRun(UvException why) {
    news.add(String.valueOf(why.getMessage()));
  }

  @Override
  public void finished() {
    news.add("finished");
  }
}
