// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code test/test-loop-alive.c}; the work request of the original is one of the test's own here,
 * which is answered when a pipe has something to read.
 */
class LoopAliveTest extends LoopFixture {
  private final List<Request> answered = new ArrayList<>();

  @Test
  void loopAlive() {
    assertThat(loop.isAlive()).isFalse();

    TimerHandle.init(loop).start(handle -> log.add("timer"), 100, 0);
    assertThat(loop.isAlive()).isTrue();
    assertThat(loop.run()).isFalse();
    assertThat(loop.isAlive()).isFalse();
    assertThat(log).containsExactly("timer");

    TestRequest request = new TestRequest(loop);
    IoWatcher answer =
        IoWatcher.of(
            loop,
            readable(),
            "test",
            (watcher, events) -> {
              watcher.close();
              request.answer(answered::add);
            });
    answer.start(IoWatcher.READABLE);
    assertThat(loop.isAlive()).isFalse();
    request.submit();
    assertThat(loop.isAlive()).isTrue();
    assertThat(loop.run()).isFalse();
    assertThat(loop.isAlive()).isFalse();
    assertThat(answered).containsExactly(request);
  }
}
