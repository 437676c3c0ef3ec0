// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** What {@link Loop#shutdown()} does, which every libuv program writes by hand. */
class LoopShutdownTest extends LoopFixture {

  private void assertClosed() {
    assertThatIllegalStateException().isThrownBy(loop::run).withMessageContaining("closed");
  }

  @Test
  void itClosesALoopThatHasNothing() {
    loop.shutdown();
    assertClosed();
    loop.shutdown();
  }

  @Test
  void itClosesAllHandlesWithoutCallingThem() {
    TimerHandle timer = timer(0, says("timer"));
    IdleHandle idle = idle(says("idle"));
    PollHandle poll = readyPoll(handle -> log.add("poll"));
    check(says("check")).unref();
    loop.shutdown();
    assertThat(log).isEmpty();
    assertThat(timer.isClosing() && idle.isClosing() && poll.isClosing()).isTrue();
    assertClosed();
  }

  @Test
  void itWaitsForHandlesThatWereClosingAlready() {
    TimerHandle.init(loop).close(closed -> log.add("closed"));
    loop.shutdown();
    assertThat(log).containsExactly("closed");
    assertClosed();
  }

  @Test
  void itClosesHandlesThatCloseCallbacksMake() {
    neverMoreThan(20);
    TimerHandle.init(loop)
        .close(
            outer -> {
              idle(() -> {});
              timer(10, 10, says("timer"));
              quietPoll();
              IdleHandle.init(loop)
                  .close(
                      inner -> {
                        log.add("inner closed");
                        quietPoll();
                      });
            });
    loop.shutdown();
    assertThat(log).containsExactly("inner closed");
    assertClosed();
  }

  @Test
  void itClosesHandlesThatTheAnswersOfRequestsMake() {
    neverMoreThan(20);
    TestRequest begun = new TestRequest(loop).submit();
    later(() -> begun.answer(request -> timer(10, 10, says("timer"))));
    loop.shutdown();
    assertThat(log).isEmpty();
    assertClosed();
  }

  /** Fails, rather than to go on for ever. */
  private void neverMoreThan(int iterations) {
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollEnter(Loop loop, long timeoutMillis, PollReason why) {
            if (loop.metrics().loopCount() > iterations || timeoutMillis < 0) {
              loop.setObserver(null);
              throw new AssertionError("shutdown does not end: " + timeoutMillis + " " + why);
            }
          }
        });
  }

  @Test
  void itCancelsRequestsThatCanBeAndWaitsForTheOthers() {
    TestRequest queued = new TestRequest(loop);
    queued.cancellable(() -> later(() -> queued.answer(request -> log.add("queued cancelled"))));
    queued.submit();
    TestRequest begun = new TestRequest(loop).submit();
    later(() -> later(() -> later(() -> begun.answer(request -> log.add("begun done")))));
    loop.shutdown();
    assertThat(log).containsExactlyInAnyOrder("queued cancelled", "begun done");
    assertClosed();
  }

  /** As a worker's answer does: comes through the loop, without a handle of the user's. */
  private void later(Runnable body) {
    watcher(body).feed();
  }

  @Test
  void aStopThatWasAskedForDoesNotKeepItFromClosing() {
    idle(() -> {});
    TimerHandle.init(loop).close(closed -> loop.stop());
    loop.stop();
    loop.shutdown();
    assertClosed();
  }

  @Test
  void whatACallbackThrowsLeavesAndTheNextCallGoesOn() {
    for (int i = 0; i < 3; i++) {
      int number = i;
      TimerHandle.init(loop)
          .close(
              closed -> {
                log.add("closed " + number);
                throw new IllegalArgumentException("thrown by " + number);
              });
    }
    TimerHandle other = timer(50, says("timer"));
    for (int i = 2; i >= 0; i--) {
      assertThat(assertThrows(IllegalArgumentException.class, loop::shutdown))
          .hasMessage("thrown by " + i);
    }
    loop.shutdown();
    assertThat(log).containsExactly("closed 2", "closed 1", "closed 0");
    assertThat(other.isClosing()).isTrue();
    assertClosed();
  }

  @Test
  void itClosesInternalHandlesWithTheLoopOnly() {
    TestHandle internal = TestHandle.internal(loop).start();
    internal.unref();
    loop.shutdown();
    assertThat(internal.isClosing()).isFalse();
    assertClosed();
  }
}
