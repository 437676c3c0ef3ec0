// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever fails, and however often: nothing is lost, and nobody is kept from their turn for ever.
 */
class FaultTest extends LoopFixture {

  private static final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private void runThrows() {
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).isInstanceOf(Boom.class);
  }

  @Test
  void pollHandlesThatAlwaysThrowDoNotStarveTheOthers() {
    int[] called = new int[4];
    List<PollHandle> polls = new ArrayList<>();
    for (int i = 0; i < called.length; i++) {
      int me = i;
      polls.add(
          readyPoll(
              handle -> {
                called[me]++;
                if (me < 2) {
                  throw new Boom();
                }
              }));
    }
    for (int round = 0; round < 20; round++) {
      try {
        loop.run(RunMode.NOWAIT);
      } catch (Boom expected) {
        log.add("boom");
      }
    }
    assertThat(log).isNotEmpty();
    assertThat(Arrays.stream(called).boxed()).allMatch(times -> times > 5);
    polls.forEach(Handle::close);
  }

  @ParameterizedTest
  @EnumSource
  void aLoopWatcherThatIsClosingCannotBeStarted(LoopWatcherSemanticsTest.Kind kind) {
    LoopWatcher<?> handle = kind.init(loop);
    handle.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> kind.start(handle, says("called")))
        .withMessageContaining("closing");
    assertThat(loop.run()).isFalse();
    assertThat(log).isEmpty();
  }

  @Test
  void anObserverThatThrowsKeepsNoCallbackFromBeingCalled() {
    TimerHandle once = timer(0, says("timer"));
    PollHandle closing = quietPoll();
    closing.close(handle -> log.add("closed"));
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void callbackBegin(Loop of, EventSource source) {
            throw new Boom();
          }
        });
    runThrows();
    runThrows();
    loop.setObserver(null);
    loop.run();
    assertThat(log).containsExactly("closed", "timer");
    once.close();
  }

  @Test
  void theWaitAfterALookIsShorterByWhatWentBefore() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    PrepareHandle busy = prepare(() -> clock.advance(60));
    busy.unref();
    timer(100, () -> log.add("at " + loop.now()));
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("at 1100");
    busy.close();
  }

  @Test
  void idleTimeStopsWhenThePollEndsWithAnException() {
    loop.configure(LoopOption.METRICS_IDLE_TIME);
    timer(100, says("timer"));
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollReturn(Loop of, int ready) {
            if (log.isEmpty() && clock.nanoTime() > ManualClock.DEFAULT_START_NANOS) {
              throw new Boom();
            }
          }
        });
    assertThatThrownBy(() -> loop.run(RunMode.ONCE)).isInstanceOf(Boom.class);
    loop.setObserver(null);
    long idle = loop.metricsIdleTime();
    clock.advance(300);
    assertThat(loop.metricsIdleTime()).isEqualTo(idle).isEqualTo(100_000_000L);
  }

  @Test
  void aVisitorCannotRunOrCloseTheLoop() {
    timer(10, says("a"));
    timer(10, says("b"));
    for (Runnable forbidden : List.<Runnable>of(loop::run, loop::close, loop::shutdown)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> loop.walk(handle -> forbidden.run()))
          .withMessageContaining("walk");
    }
    loop.run();
    assertThat(log).containsExactly("a", "b");
  }

  @Test
  void aWatcherThatIsReportedTwiceIsInTheBatchOnce() {
    ReadyEvents batch = new ReadyEvents();
    IoWatcher watcher = watcher(says("called"));
    assertThat(batch.add(watcher, IoWatcher.READABLE)).isTrue();
    assertThat(batch.add(watcher, IoWatcher.WRITABLE)).isTrue();
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.events(0)).isEqualTo(IoWatcher.READABLE | IoWatcher.WRITABLE);
  }

  @Test
  void aBackendThatFailsToFlushLosesNoHandle() {
    FakePollBackend backend = new FakePollBackend();
    Loop faulty = Loop.open(new LoopOptions().clock(clock).pollBackend(backend));
    Pipe pipe = pipe();
    PollHandle.init(faulty, pipe.source()).close(handle -> log.add("closed"));
    backend.failNext(new Boom());
    assertThatThrownBy(() -> faulty.run(RunMode.NOWAIT)).isInstanceOf(Boom.class);
    assertThat(log).isEmpty();
    faulty.run();
    assertThat(log).containsExactly("closed");
    faulty.close();
  }

  @Test
  void aBackendThatFailsToRegisterIsAskedAgain() {
    FakePollBackend backend = new FakePollBackend();
    Loop faulty = Loop.open(new LoopOptions().clock(clock).pollBackend(backend));
    PollHandle poll = PollHandle.init(faulty, pipe().source());
    poll.start(PollHandle.READABLE, (handle, status, events) -> log.add("called"));
    backend.failNext(new Boom());
    assertThatThrownBy(() -> faulty.run(RunMode.NOWAIT)).isInstanceOf(Boom.class);
    backend.everything();
    faulty.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("called");
    poll.close();
    faulty.run();
    faulty.close();
  }

  @Test
  void aStrangerWhoRunsAClosedLoopDoesNotTakeIt() throws InterruptedException {
    Loop mine = Loop.open();
    mine.close();
    List<Throwable> thrown = new ArrayList<>();
    Thread stranger =
        new Thread(
            () -> {
              try {
                mine.run();
              } catch (IllegalStateException e) {
                thrown.add(e);
              }
            });
    stranger.start();
    stranger.join();
    assertThat(thrown)
        .singleElement()
        .extracting(Throwable::getMessage)
        .asString()
        .contains("closed");
    assertThat(mine.isLoopThread()).isTrue();
    mine.close();
  }
}
