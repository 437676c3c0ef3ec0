// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the JVM's thread and the loop's do with each other when the process is to end. */
@ExtendWith(LeakCheck.class)
class InterruptTest {
  private final Loop loop = Loop.open();
  private final Interrupt interrupt = Interrupt.of(loop);
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void closeLoop() {
    interrupt.close();
    loop.shutdown();
  }

  @Test
  void doesNotKeepTheLoopAlive() {
    assertThat(loop.run()).isFalse();
    assertThat(interrupt.isInterrupted()).isFalse();
  }

  @Test
  void wakesTheLoopAndCallsOnItsThreadOnce() {
    TimerHandle never = TimerHandle.init(loop);
    never.start(timer -> {}, Long.MAX_VALUE, 0);
    interrupt.on(
        () -> {
          told.add(loop.isLoopThread() ? "on the loop's thread" : "elsewhere");
          assertThat(interrupt.isInterrupted()).isTrue();
          never.close();
          spinAWhile();
        });
    try (Crew crew = new Crew()) {
      crew.start(interrupt::interrupt);
      assertThat(loop.run()).isFalse();
      interrupt.close();
    }
    assertThat(told).containsExactly("on the loop's thread");
  }

  /** Some iterations more, in which a second call would come. */
  private void spinAWhile() {
    IdleHandle idle = IdleHandle.init(loop);
    int[] rounds = new int[1];
    idle.start(
        handle -> {
          if (++rounds[0] == 10) {
            handle.close();
          }
        });
  }

  @Test
  void theLastActionIsTheOneThatCounts() {
    TimerHandle never = TimerHandle.init(loop);
    never.start(timer -> {}, Long.MAX_VALUE, 0);
    interrupt.on(() -> told.add("first"));
    interrupt.on(
        () -> {
          told.add("second");
          never.close();
        });
    try (Crew crew = new Crew()) {
      crew.start(interrupt::interrupt);
      loop.run();
      interrupt.close();
    }
    assertThat(told).containsExactly("second");
  }

  @Test
  void theProcessWaitsUntilTheLoopIsDone() {
    CountDownLatch ended = new CountDownLatch(1);
    TimerHandle never = TimerHandle.init(loop);
    never.start(timer -> {}, Long.MAX_VALUE, 0);
    interrupt.on(never::close);
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            interrupt.interrupt();
            ended.countDown();
          });
      loop.run();
      assertThat(ended.getCount()).isEqualTo(1);
      interrupt.close();
    }
    assertThat(ended.getCount()).isZero();
  }

  /** A loop that does not come to its end is not waited for for ever; a bar may be painted. */
  @Test
  void whoDoesNotEndIsTold() {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, UTF_8));
    try (Interrupt impatient = Interrupt.of(loop, 1)) {
      impatient.beginLineWith("<erased>");
      impatient.interrupt();
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(UTF_8))
        .startsWith("<erased>uv: a request does not return; what is half done stays so");
  }

  @Test
  void whatComesAfterTheEndIsHarmless() {
    interrupt.on(() -> told.add("too late"));
    interrupt.close();
    interrupt.interrupt();
    loop.shutdown();
    interrupt.interrupt();
    interrupt.close();
    assertThat(told).isEmpty();
    assertThat(interrupt.isInterrupted()).isFalse();
  }
}
