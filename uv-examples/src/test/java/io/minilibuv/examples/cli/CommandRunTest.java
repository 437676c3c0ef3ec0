// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class CommandRunTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final CommandRun run = new CommandRun("frob", 2);

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void closeRun() {
    run.close();
    System.setErr(before);
  }

  @Test
  void nothingSaidIsStatusZero() {
    run.untilDone();
    assertThat(run.status()).isZero();
    assertThat(lines()).isEmpty();
  }

  @Test
  void whatFailsIsSaidInALineAndIsStatusOne() {
    run.say("by the way");
    assertThat(run.status()).isZero();
    run.fail(UvError.EACCES.exception("open", "a\nb"));
    run.fail("no \033 colours");
    assertThat(run.status()).isEqualTo(1);
    assertThat(lines())
        .containsExactly(
            "uv: frob: by the way",
            "uv: frob: EACCES: permission denied, open 'a\\nb'",
            "uv: frob: no \\u001b colours");
  }

  @Test
  void whatIsToldIsSeenWhileTheCommandGoesOn() {
    PrintStream stdout = System.out;
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    System.setOut(new StandardOutput(seen).printer(false));
    try {
      TimerHandle goesOn = TimerHandle.init(run.loop());
      goesOn.start(
          timer -> {
            if (seen.toString(UTF_8).lines().toList().equals(List.of("one", "two"))) {
              goesOn.close();
            }
          },
          1,
          1);
      run.tell("one");
      run.tell("two");
      assertThat(seen.size()).isZero();
      run.untilDone();
    } finally {
      System.setOut(stdout);
    }
  }

  @Test
  void whatWasPrintedComesBeforeWhatIsSaidAndBeforeTheEnd() {
    PrintStream stdout = System.out;
    System.setOut(new StandardOutput(said).printer(false));
    try (CommandRun other = new CommandRun("other", 1)) {
      System.out.println("printed");
      other.say("said");
      System.out.println("last");
    } finally {
      System.setOut(stdout);
    }
    assertThat(lines()).containsExactly("printed", "uv: other: said", "last");
  }

  @Test
  void aPipeThatNobodyReadsIsNotWorthALine() {
    run.fail(UvError.EPIPE.exception("write", "standard output"));
    assertThat(run.status()).isEqualTo(128 + 13);
    assertThat(lines()).isEmpty();
  }

  @Test
  void theHighestStatusCounts() {
    run.endWith(3);
    run.fail("something");
    run.endWith(2);
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void allFailuresAreSaidAtTheEnd() {
    Failures failures = new Failures();
    run.failAll(failures);
    assertThat(run.status()).isZero();
    failures.add(UvError.EIO.exception("read", "a"));
    failures.add(UvError.EIO.exception("read", "b"));
    run.failAll(failures);
    assertThat(run.status()).isEqualTo(1);
    assertThat(lines()).hasSize(2);
  }

  @Test
  void closeTakesBackWhatIsQueuedAndClosesWhatIsOpen() {
    List<String> told = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      WorkRequest.queue(
          run.loop(),
          work -> {
            begun.countDown();
            go.await();
          },
          (work, status) -> told.add("done " + status));
    }
    Crew.awaitLatch(begun);
    WorkRequest.queue(
        run.loop(),
        work -> {},
        (work, status) -> {
          told.add("queued " + UvError.errName(status));
          go.countDown();
        });
    TimerHandle.init(run.loop()).start(timer -> {}, Long.MAX_VALUE, 0);
    run.close();
    assertThat(told).containsExactly("queued ECANCELED", "done 0", "done 0");
  }

  @Test
  void anAbandonedRunWaitsForNothing() {
    CountDownLatch never = new CountDownLatch(1);
    CommandRun stuck = new CommandRun("stuck", 1);
    ThreadPool pool = stuck.pool();
    try {
      WorkRequest.queue(stuck.loop(), work -> never.await(), null);
      TimerHandle.init(stuck.loop()).start(timer -> stuck.abandon(), 1, 0);
      stuck.untilDone();
      stuck.close();
      assertThat(stuck.loop().isAlive()).isTrue();
    } finally {
      never.countDown();
      stuck.loop().shutdown();
      pool.close();
    }
  }

  @Test
  void withoutAnActionCtrlCAbandons() {
    TimerHandle timer = TimerHandle.init(run.loop());
    timer.start(handle -> {}, Long.MAX_VALUE, 0);
    try (Crew crew = new Crew()) {
      crew.start(run::interrupt);
      run.untilDone();
      assertThat(run.isInterrupted()).isTrue();
      assertThat(run.loop().isAlive()).isTrue();
      run.close();
    }
    run.loop().shutdown();
    run.pool().close();
  }

  @Test
  void anotherLoopHasTheSamePoolAndIsTheOneThatStatsTellOf() {
    assertThat(run.shownLoop()).isSameAs(run.loop());
    try (Loop other = run.openLoop(new LoopOptions())) {
      assertThat(ThreadPool.OF_LOOP.of(other)).isSameAs(run.pool());
      assertThat(run.pool().size()).isEqualTo(2);
      assertThat(run.shownLoop()).isSameAs(other);
    }
  }

  @Test
  void whatIsMovedAddsUp() {
    run.moved(5);
    run.moved(7);
    assertThat(run.bytesMoved()).isEqualTo(12);
  }

  private List<String> lines() {
    return said.toString(UTF_8).lines().toList();
  }
}
