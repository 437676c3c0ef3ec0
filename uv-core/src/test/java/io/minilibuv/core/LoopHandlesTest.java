// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code test/test-loop-handles.c}: handles that start, stop, make and close each other, over many
 * iterations.
 *
 * <p>{@code prepare1} counts the iterations, and starts {@code prepare2} in every other one; that
 * stops itself when it is called, which must be an iteration later. The check handle starts some of
 * the {@code idle1} handles, and closes everything in the end. Every fifth call stops the {@code
 * idle1} handle that it is for; each of them makes {@code idle2} anew when it is gone, and that
 * closes itself in its callback. A timer that is unref'd keeps the polls from waiting for ever.
 */
class LoopHandlesTest extends LoopFixture {
  private static final int IDLES = 7;
  private static final int ITERATIONS = 21;

  private final PrepareHandle prepare1 = PrepareHandle.init(loop);
  private final PrepareHandle prepare2 = PrepareHandle.init(loop);
  private final CheckHandle check = CheckHandle.init(loop);
  private final List<IdleHandle> idle1 = new ArrayList<>();
  private IdleHandle idle2;

  private int iteration;
  private int idle1Calls;
  private int idle1Active;
  private int idle1Closed;
  private int idle2Started;
  private int idle2Calls;
  private int idle2Closed;
  private int prepare2Calls;
  private int checkCalls;

  @Test
  void loopHandles() {
    prepare1.start(handle -> prepare1Called());
    check.start(handle -> checkCalled());
    for (int i = 0; i < IDLES; i++) {
      idle1.add(IdleHandle.init(loop));
    }
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> assertThat(handle).isSameAs(timer), 100, 100);
    timer.unref();

    assertThat(loop.run()).isFalse();

    assertThat(iteration).isEqualTo(ITERATIONS);
    assertThat(prepare2Calls).isEqualTo(ITERATIONS / 2);
    assertThat(checkCalls).isEqualTo(ITERATIONS);
    assertThat(idle1Calls).isGreaterThan(ITERATIONS);
    assertThat(idle1Closed).isEqualTo(IDLES);
    assertThat(idle2Calls).isPositive();
    assertThat(idle2Closed).isEqualTo(idle2Started);
    assertThat(idle2).isNull();
    assertThat(log)
        .containsExactlyInAnyOrder("prepare 1 closed", "prepare 2 closed", "check closed");
    assertThat(timer.isActive()).isTrue();
  }

  private void prepare1Called() {
    if (iteration % 2 == 0) {
      prepare2.start(handle -> prepare2Called());
    }
    iteration++;
  }

  private void prepare2Called() {
    assertThat(iteration % 2).as("started in an even iteration, called in the next").isEqualTo(1);
    prepare2.stop();
    prepare2Calls++;
  }

  private void checkCalled() {
    checkCalls++;
    if (iteration < ITERATIONS) {
      for (IdleHandle idle : idle1.subList(0, 1 + iteration % IDLES)) {
        idle1Active += idle.isActive() ? 0 : 1;
        idle.start(this::idle1Called);
      }
      return;
    }
    prepare1.close(closed -> log.add("prepare 1 closed"));
    check.close(closed -> log.add("check closed"));
    prepare2.close(closed -> log.add("prepare 2 closed"));
    idle1.forEach(idle -> idle.close(closed -> idle1Closed++));
    if (idle2 != null && !idle2.isClosing()) {
      idle2.close(this::idle2IsClosed);
    }
  }

  private void idle1Called(IdleHandle idle) {
    assertThat(idle1Active).isPositive();
    if (idle2 == null) {
      idle2 = IdleHandle.init(loop);
      idle2.start(this::idle2Called);
      idle2Started++;
    }
    if (++idle1Calls % 5 == 0) {
      idle.stop();
      idle1Active--;
    }
  }

  private void idle2Called(IdleHandle idle) {
    assertThat(idle).isSameAs(idle2);
    idle2Calls++;
    idle.close(this::idle2IsClosed);
  }

  private void idle2IsClosed(Handle closed) {
    assertThat(closed).isSameAs(idle2);
    idle2Closed++;
    idle2 = null;
  }
}
