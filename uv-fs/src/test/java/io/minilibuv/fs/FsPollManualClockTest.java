// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Hours of polling a real file pass at once, on a clock that waits for what is on the pool. */
@ExtendWith(LeakCheck.class)
class FsPollManualClockTest {
  private static final long HOUR = 3_600_000;

  @TempDir private Path temp;

  @RepeatedTest(20)
  void eachStatIsBackBeforeTheNextTimer() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    List<String> seen = new ArrayList<>();
    try (Loop loop = Loop.open(new LoopOptions().clock(new ManualClock().waitingForRequests()))) {
      long begin = loop.now();
      FsPollHandle poll = FsPollHandle.init(loop);
      poll.start(
          file.toString(),
          HOUR,
          (handle, status, before, now) ->
              seen.add(before.size() + " -> " + now.size() + " at " + (loop.now() - begin)));
      TimerHandle change = TimerHandle.init(loop);
      change.start(
          timer -> {
            write(file);
            timer.close();
          },
          HOUR + 1000,
          0);
      TimerHandle end = TimerHandle.init(loop);
      end.start(
          timer -> {
            timer.close();
            poll.close();
          },
          10 * HOUR,
          0);
      loop.run();
    }
    assertThat(seen).containsExactly("0 -> 3 at " + 2 * HOUR);
    Files.delete(file);
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "new");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
