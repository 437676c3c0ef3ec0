// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.fs.FsPollHandle;

/**
 * Asks for the name's stat again and again ({@code uv_fs_poll_t}): on every file system, whether
 * the file is there or not, and through links. At the cost of a request every interval, and late by
 * up to as much.
 */
final class PollFollower implements Follower {
  private final String path;
  private final Runnable look;
  private final FsPollHandle poll;
  private final TimerHandle again;
  private final long interval;
  private long delay;

  PollFollower(Loop loop, String path, long intervalMillis, Runnable look) {
    this.path = path;
    this.look = look;
    this.interval = intervalMillis;
    this.delay = intervalMillis;
    this.poll = FsPollHandle.init(loop);
    this.again = TimerHandle.init(loop);
  }

  @Override
  public void watch() {
    if (!poll.isActive()) {
      poll.start(path, interval, (handle, status, before, now) -> look.run());
      again.start(this::lookAgain, delay, 0);
    }
  }

  /**
   * The first answer is only what later ones are compared with, and nobody is told that it is
   * there. What happened after the first look and before that answer, a poll handle does not tell.
   * So there are some looks more, each after twice the time: one of them comes after the answer,
   * however long that takes.
   */
  private void lookAgain(TimerHandle timer) {
    look.run();
    delay *= 2;
    timer.start(this::lookAgain, delay, 0);
  }

  @Override
  public void close() {
    poll.close();
    again.close();
  }
}
