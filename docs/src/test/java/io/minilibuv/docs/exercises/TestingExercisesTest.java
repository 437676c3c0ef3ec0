// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsPollHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Solutions of the exercises in testing.md. */
class TestingExercisesTest {
  @TempDir private Path temp;

  /** Exercise 1: the error comes with a size of 0, and so does nothing else. */
  @Test
  void aFileThatGoesIsToldWithSizeZero() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "text");
    List<String> told = new ArrayList<>();
    try (Loop loop = Loop.open(new LoopOptions().clock(new ManualClock().waitingForRequests()))) {
      FsPollHandle poll = FsPollHandle.init(loop);
      poll.start(
          file.toString(),
          1000,
          (handle, status, before, now) ->
              told.add((status == 0 ? "" : UvError.errName(status) + " ") + now.size()));
      at(loop, 1500, () -> delete(file));
      at(loop, 10_000, () -> write(file, "new"));
      at(loop, 20_000, poll::close);
      loop.run();
    }
    assertThat(told).containsExactly("ENOENT 0", "3");
  }

  /**
   * Exercise 2: the loop is often at its next timer before the first stat has come back from the
   * pool. Then the baseline is the changed file, and nothing is told. It may go well a hundred
   * times; so this asserts only what is certain.
   */
  @Test
  void withoutWaitingForRequestsAnythingMayBeTold() throws IOException {
    for (int i = 0; i < 100; i++) {
      Path file = Files.writeString(temp.resolve("file" + i), "");
      List<Long> told = new ArrayList<>();
      try (Loop loop = Loop.open(new LoopOptions().clock(new ManualClock()))) {
        FsPollHandle poll = FsPollHandle.init(loop);
        poll.start(file.toString(), 1000, (handle, status, before, now) -> told.add(now.size()));
        at(loop, 1500, () -> write(file, "four"));
        at(loop, 3_600_000, poll::close);
        loop.run();
      }
      assertThat(told).hasSizeLessThan(3).allMatch(size -> size == 0 || size == 4);
    }
  }

  /** Exercise 3. JUnit makes one for each test, as it does with the test's class. */
  private static final class LoopExtension implements AfterEachCallback {
    private final Loop loop = Loop.open();

    @Override
    public void afterEach(ExtensionContext context) {
      closeChecked(loop);
    }
  }

  @RegisterExtension final LoopExtension given = new LoopExtension();

  @Test
  void aLoopIsGivenToEachTest() {
    TimerHandle timer = TimerHandle.init(given.loop);
    timer.close();
    assertThat(given.loop.run()).isFalse(); // or the timer would be left
  }

  /** Shuts {@code loop} down, and fails if that was not the test's own work. */
  private static void closeChecked(Loop loop) {
    List<Handle> left = new ArrayList<>();
    loop.walk(left::add);
    List<String> names = left.stream().map(Handle::toString).toList();
    loop.shutdown();
    assertThat(names).as("handles that the test has left").isEmpty();
  }

  @Test
  void aHandleThatIsLeftFailsTheTestAndTheLoopIsClosedAllTheSame() {
    Loop tidy = Loop.open();
    closeChecked(tidy);
    Loop untidy = Loop.open();
    TimerHandle.init(untidy);
    assertThatThrownBy(() -> closeChecked(untidy)).hasMessageContaining("timer");
    assertThatThrownBy(untidy::run).hasMessageContaining("closed");
  }

  private static void at(Loop loop, long millis, Runnable action) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          action.run();
          handle.close();
        },
        millis,
        0);
  }

  private static void write(Path file, String text) {
    try {
      Files.write(file, text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
