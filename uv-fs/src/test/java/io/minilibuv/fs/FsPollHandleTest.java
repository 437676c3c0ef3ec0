// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.testing.TimeLimit;
import org.junit.jupiter.api.Test;

/** {@code test/test-fs-poll.c}, and {@code fs_poll_ref} of {@code test/test-ref.c}. */
class FsPollHandleTest extends FsFixture {
  private static final int ENOENT = UvError.ENOENT.code();

  private final FsPollHandle poll = FsPollHandle.init(loop);
  private final TimerHandle timer = TimerHandle.init(loop);
  private int pollCalls;
  private int timerCalls;
  private int closeCalls;
  private int size;

  FsPollHandleTest() {
    TimeLimit.on(loop);
  }

  private String path() {
    return at("testfile");
  }

  /**
   * Another size each time: a clock may be too coarse to tell one change from the next. And in one
   * step: a look from a worker may come between what empties a file and what fills it.
   */
  private void touchFile() {
    Fs.rename(file("testfile.new", "*".repeat(++size)), path());
  }

  private void onTimer(TimerHandle handle) {
    touchFile();
    timerCalls++;
  }

  private static void fail(FsPollHandle handle, int status, FsStat prev, FsStat curr) {
    throw new AssertionError("called back: " + status + ' ' + prev + ' ' + curr);
  }

  private void close() {
    poll.close(handle -> closeCalls++);
  }

  private void closeByRunningOnce() {
    close();
    while (loop.run(RunMode.ONCE)) {
      assertThat(closeCalls).isZero();
    }
    assertThat(closeCalls).isEqualTo(1);
  }

  private void onPoll(FsPollHandle handle, int status, FsStat prev, FsStat curr) {
    assertThat(handle).isSameAs(poll);
    assertThat(handle.isActive()).isTrue();
    switch (pollCalls++) {
      case 0 -> {
        assertThat(status).isEqualTo(ENOENT);
        assertThat(prev).isEqualTo(FsStat.ZERO);
        assertThat(curr).isEqualTo(FsStat.ZERO);
        touchFile();
      }
      case 1 -> {
        assertThat(status).isZero();
        assertThat(prev).isEqualTo(FsStat.ZERO);
        assertThat(curr.size()).isEqualTo(1);
        timer.start(this::onTimer, 20, 0);
      }
      case 2 -> {
        assertThat(status).isZero();
        assertThat(prev.size()).isEqualTo(1);
        assertThat(curr.size()).isEqualTo(2);
        timer.start(this::onTimer, 200, 0);
      }
      case 3 -> {
        assertThat(status).isZero();
        assertThat(prev.size()).isEqualTo(2);
        assertThat(curr.size()).isEqualTo(3);
        Fs.unlink(path());
      }
      case 4 -> {
        assertThat(status).isEqualTo(ENOENT);
        assertThat(prev.size()).isEqualTo(3);
        assertThat(curr).isEqualTo(FsStat.ZERO);
        close();
      }
      default -> throw new AssertionError("called back too often");
    }
  }

  @Test
  void fsPoll() {
    poll.start(path(), 100, this::onPoll);
    assertThat(loop.run()).isFalse();
    assertThat(pollCalls).isEqualTo(5);
    assertThat(timerCalls).isEqualTo(2);
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void fsPollGetpath() {
    FsFixture.assertFails(UvError.EINVAL, poll::getpath);
    poll.start(path(), 100, FsPollHandleTest::fail);
    assertThat(poll.getpath()).isEqualTo(path());
    close();
    FsFixture.assertFails(UvError.EINVAL, poll::getpath);
    assertThat(loop.run()).isFalse();
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void fsPollCloseRequest() {
    poll.start(path(), 100, FsPollHandleTest::fail);
    closeByRunningOnce();
  }

  @Test
  void fsPollCloseRequestMultiStartStop() {
    for (int i = 0; i < 10; i++) {
      poll.start(path(), 100, FsPollHandleTest::fail);
      poll.stop();
    }
    closeByRunningOnce();
  }

  @Test
  void fsPollCloseRequestMultiStopStart() {
    for (int i = 0; i < 10; i++) {
      poll.stop();
      poll.start(path(), 100, FsPollHandleTest::fail);
    }
    closeByRunningOnce();
  }

  @Test
  void fsPollCloseRequestStopWhenActive() {
    poll.start(path(), 100, (handle, status, prev, curr) -> pollCalls++);
    loop.run(RunMode.ONCE);
    assertThat(pollCalls).isEqualTo(1);
    poll.stop();
    loop.run(RunMode.ONCE);
    close();
    loop.run(RunMode.ONCE);
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void fsPollRef() {
    poll.start(dir.toString(), 999, FsPollHandleTest::fail);
    poll.unref();
    assertThat(loop.run()).isFalse();
    assertThat(poll.isActive()).isTrue();
    close();
    assertThat(loop.run()).isFalse();
    assertThat(closeCalls).isEqualTo(1);
  }
}
