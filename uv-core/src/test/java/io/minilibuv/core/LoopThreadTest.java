// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.minilibuv.testing.Crew;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Which thread a loop belongs to, and what the others are told. */
class LoopThreadTest extends LoopFixture {

  /** Runs {@code body} on a thread of this name to its end, and gives what it threw, or null. */
  private static Throwable on(String name, Executable body) throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                body.execute();
              } catch (Throwable e) {
                thrown[0] = e;
              }
            },
            name);
    thread.start();
    thread.join();
    return thrown[0];
  }

  private static void assertRefused(Throwable thrown, String owner, String caller) {
    assertThat(thrown)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"" + owner + "\"")
        .hasMessageContaining("\"" + caller + "\"");
  }

  private static String here() {
    return Thread.currentThread().getName();
  }

  @Test
  void aLoopBelongsToTheThreadThatOpenedIt() throws InterruptedException {
    assertThat(loop.isLoopThread()).isTrue();
    loop.checkThread();
    boolean[] there = {true};
    assertThat(on("stranger", () -> there[0] = loop.isLoopThread())).isNull();
    assertThat(there[0]).isFalse();
    assertRefused(on("stranger", loop::checkThread), here(), "stranger");
  }

  @Test
  void aStrangerIsToldTheWaysIn() throws InterruptedException {
    Throwable thrown = on("stranger", loop::stop);
    assertRefused(thrown, here(), "stranger");
    assertThat(thrown)
        .hasMessageContaining("LoopExecutor.execute")
        .hasMessageContaining("AsyncHandle.send");
  }

  @Test
  void everythingThatChangesSomethingIsRefusedToOtherThreads() throws InterruptedException {
    TimerHandle timer = timer(50, () -> {});
    TimerHandle inactive = TimerHandle.init(loop);
    IdleHandle idle = IdleHandle.init(loop);
    PrepareHandle prepare = PrepareHandle.init(loop);
    CheckHandle check = CheckHandle.init(loop);
    PollHandle poll = quietPoll();
    TestRequest request = new TestRequest(loop);
    IoWatcher watcher = watcher(() -> {});
    LoopField<Object> field = LoopField.declare("field", opened -> new Object());
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Map<String, Executable> calls = new LinkedHashMap<>();
    calls.put("Loop.stop", loop::stop);
    calls.put("Loop.updateTime", loop::updateTime);
    calls.put("Loop.configure", () -> loop.configure(LoopOption.METRICS_IDLE_TIME));
    calls.put("Loop.walk", () -> loop.walk(handle -> {}));
    calls.put("Loop.printAllHandles", () -> loop.printAllHandles(nowhere));
    calls.put("Loop.printActiveHandles", () -> loop.printActiveHandles(nowhere));
    calls.put("Loop.setData", () -> loop.setData("data"));
    calls.put("Loop.setObserver", () -> loop.setObserver(null));
    calls.put("Loop.setExceptionHandler", () -> loop.setExceptionHandler(null));
    calls.put("Loop.shutdown", loop::shutdown);
    calls.put("Loop.close", loop::close);
    calls.put("Handle.setData", () -> timer.setData("data"));
    calls.put("Handle.ref", timer::ref);
    calls.put("Handle.unref", timer::unref);
    calls.put("Handle.close", () -> timer.close());
    calls.put("TimerHandle.init", () -> TimerHandle.init(loop));
    calls.put("TimerHandle.start", () -> inactive.start(handle -> {}, 0, 0));
    calls.put("TimerHandle.stop", timer::stop);
    calls.put("TimerHandle.again", timer::again);
    calls.put("TimerHandle.setRepeat", () -> timer.setRepeat(1));
    calls.put("IdleHandle.init", () -> IdleHandle.init(loop));
    calls.put("IdleHandle.start", () -> idle.start(handle -> {}));
    calls.put("IdleHandle.stop", idle::stop);
    calls.put("PrepareHandle.init", () -> PrepareHandle.init(loop));
    calls.put("PrepareHandle.start", () -> prepare.start(handle -> {}));
    calls.put("PrepareHandle.stop", prepare::stop);
    calls.put("CheckHandle.init", () -> CheckHandle.init(loop));
    calls.put("CheckHandle.start", () -> check.start(handle -> {}));
    calls.put("CheckHandle.stop", check::stop);
    calls.put("PollHandle.init", () -> PollHandle.init(loop, poll.channel()));
    calls.put("PollHandle.start", () -> poll.start(1, (handle, status, events) -> {}));
    calls.put("PollHandle.stop", poll::stop);
    calls.put("Request", () -> new TestRequest(loop));
    calls.put("Request.register", request::submit);
    calls.put("Request.setData", () -> request.setData("data"));
    calls.put("Request.cancel", request::cancel);
    calls.put("IoWatcher.start", () -> watcher.start(1));
    calls.put("IoWatcher.stop", () -> watcher.stop(1));
    calls.put("IoWatcher.feed", watcher::feed);
    calls.put("IoWatcher.close", watcher::close);
    calls.put("WakeupChannel.open", () -> WakeupChannel.open(loop));
    calls.put("LoopField.of", () -> field.of(loop));

    List<Executable> checks = new ArrayList<>();
    for (Map.Entry<String, Executable> call : calls.entrySet()) {
      Throwable thrown = on("stranger", call.getValue());
      checks.add(
          () ->
              assertThat(thrown)
                  .as(call.getKey())
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("\"" + here() + "\"")
                  .hasMessageContaining("\"stranger\""));
    }
    assertAll(checks);
    assertThat(timer.isActive() && timer.hasRef() && !timer.isClosing()).isTrue();
    assertThat(loop.data()).isNull();
  }

  @Test
  void anotherThreadThatRunsTheLoopTakesIt() throws InterruptedException {
    timer(0, () -> log.add("timer on " + here()));
    CountDownLatch ran = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread runner =
        new Thread(
            () -> {
              loop.run();
              ran.countDown();
              Crew.awaitLatch(end);
            },
            "runner");
    runner.start();
    ran.await();
    try {
      assertThat(log).containsExactly("timer on runner");
      assertThat(loop.isLoopThread()).isFalse();
      assertThatIllegalStateException()
          .isThrownBy(loop::stop)
          .withMessageContaining("\"runner\"")
          .withMessageContaining("\"" + here() + "\"");
      loop.run(RunMode.NOWAIT);
      assertThat(loop.isLoopThread()).isTrue();
      loop.stop();
    } finally {
      end.countDown();
      runner.join();
    }
  }

  @Test
  void aThreadThatHasEndedOwnsNothing() throws InterruptedException {
    Loop[] opened = new Loop[1];
    assertThat(on("opener", () -> opened[0] = Loop.open())).isNull();
    try (Loop loop = opened[0]) {
      assertThat(loop.isLoopThread()).isFalse();
      TimerHandle timer = TimerHandle.init(loop);
      assertThat(loop.isLoopThread()).isTrue();
      assertRefused(on("stranger", timer::stop), here(), "stranger");
      timer.close();
      loop.run();
    }
  }

  @Test
  void aLoopMayBeClosedByAnotherThreadWhenItsOwnHasEnded() throws InterruptedException {
    Loop[] opened = new Loop[1];
    assertThat(
            on(
                "opener",
                () -> {
                  opened[0] = Loop.open();
                  IdleHandle.init(opened[0]).start(handle -> {});
                }))
        .isNull();
    opened[0].shutdown();
    assertThatIllegalStateException().isThrownBy(() -> opened[0].run());
  }

  @Test
  void aLoopThatIsBeingRunCannotBeRunByAnotherThread() throws InterruptedException {
    List<Throwable> refused = new ArrayList<>();
    timer(0, () -> refused.add(refusedOn("other", () -> loop.run(RunMode.NOWAIT))));
    loop.run();
    assertThat(refused).hasSize(1);
    assertRefused(refused.get(0), here(), "other");
    assertThat(loop.isLoopThread()).isTrue();
  }

  @Test
  void aLoopThatIsBeingRunIsRefusedToOtherThreadsByName() {
    List<Throwable> refused = new ArrayList<>();
    timer(
        0,
        () -> {
          refused.add(refusedOn("other", loop::close));
          refused.add(refusedOn("other", loop::shutdown));
          refused.add(refusedOn("other", loop::stop));
        });
    loop.run();
    assertThat(refused).hasSize(3);
    refused.forEach(thrown -> assertRefused(thrown, here(), "other"));
  }

  private static Throwable refusedOn(String name, Executable body) {
    try {
      return on(name, body);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void runIsNotReentrant() {
    timer(
        0,
        () -> {
          log.add("timer");
          assertThatIllegalStateException()
              .isThrownBy(() -> loop.run(RunMode.NOWAIT))
              .withMessageContaining("not re-entrant");
          log.add("refused");
        });
    timer(0, says("second"));
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("timer", "refused", "second");
  }

  @Test
  void aCallbackMayNeitherCloseNorShutDownItsLoop() {
    timer(
        0,
        () -> {
          assertThatIllegalStateException()
              .isThrownBy(loop::close)
              .withMessageContaining("callback");
          assertThatIllegalStateException()
              .isThrownBy(loop::shutdown)
              .withMessageContaining("callback");
          log.add("refused");
        });
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("refused");
  }

  @Test
  void aClosedLoopRefusesWhatChangesIt() {
    loop.close();
    assertThatIllegalStateException().isThrownBy(loop::run).withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(loop::stop).withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(() -> TimerHandle.init(loop));
    assertThatIllegalStateException().isThrownBy(() -> loop.setData("data"));
    loop.close();
    loop.shutdown();
  }
}
