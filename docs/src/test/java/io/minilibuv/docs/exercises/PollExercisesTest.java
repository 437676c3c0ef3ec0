// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.PollHandle;
import io.minilibuv.core.PollReason;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in poll.md. */
class PollExercisesTest {
  private final Loop loop = Loop.open(new LoopOptions().clock(new ManualClock()));
  private final List<String> log = new ArrayList<>();
  private Pipe one;
  private Pipe other;

  @BeforeEach
  void makeReadable() throws IOException {
    one = Pipe.open();
    other = Pipe.open();
    for (Pipe pipe : List.of(one, other)) {
      pipe.sink().write(ByteBuffer.allocate(1));
    }
  }

  @AfterEach
  void close() throws IOException {
    loop.shutdown();
    for (Pipe pipe : List.of(one, other)) {
      pipe.sink().close();
      pipe.source().close();
    }
  }

  /**
   * Exercise 1: whichever is called first, the other's event is taken out of the batch. Started
   * again it has to wait for the next poll, which finds it ready: readiness is level-triggered, and
   * nothing is lost. But if that is done in every iteration, only one of them is called in each;
   * with a poller that tells them in the same order each time, it is always the same one.
   */
  @Test
  void aWatcherThatIsStoppedByAnEarlierOneIsNotCalledInThisBatch() {
    PollHandle[] handles = {
      PollHandle.init(loop, one.source()), PollHandle.init(loop, other.source())
    };
    for (int i = 0; i < 2; i++) {
      PollHandle sibling = handles[1 - i];
      handles[i].start(
          PollHandle.READABLE,
          (handle, status, events) -> {
            log.add("first");
            handle.stop();
            sibling.stop();
            sibling.start(PollHandle.READABLE, (again, s, e) -> log.add("again"));
          });
    }
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("first");
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("first", "again");
  }

  @Test
  void startingTheOtherEachTimeLeavesOneCallInAnIteration() {
    PollHandle[] handles = {
      PollHandle.init(loop, one.source()), PollHandle.init(loop, other.source())
    };
    PollHandle.Callback[] callbacks = new PollHandle.Callback[2];
    for (int i = 0; i < 2; i++) {
      int sibling = 1 - i;
      callbacks[i] =
          (handle, status, events) -> {
            log.add("called");
            handles[sibling].start(PollHandle.READABLE, callbacks[sibling]);
          };
    }
    handles[0].start(PollHandle.READABLE, callbacks[0]);
    handles[1].start(PollHandle.READABLE, callbacks[1]);
    for (int iteration = 1; iteration <= 5; iteration++) {
      loop.run(RunMode.NOWAIT);
      assertThat(log).hasSize(iteration);
    }
  }

  /**
   * Exercise 2: one poll for each beat, which sleeps. On a manual clock it is never early; on a
   * real one a sleep may end a moment before the timer is due, and then another poll sleeps for the
   * rest.
   */
  @Test
  void aLoopPollsOnceForEachBeat() {
    List<Long> waits = new ArrayList<>();
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollEnter(Loop of, long timeout, PollReason reason) {
            waits.add(timeout);
          }
        });
    int[] beats = {0};
    TimerHandle.init(loop)
        .start(
            timer -> {
              if (++beats[0] == 10) {
                timer.close();
              }
            },
            10,
            10);
    loop.run();
    assertThat(waits).hasSize(11).endsWith(0L); // the last one only serves the close callback
    assertThat(waits.subList(0, 10)).containsOnly(10L);
  }

  /** Exercise 3: it is ready again in each poll, so that the loop never sleeps. */
  @Test
  void whatIsNotReadStaysReady() {
    PollHandle.init(loop, one.source())
        .start(PollHandle.READABLE, (handle, status, events) -> log.add("ready"));
    for (int i = 0; i < 3; i++) {
      loop.run(RunMode.ONCE);
    }
    assertThat(log).hasSize(3);
  }
}
