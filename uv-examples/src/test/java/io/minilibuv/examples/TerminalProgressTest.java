// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalProgressTest {
  private static final Terminal PLAIN = new Terminal(true, false, false, 80);
  private static final String ERASE_LINE = "\r\033[K";

  @TempDir private Path temp;
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop =
      Loop.open(new LoopOptions().clock(new ManualClock()).with(ThreadPool.OF_LOOP, pool));
  private final CopyReport report = new CopyReport();
  private final ByteArrayOutputStream painted = new ByteArrayOutputStream();

  @BeforeEach
  void makeTree() throws IOException {
    Path sub = Files.createDirectories(temp.resolve("sub/deeper"));
    Files.write(temp.resolve("a"), new byte[1024]);
    Files.write(sub.resolve("b"), new byte[3 * 1024]);
  }

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void showsBytesRateAndTimeLeft() {
    Progress progress = show(PLAIN);
    loop.run();
    report.transferred(1024);
    letTimePass();
    assertThat(lastLine())
        .hasSizeLessThan(PLAIN.width())
        .matches("copy +25% \\[=+>? +\\] 1\\.0 KiB/4\\.0 KiB \\(0:00:.. / .* left\\) .*B/s");
    progress.close();
  }

  @Test
  void tellsTheTimeLeftOnlyWhenItIsKnownHowMuchThereIs() {
    CountDownLatch counting = new CountDownLatch(1);
    WorkRequest.queue(loop, request -> counting.await(), null);
    Progress progress = show(PLAIN);
    report.transferred(1024);
    loop.run(RunMode.ONCE);
    counting.countDown();
    assertThat(lines()).first().asString().contains("1.0 KiB/1.0 KiB").contains("? left");
    loop.run();
    letTimePass();
    assertThat(lastLine()).contains("1.0 KiB/4.0 KiB").doesNotContain("?");
    progress.close();
  }

  @Test
  void doesNotKeepTheLoopAliveAndLeavesTheLineEmpty() {
    Progress progress = show(PLAIN);
    loop.run();
    assertThat(loop.isAlive()).isFalse();
    letTimePass();
    assertThat(lastLine()).isNotEmpty();
    progress.close();
    String atTheEnd = painted.toString(UTF_8);
    assertThat(atTheEnd).endsWith(ERASE_LINE);
    letTimePass();
    assertThat(painted.toString(UTF_8)).isEqualTo(atTheEnd);
  }

  @Test
  void closedEarlyItStopsCounting() {
    show(PLAIN).close();
    loop.run();
    assertThat(loop.isAlive()).isFalse();
    assertThat(painted.toString(UTF_8)).isEqualTo(ERASE_LINE);
  }

  @Test
  void usesColoursAndBlocksWhereTheyAreWanted() {
    report.transferred(2048);
    Progress colourful = show(new Terminal(true, true, true, 80));
    loop.run();
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
        loop, terminal, new PrintStream(painted, true, UTF_8), report, temp.toString());
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
