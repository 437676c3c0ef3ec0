// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvException;
import io.minilibuv.core.WakeupChannel;
import io.minilibuv.fs.Fs;
import io.minilibuv.linux.Strace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What a loop asks of the system, and what it makes of real refusals: seen by {@code strace}. */
class SystemCallsTest {
  private static final String CALLS = "epoll_create1,epoll_ctl,epoll_wait,epoll_pwait,eventfd2";

  @TempDir static Path folder;
  private Strace strace;

  @BeforeEach
  void prepare() {
    strace = new Strace(folder, CALLS);
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

  /** Asks for a file on the pool, again when the answer is there, and three times in all. */
  static final class RoundTrips {
    private final Loop loop;
    private int left = 3;

    private RoundTrips(Loop loop) {
      this.loop = loop;
    }

    public static void main(String[] arguments) {
      try (Loop loop = Loop.open()) {
        new RoundTrips(loop).ask();
        loop.run();
      }
    }

    private void ask() {
      Fs.stat(
          loop,
          ".",
          request -> {
            System.out.println(request.result());
            if (--left > 0) {
              ask();
            }
          });
    }
  }

  private List<String> run(String... options) throws IOException, InterruptedException {
    return strace.run(Main.class, List.of(options));
  }

  @Test
  @EnabledIf(value = Strace.WORKS, disabledReason = Strace.ABSENT)
  void aLoopIsAnEpollAndAnEventfd() throws Exception {
    assertThat(run()).containsExactly("epoll", "woken 3");
    // One of each to see that they work, and one of each for the loop.
    assertThat(strace.count("epoll_create1\\(EPOLL_CLOEXEC\\) += \\d+")).isEqualTo(2);
    assertThat(strace.count("eventfd2\\(0, EFD_CLOEXEC\\|EFD_NONBLOCK\\) += \\d+")).isEqualTo(2);
    assertThat(strace.count("epoll_ctl\\(\\d+, EPOLL_CTL_ADD, \\d+, \\{events=EPOLLIN\\|EPOLLET,"))
        .isEqualTo(2);
    // Two to see that it works; and a loop that is woken before it waits does not ask the kernel.
    assertThat(strace.count("epoll_pwait\\(")).isBetween(3L, 20L);
  }

  @Test
  @EnabledIf(value = Strace.WORKS, disabledReason = Strace.ABSENT)
  void aLoopIsOnNioWhereTheSystemRefusesAnEventfd() throws Exception {
    List<String> lines = run("-e", "inject=eventfd2:error=EPERM:when=1");
    assertThat(lines).hasSize(3).contains("nio", "woken 3");
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("WARN", "no epoll here", "eventfd: EPERM"));
  }

  @Test
  @EnabledIf(value = Strace.WORKS, disabledReason = Strace.ABSENT)
  void aLoopThatCannotBeOpenedForNowIsNotOnNio() throws Exception {
    assertThat(run("-e", "inject=epoll_create1:error=EMFILE:when=1"))
        .containsExactly("EMFILE uv_loop_init");
    assertThat(run("-e", "inject=epoll_create1:error=EMFILE:when=2"))
        .containsExactly("EMFILE uv_loop_init");
  }

  @Test
  @EnabledIf(value = Strace.WORKS, disabledReason = Strace.ABSENT)
  void aSignalInTheMiddleOfAWaitIsNoEvent() throws Exception {
    assertThat(run("-e", "inject=epoll_pwait:error=EINTR:when=2+2"))
        .containsExactly("epoll", "woken 3");
    assertThat(strace.count("epoll_pwait\\(.*EINTR.*INJECTED")).isPositive();
  }

  /** What docs/linux.md shows line by line. */
  @Test
  @EnabledIf(value = Strace.WORKS, disabledReason = Strace.ABSENT)
  void aRequestOfThePoolIsItsCallAndOneWrite() throws Exception {
    // Without the shortcuts: they leave out what is not needed, which depends on who is faster.
    strace =
        new Strace(folder, "epoll_pwait,eventfd2,read,statx,write")
            .with("-Dminilibuv.shortcuts=none");
    assertThat(strace.run(RoundTrips.class, List.of())).containsExactly("0", "0", "0");
    List<Strace.Call> calls = strace.calls();
    int opened = 0;
    for (int i = 0; i < calls.size(); i++) {
      opened = calls.get(i).text().startsWith("eventfd2(") ? i : opened;
    }
    long loop = calls.get(opened).thread();
    String eventfd = calls.get(opened).text().replaceFirst(".* = ", "");
    List<Strace.Call> ofLoop = calls.subList(opened + 1, calls.size());

    assertThat(ofLoop.stream().filter(call -> call.text().startsWith("read(" + eventfd + ",")))
        .isEmpty();
    List<String> onWorkers =
        ofLoop.stream()
            .filter(call -> call.thread() != loop)
            .map(Strace.Call::text)
            .filter(text -> text.startsWith("statx(AT_FDCWD, \".\"") || text.startsWith("write("))
            .map(text -> text.replaceFirst(",.*", ""))
            .toList();
    String wakeup = "write(" + eventfd;
    String stat = "statx(AT_FDCWD";
    assertThat(onWorkers).containsExactly(stat, wakeup, stat, wakeup, stat, wakeup);
    List<String> seen =
        ofLoop.stream()
            .map(Strace.Call::text)
            .filter(text -> text.matches("statx\\(AT_FDCWD, \"\\.\".*|write\\(1, \"0.*"))
            .map(text -> text.replaceFirst("\\(.*", ""))
            .toList();
    assertThat(seen).containsExactly("statx", "write", "statx", "write", "statx", "write");
    assertThat(
            ofLoop.stream()
                .filter(call -> call.thread() == loop)
                .filter(call -> call.text().startsWith("epoll_pwait(")))
        .hasSizeBetween(3, 20);
  }
}
