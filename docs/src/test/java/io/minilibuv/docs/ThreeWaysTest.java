// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.fs.FsPollHandle;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One program that watches a file, tested in three ways: for the page on testing. */
@ExtendWith(LeakCheck.class)
class ThreeWaysTest {
  // @start region="watcher"
  /** Tells how long a file is, whenever that has changed. */
  static final class SizeWatcher {
    private final FsPollHandle poll;

    SizeWatcher(Loop loop, Path file, List<Long> told) {
      poll = FsPollHandle.init(loop);
      poll.start(file.toString(), 1000, (handle, status, before, now) -> told.add(now.size()));
    }

    void close() {
      poll.close();
    }
  }

  // @end region="watcher"

  @TempDir private Path temp;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.writeString(temp.resolve("file"), "");
  }

  // @start region="manual_clock"
  @Test
  void onAManualClock() throws IOException {
    ManualClock clock = new ManualClock().waitingForRequests();
    try (Loop loop = Loop.open(new LoopOptions().clock(clock))) {
      List<Long> told = new ArrayList<>();
      SizeWatcher watcher = new SizeWatcher(loop, file, told);
      after(loop, 1500, () -> write("four"));
      after(loop, 3_600_000, watcher::close); // an hour, which passes at once
      loop.run();
      assertThat(told).containsExactly(4L);
    }
  }

  // @end region="manual_clock"

  // @start region="run_once"
  @Test
  void stepByStep() throws IOException {
    try (Loop loop = Loop.open()) {
      List<Long> told = new ArrayList<>();
      SizeWatcher watcher = new SizeWatcher(loop, file, told);
      loop.run(RunMode.ONCE); // the first stat has come back
      write("four");
      while (told.isEmpty()) {
        loop.run(RunMode.ONCE); // a real second goes by
      }
      assertThat(told).containsExactly(4L);
      watcher.close();
      loop.run();
    }
  }

  // @end region="run_once"

  // @start region="awaitility"
  @Test
  void fromOutside() throws Exception {
    List<Long> told = new CopyOnWriteArrayList<>(); // two threads
    Loop loop = Loop.open();
    SizeWatcher watcher = new SizeWatcher(loop, file, told);
    TestedLoop running = TestedLoop.start(loop);
    await().until(running::hasPolledTwice); // or the first stat might find the new text
    write("four");
    await().until(() -> told.equals(List.of(4L)));
    running.call(watcher::close);
    running.join();
    loop.close();
  }

  // @end region="awaitility"

  private void write(String text) {
    try {
      // In one step: a file that is cut first has, for a moment, another size.
      Files.write(file, text.getBytes(UTF_8), StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void after(Loop loop, long millis, Runnable action) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          action.run();
          handle.close();
        },
        millis,
        0);
  }
}
