// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.TimerHandle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalLineTest {
  private static final String ERASE_LINE = "\r\033[K";

  private final Loop loop = Loop.open(new LoopOptions().clock(new ManualClock()));
  private final ByteArrayOutputStream painted = new ByteArrayOutputStream();
  private String text = "nothing yet";

  @AfterEach
  void closeLoop() {
    loop.shutdown();
  }

  @Test
  void isPaintedAgainAndAgain() {
    Progress line = show(80);
    assertThat(painted.size()).isZero();
    letTimePass(150);
    text = "3 files";
    letTimePass(100);
    line.close();
    assertThat(painted.toString(UTF_8))
        .isEqualTo(ERASE_LINE + "nothing yet" + ERASE_LINE + "3 files" + ERASE_LINE);
  }

  @Test
  void isNoLongerThanTheTerminalIsWide() {
    Progress line = show(10);
    text = "\ud83d\ude00 and a\ttab";
    letTimePass(100);
    line.close();
    assertThat(painted.toString(UTF_8))
        .isEqualTo(ERASE_LINE + "\ud83d\ude00 and a\\t" + ERASE_LINE);
  }

  @Test
  void makesRoomForAnotherLine() {
    Progress line = show(80);
    line.makeRoom();
    assertThat(painted.toString(UTF_8)).isEqualTo(ERASE_LINE);
    line.close();
  }

  @Test
  void doesNotKeepTheLoopAliveAndIsGoneAtTheEnd() {
    Progress line = show(80);
    assertThat(loop.run()).isFalse();
    line.close();
    letTimePass(200);
    assertThat(painted.toString(UTF_8)).isEqualTo(ERASE_LINE);
  }

  private Progress show(int width) {
    return TerminalLine.show(
        loop,
        new Terminal(true, false, false, width),
        new PrintStream(painted, true, UTF_8),
        () -> text);
  }

  private void letTimePass(long millis) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> handle.close(), millis, 0);
    loop.run();
  }
}
