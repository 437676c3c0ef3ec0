// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.IdleHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class WhyAliveTest {
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop = open(true);
  private final WhyAlive why = new WhyAlive(loop, false);

  private Loop open(boolean recordOrigins) {
    return Loop.open(
        new LoopOptions()
            .clock(new ManualClock())
            .recordOrigins(recordOrigins)
            .with(ThreadPool.OF_LOOP, pool));
  }

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void tellsOfEachHandleWhatItDoesAndWhoHasMadeIt() {
    TimerHandle active = TimerHandle.init(loop);
    active.start(timer -> {}, 5, 0);
    WorkRequest.queue(loop, request -> {}, null);
    makeIdle().start(idle -> {});
    CheckHandle unref = CheckHandle.init(loop);
    unref.start(check -> {});
    unref.unref();
    TimerHandle.init(loop).close();
    assertThat(why.handles())
        .containsExactly(
            "[RA-] timer  active and ref'd: keeps the loop alive",
            "  made by WhyAliveTest.tellsOfEachHandleWhatItDoesAndWhoHasMadeIt",
            why.handles().get(2),
            "[-AI] async  the library's own",
            "[RA-] idle  active and ref'd: keeps the loop alive",
            "  made by WhyAliveTest.makeIdle",
            "  for WhyAliveTest.tellsOfEachHandleWhatItDoesAndWhoHasMadeIt",
            "[-A-] check  active, not ref'd: the loop may end without it",
            "  made by WhyAliveTest.tellsOfEachHandleWhatItDoesAndWhoHasMadeIt",
            why.handles().get(9),
            "[R--] timer  closing: the loop is alive until it has let go of it",
            "  made by WhyAliveTest.tellsOfEachHandleWhatItDoesAndWhoHasMadeIt",
            why.handles().get(12));
  }

  @Test
  void tellsFileAndLineIfTheyAreWanted() {
    makeIdle();
    assertThat(new WhyAlive(loop, true).handles().get(1))
        .matches("  made by WhyAliveTest\\.makeIdle \\(WhyAliveTest\\.java:[1-9][0-9]*\\)");
  }

  @Test
  void withoutRecordedOriginsItTellsTheRest() {
    Loop forgetful = open(false);
    IdleHandle.init(forgetful);
    assertThat(new WhyAlive(forgetful, true).handles())
        .containsExactly("[R--] idle  not active: the loop may end without it");
    forgetful.shutdown();
  }

  @Test
  void whatItTellsChangesNothing() {
    makeIdle().close();
    assertThat(why.handles()).isEqualTo(why.handles()).hasSize(3);
    assertThat(loop.isAlive()).isTrue();
    loop.run();
    assertThat(why.handles()).isEmpty();
    assertThat(loop.run()).isFalse();
  }

  @Test
  void closeTellsWhatIsInTheWayOrCloses() {
    IdleHandle idle = makeIdle();
    assertThat(why.close())
        .startsWith("throws EBUSY: ")
        .endsWith(
            ", uv_loop_close: 1 open handle: [R--] idle; run the loop until they are closed and"
                + " done, or shut it down");
    idle.close();
    loop.run();
    assertThat(why.close()).isEqualTo(WhyAlive.DONE);
  }

  @Test
  void theNextWaitIsThatOfTheNextIteration() {
    CheckHandle check = CheckHandle.init(loop);
    check.start(handle -> {});
    loop.run(RunMode.NOWAIT);
    assertThat(why.nextWait()).isEqualTo("until something happens, which may be never");
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> {}, 250, 0);
    assertThat(why.nextWait()).isEqualTo("250 ms, for the next timer");
    makeIdle().start(idle -> {});
    assertThat(why.nextWait()).isEqualTo("not at all");
  }

  private IdleHandle makeIdle() {
    return IdleHandle.init(loop);
  }
}
