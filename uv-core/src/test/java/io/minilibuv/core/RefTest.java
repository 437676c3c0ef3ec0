// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code test/test-ref.c}, its handles that core has. */
class RefTest extends LoopFixture {
  private int closeCalls;

  @Test
  void ref() {
    assertThat(loop.run()).isFalse();
    assertThat(loop.metrics().loopCount()).isZero();
  }

  @Test
  void idleRef() {
    IdleHandle idle = IdleHandle.init(loop);
    idle.start(handle -> log.add("idle"));
    doesNotKeepTheLoopAlive(idle);
  }

  @Test
  void prepareRef() {
    PrepareHandle prepare = PrepareHandle.init(loop);
    prepare.start(handle -> log.add("prepare"));
    doesNotKeepTheLoopAlive(prepare);
  }

  @Test
  void checkRef() {
    CheckHandle check = CheckHandle.init(loop);
    check.start(handle -> log.add("check"));
    doesNotKeepTheLoopAlive(check);
  }

  @Test
  void unrefInPrepareCb() {
    PrepareHandle prepare = PrepareHandle.init(loop);
    prepare.start(
        handle -> {
          log.add("prepare");
          handle.unref();
        });
    assertThat(loop.run()).isFalse();
    assertThat(log).containsExactly("prepare");
    doClose(prepare);
  }

  @Test
  void timerRef() {
    doesNotKeepTheLoopAlive(TimerHandle.init(loop));
  }

  @Test
  void timerRef2() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> log.add("timer"), 42, 42);
    doesNotKeepTheLoopAlive(timer);
  }

  @Test
  void hasRef() {
    IdleHandle idle = IdleHandle.init(loop);
    idle.ref();
    assertThat(idle.hasRef()).isTrue();
    idle.unref();
    assertThat(idle.hasRef()).isFalse();
  }

  private void doesNotKeepTheLoopAlive(Handle handle) {
    boolean wasActive = handle.isActive();
    handle.unref();
    assertThat(loop.run()).isFalse();
    assertThat(log).isEmpty();
    assertThat(handle.isActive()).isEqualTo(wasActive);
    doClose(handle);
  }

  /** Closing keeps the loop going for as long as it takes, unref'd or not. */
  private void doClose(Handle handle) {
    int callbacksBefore = log.size();
    handle.close(closed -> closeCalls++);
    assertThat(closeCalls).isZero();
    assertThat(loop.run()).isFalse();
    assertThat(closeCalls).isEqualTo(1);
    assertThat(log).hasSize(callbacksBefore);
  }
}
