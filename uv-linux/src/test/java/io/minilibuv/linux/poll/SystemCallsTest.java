// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvException;
import io.minilibuv.core.WakeupChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What a loop asks of the system, and what it makes of real refusals: seen by {@code strace}. */
class SystemCallsTest {
  private static final String CALLS = "epoll_create1,epoll_ctl,epoll_wait,epoll_pwait,eventfd2";

  @TempDir static Path folder;
  private Path trace;
  private Path output;

  @BeforeEach
  void nameFiles() {
    trace = folder.resolve("trace");
    output = folder.resolve("output");
  }

  /** Waits for another thread, which wakes the loop up three times. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (Loop loop = Loop.open()) {
        System.out.println(loop.backendName());
        TimerHandle alive = TimerHandle.init(loop);
        alive.start(timer -> timer.close(), 60_000, 0);
        int[] woken = new int[1];
        // The channel may be closed only when nobody is in a wake-up any more.
        List<Thread> wakers = new ArrayList<>();
        WakeupChannel wakeup = WakeupChannel.open(loop);
        IoWatcher watcher =
            new IoWatcher(
                loop,
                wakeup.target(),
                (w, events) -> {
                  wakeup.drain();
                  if (++woken[0] == 3) {
                    alive.close();
                  } else {
                    wakers.add(new Thread(wakeup::wakeup));
                    wakers.get(woken[0]).start();
                  }
                });
        watcher.start(IoWatcher.READABLE);
        wakers.add(new Thread(wakeup::wakeup));
        wakers.get(0).start();
        loop.run();
        for (Thread waker : wakers) {
          waker.join();
        }
        watcher.close();
        wakeup.close();
        System.out.println("woken " + woken[0]);
      } catch (UvException e) {
        System.out.println(e.error() + " " + e.call());
      }
    }
  }

  static boolean straceWorks() {
    try {
      Process process =
          new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Gives the lines that the program printed. */
  private List<String> run(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("strace", "-f", "-o", trace.toString(), "-e", "trace=" + CALLS));
    command.addAll(List.of(options));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }

  private long traced(String pattern) throws IOException {
    try (var lines = Files.lines(trace)) {
      return lines.filter(line -> line.matches(".*" + pattern + ".*")).count();
    }
  }

  @Test
  @EnabledIf(value = "straceWorks", disabledReason = "strace is not here, or may not trace")
  void aLoopIsAnEpollAndAnEventfd() throws Exception {
    assertThat(run()).containsExactly("epoll", "woken 3");
    // One of each to see that they work, and one of each for the loop.
    assertThat(traced("epoll_create1\\(EPOLL_CLOEXEC\\) += \\d+")).isEqualTo(2);
    assertThat(traced("eventfd2\\(0, EFD_CLOEXEC\\|EFD_NONBLOCK\\) += \\d+")).isEqualTo(2);
    assertThat(traced("epoll_ctl\\(\\d+, EPOLL_CTL_ADD, \\d+, \\{events=EPOLLIN\\|EPOLLET,.*"))
        .isEqualTo(1);
    assertThat(traced("epoll_pwait\\(.*")).isBetween(4L, 20L);
  }

  @Test
  @EnabledIf(value = "straceWorks", disabledReason = "strace is not here, or may not trace")
  void aLoopIsOnNioWhereTheSystemRefusesAnEventfd() throws Exception {
    List<String> lines = run("-e", "inject=eventfd2:error=EPERM:when=1");
    assertThat(lines).hasSize(3).contains("nio", "woken 3");
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("WARN", "no epoll here", "eventfd: EPERM"));
  }

  @Test
  @EnabledIf(value = "straceWorks", disabledReason = "strace is not here, or may not trace")
  void aLoopThatCannotBeOpenedForNowIsNotOnNio() throws Exception {
    assertThat(run("-e", "inject=epoll_create1:error=EMFILE:when=1"))
        .containsExactly("EMFILE uv_loop_init");
    assertThat(run("-e", "inject=epoll_create1:error=EMFILE:when=2"))
        .containsExactly("EMFILE uv_loop_init");
  }

  @Test
  @EnabledIf(value = "straceWorks", disabledReason = "strace is not here, or may not trace")
  void aSignalInTheMiddleOfAWaitIsNoEvent() throws Exception {
    assertThat(run("-e", "inject=epoll_pwait:error=EINTR:when=2+2"))
        .containsExactly("epoll", "woken 3");
    assertThat(traced("epoll_pwait\\(.*EINTR.*INJECTED.*")).isPositive();
  }
}
