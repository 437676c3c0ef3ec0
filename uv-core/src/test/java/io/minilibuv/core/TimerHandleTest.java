// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code test/test-timer.c}. */
class TimerHandleTest extends LoopFixture {
  /** {@code (uint64_t) -1}: so far off that it is never. */
  private static final long HUGE = -1L;

  private int calls;

  @Test
  void timer() {
    long start = loop.now();
    List<Long> onceAt = new ArrayList<>();
    List<Long> onceClosedAt = new ArrayList<>();
    List<Long> repeatAt = new ArrayList<>();
    List<Long> repeatClosedAt = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      TimerHandle.init(loop)
          .start(
              handle -> {
                assertThat(handle.isActive()).isFalse();
                onceAt.add(loop.now() - start);
                handle.close(
                    closed -> {
                      assertThat(closed.isActive()).isFalse();
                      onceClosedAt.add(loop.now() - start);
                    });
                loop.updateTime();
              },
              i * 50L,
              0);
    }
    TimerHandle.init(loop)
        .start(
            handle -> {
              assertThat(handle.isActive()).isTrue();
              repeatAt.add(loop.now() - start);
              if (repeatAt.size() == 5) {
                handle.close(closed -> repeatClosedAt.add(loop.now() - start));
              }
            },
            100,
            100);
    TimerHandle never = TimerHandle.init(loop);
    never.start(handle -> log.add("never"), 100, 100);
    never.stop();
    never.unref();

    assertThat(loop.run()).isFalse();

    assertThat(onceAt).containsExactly(0L, 50L, 100L, 150L, 200L, 250L, 300L, 350L, 400L, 450L);
    assertThat(onceClosedAt).isEqualTo(onceAt);
    assertThat(repeatAt).containsExactly(100L, 200L, 300L, 400L, 500L);
    assertThat(repeatClosedAt).containsExactly(500L);
    assertThat(log).isEmpty();
    assertThat(loop.now() - start).isEqualTo(500);
  }

  @Test
  void timerStartTwice() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> log.add("first"), 86_400_000, 0);
    timer.start(
        handle -> {
          assertThat(handle.isActive()).isFalse();
          log.add("second at " + loop.now());
          handle.close(closed -> log.add("closed"));
        },
        10,
        0);
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("second at 1010", "closed");
  }

  @Test
  void timerInit() {
    TimerHandle timer = TimerHandle.init(loop);
    assertThat(timer.repeat()).isZero();
    assertThat(timer.dueIn()).isZero();
    assertThat(timer.isActive()).isFalse();
  }

  @Test
  void timerOrder() {
    TimerHandle a = TimerHandle.init(loop);
    TimerHandle b = TimerHandle.init(loop);

    a.start(handle -> log.add("a"), 0, 0);
    b.start(handle -> log.add("b"), 0, 0);
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("a", "b");

    a.stop();
    b.stop();
    log.clear();
    b.start(handle -> log.add("b"), 0, 0);
    a.start(handle -> log.add("a"), 0, 0);
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("b", "a");
  }

  @Test
  void timerZeroTimeout() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(this::zeroTimeout, 0, 0);
    assertThat(loop.run()).isTrue();
    assertThat(calls).isEqualTo(1);
    timer.close();
    assertThat(loop.run()).isFalse();
    assertThat(calls).isEqualTo(1);
  }

  private void zeroTimeout(TimerHandle timer) {
    calls++;
    timer.start(this::zeroTimeout, 0, 0);
    timer.loop().stop();
  }

  @Test
  void timerHugeTimeout() {
    TimerHandle tiny = TimerHandle.init(loop);
    TimerHandle huge1 = TimerHandle.init(loop);
    TimerHandle huge2 = TimerHandle.init(loop);
    tiny.start(
        handle -> {
          log.add("tiny");
          tiny.close();
          huge1.close();
          huge2.close();
        },
        1,
        0);
    huge1.start(handle -> log.add("huge 1"), 0xffff_ffff_ffffL, 0);
    huge2.start(handle -> log.add("huge 2"), HUGE, 0);
    assertThat(tiny.dueIn()).isEqualTo(1);
    assertThat(huge1.dueIn()).isEqualTo(281_474_976_710_655L);
    assertThat(huge2.dueIn()).isEqualTo(HUGE - loop.now());
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("tiny");
  }

  @Test
  void timerHugeRepeat() {
    TimerHandle tiny = TimerHandle.init(loop);
    TimerHandle huge = TimerHandle.init(loop);
    TimerHandle.Callback callback =
        handle -> {
          assertThat(handle).isSameAs(calls == 0 ? huge : tiny);
          if (++calls == 10) {
            tiny.close();
            huge.close();
          }
        };
    tiny.start(callback, 2, 2);
    huge.start(callback, 1, HUGE);
    assertThat(loop.run()).isFalse();
    assertThat(calls).isEqualTo(10);
    assertThat(loop.now()).isEqualTo(1000 + 9 * 2);
  }

  @Test
  void timerRunOnce() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> calls++, 0, 0);
    assertThat(loop.run(RunMode.ONCE)).isFalse();
    assertThat(calls).isEqualTo(1);

    timer.start(handle -> calls++, 1, 0);
    assertThat(loop.run(RunMode.ONCE)).isFalse();
    assertThat(calls).isEqualTo(2);

    timer.close();
    assertThat(loop.run(RunMode.ONCE)).isFalse();
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void timerIsClosing() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.close();
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> timer.start(handle -> log.add("timer"), 100, 100))
        .satisfies(e -> assertThat(e.error()).isEqualTo(UvError.EINVAL));
    assertThat(loop.run()).isFalse();
    assertThat(log).isEmpty();
  }

  /** A null argument is a {@link NullPointerException} here, where C answers EINVAL. */
  @Test
  void timerNullCallback() {
    TimerHandle timer = TimerHandle.init(loop);
    assertThatNullPointerException().isThrownBy(() -> timer.start(null, 100, 100));
    assertThat(timer.isActive()).isFalse();
  }

  /** The subject is the real wait, so this loop goes by the system's clock. */
  @Test
  void timerEarlyCheck() {
    try (Loop real = Loop.open()) {
      TimerHandle timer = TimerHandle.init(real);
      long due = real.now() + 10;
      timer.start(
          handle -> {
            calls++;
            assertThat(Uv.hrtime() / 1_000_000).isGreaterThanOrEqualTo(due);
          },
          10,
          0);
      // Nothing but the timer is there to wait for: a wait that ends early only means another.
      assertThat(real.run()).isFalse();
      assertThat(calls).isEqualTo(1);
      timer.close();
      assertThat(real.run()).isFalse();
    }
  }

  /** A timer that is late by two periods when its loop is run. */
  private void runLate(RunMode mode) {
    TimerHandle.init(loop).start(handle -> calls++, 10, 10);
    clock.advance(20);
    assertThat(loop.run(mode)).isTrue();
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void timerNoDoubleCallOnce() {
    runLate(RunMode.ONCE);
  }

  @Test
  void timerNoDoubleCallNowait() {
    runLate(RunMode.NOWAIT);
  }

  @Test
  void timerNoRunOnUnref() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> log.add("timer"), 0, 0);
    timer.unref();
    assertThat(loop.run()).isFalse();
    assertThat(log).isEmpty();
  }
}
