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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private static final Terminal PLAIN = new Terminal(true, false, false, 80);
  private static final String ERASE_LINE = "\r\033[K";

  /** Something of four KiB. */
  private static final class Copy implements Progress.Amount {
    private long done;
    private long expected = 4096;
    private boolean counted = true;
    private String unit = "";
    private String told = "";

    @Override
    public void begin() {
      told += "begin ";
    }

    @Override
    public long done() {
      return done;
    }

    @Override
    public long expected() {
      return expected;
    }

    @Override
    public boolean isExpectedFinal() {
      return counted;
    }

    @Override
    public String text(long amount) {
      return unit.isEmpty() ? Progress.Amount.super.text(amount) : amount + unit;
    }

    @Override
    public void end() {
      told += "end ";
    }
  }

  private final Loop loop = Loop.open(new LoopOptions().clock(new ManualClock()));
  private final Copy copy = new Copy();
  private final ByteArrayOutputStream painted = new ByteArrayOutputStream();

  @AfterEach
  void closeLoop() {
    loop.shutdown();
  }

  @Test
  void showsBytesRateAndTimeLeft() {
    Progress progress = show(PLAIN);
    copy.done = 1024;
    letTimePass();
    assertThat(lastLine())
        .hasSizeLessThan(PLAIN.width())
        .matches("copy +25% \\[=+>? +\\] 1\\.0 KiB/4\\.0 KiB \\(0:00:.. / 0:..:.. left\\) .*B/s");
    progress.close();
  }

  @Test
  void tellsTheTimeLeftOnlyWhenItIsKnownHowMuchThereIs() {
    Progress progress = show(PLAIN);
    copy.done = 1024;
    copy.expected = 512;
    copy.counted = false;
    letTimePass();
    assertThat(lastLine()).contains("1.0 KiB/1.0 KiB").contains("? left");
    copy.expected = 4096;
    copy.counted = true;
    letTimePass();
    assertThat(lastLine()).contains("1.0 KiB/4.0 KiB").doesNotContain("?");
    progress.close();
  }

  @Test
  void doesNotKeepTheLoopAliveAndLeavesTheLineEmpty() {
    Progress progress = show(PLAIN);
    assertThat(loop.run()).isFalse();
    letTimePass();
    assertThat(lastLine()).isNotEmpty();
    assertThat(copy.told).isEqualTo("begin ");
    progress.close();
    assertThat(copy.told).isEqualTo("begin end ");
    String atTheEnd = painted.toString(UTF_8);
    assertThat(atTheEnd).endsWith(ERASE_LINE);
    letTimePass();
    assertThat(painted.toString(UTF_8)).isEqualTo(atTheEnd);
  }

  @Test
  void makesRoomForALineAndComesBackBelowIt() {
    Progress progress = show(PLAIN);
    letTimePass();
    progress.makeRoom();
    assertThat(painted.toString(UTF_8)).endsWith(ERASE_LINE);
    letTimePass();
    assertThat(lastLine()).startsWith("copy");
    progress.close();
  }

  @Test
  void showsOtherAmountsThanBytes() {
    copy.unit = " sends";
    copy.done = 1024;
    Progress progress = show(PLAIN);
    letTimePass();
    assertThat(lastLine()).contains(" 25% ", "1024 sends/4096 sends").contains(" sends/s");
    progress.close();
  }

  @Test
  void paintsAlsoWhenItIsToldTo() {
    Progress progress = show(PLAIN);
    int frames = lines().size();
    copy.done = 2048;
    progress.paint();
    assertThat(lines()).hasSize(frames + 1);
    assertThat(lastLine()).contains(" 50% ");
    progress.close();
  }

  @Test
  void usesColoursAndBlocksWhereTheyAreWanted() {
    copy.done = 2048;
    Progress colourful = show(new Terminal(true, true, true, 80));
    letTimePass();
    assertThat(lastLine()).contains("\033[33m").contains("\u2588\u2588");
    colourful.close();
    Progress plain = show(new Terminal(true, false, true, 80));
    letTimePass();
    assertThat(lastLine()).doesNotContain("\033").contains("\u2588\u2588");
    plain.close();
  }

  private Progress show(Terminal terminal) {
    return TerminalProgress.show(
        loop, terminal, new PrintStream(painted, true, UTF_8), "copy", copy);
  }

  /** Takes the loop to where the next frame is due. */
  private void letTimePass() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> handle.close(), 200, 0);
    loop.run();
  }

  private List<String> lines() {
    List<String> lines = List.of(painted.toString(UTF_8).split("\r\033\\[K", -1));
    return lines.subList(1, lines.size());
  }

  private String lastLine() {
    return lines().get(lines().size() - 1);
  }
}
