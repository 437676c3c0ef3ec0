// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The loop as an {@code Executor}, on one thread; {@link AsyncEndToEndTest} has it on two. */
@ExtendWith(LeakCheck.class)
class LoopExecutorTest {
  private final Loop loop = Loop.open();
  private final List<String> ran = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  private Runnable task(String name) {
    return () -> ran.add(name);
  }

  @Test
  void tasksRunInOrderAndEachOnce() {
    LoopExecutor executor = LoopExecutor.init(loop);
    executor.execute(task("a"));
    executor.execute(task("b"));
    assertThat(ran).isEmpty();
    loop.run(RunMode.NOWAIT);
    loop.run(RunMode.NOWAIT);
    assertThat(ran).containsExactly("a", "b");
  }

  @Test
  void aTaskOfATaskIsNotRunWithinIt() {
    LoopExecutor executor = LoopExecutor.init(loop);
    executor.execute(
        () -> {
          executor.execute(task("inner"));
          ran.add("outer");
        });
    loop.run(RunMode.NOWAIT);
    loop.run(RunMode.NOWAIT);
    assertThat(ran).containsExactly("outer", "inner");
  }

  @Test
  void aTaskThatThrowsTakesNoOtherWithIt() {
    LoopExecutor executor = LoopExecutor.init(loop);
    executor.execute(
        () -> {
          throw new IllegalArgumentException("task");
        });
    executor.execute(task("next"));
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("task");
    loop.run(RunMode.NOWAIT);
    assertThat(ran).containsExactly("next");
  }

  @Test
  void aClosedExecutorSaysSo() {
    LoopExecutor executor = LoopExecutor.init(loop);
    executor.close();
    assertThatThrownBy(() -> executor.execute(task("late")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("closed");
    loop.shutdown();
    assertThatThrownBy(() -> executor.execute(task("later")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aFullExecutorSaysSo() {
    LoopExecutor executor = LoopExecutor.bounded(loop, 1);
    executor.execute(task("a"));
    assertThatThrownBy(() -> executor.execute(task("b")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("full, it holds 1 task");
    loop.run(RunMode.NOWAIT);
    executor.execute(task("c"));
    loop.run(RunMode.NOWAIT);
    assertThat(ran).containsExactly("a", "c");
  }

  @Test
  void tasksThatDidNotRunAreHandedBack() {
    LoopExecutor executor = LoopExecutor.init(loop);
    executor.execute(task("a"));
    executor.execute(executor::close);
    executor.execute(task("b"));
    executor.execute(task("c"));
    assertThat(loop.run()).isFalse();
    assertThat(ran).containsExactly("a");
    executor.undelivered().forEach(Runnable::run);
    assertThat(ran).containsExactly("a", "b", "c");
  }

  @Test
  void keepsTheLoopAliveUntilItIsUnrefdOrClosed() {
    LoopExecutor executor = LoopExecutor.init(loop);
    assertThat(loop.isAlive()).isTrue();
    executor.unref();
    assertThat(loop.isAlive()).isFalse();
    executor.ref();
    assertThat(loop.isAlive()).isTrue();
    executor.close();
    assertThat(loop.run()).isFalse();
  }

  @Test
  void nullsAndSillyNumbersAreRefused() {
    LoopExecutor executor = LoopExecutor.init(loop);
    assertThatNullPointerException().isThrownBy(() -> executor.execute(null));
    assertThatIllegalArgumentException().isThrownBy(() -> LoopExecutor.bounded(loop, 0));
  }
}
