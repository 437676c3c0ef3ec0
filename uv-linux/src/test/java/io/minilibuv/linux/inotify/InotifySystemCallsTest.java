// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.fs.FsEventCallback;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.linux.Strace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Handles that watch files make the calls that libuv's make, seen by {@code strace}. */
class InotifySystemCallsTest {
  private static final String CALLS =
      "inotify_init1,inotify_add_watch,inotify_rm_watch,epoll_ctl,read,close";

  /** In {@code strace}'s order, which is by number. */
  private static final String MASK =
      "IN_MODIFY\\|IN_ATTRIB\\|IN_MOVED_FROM\\|IN_MOVED_TO\\|IN_CREATE\\|IN_DELETE"
          + "\\|IN_DELETE_SELF\\|IN_MOVE_SELF";

  /** Until there is no more to read. */
  private static final String READS =
      "(read\\(FD, \".*, 4096\\) += \\d+\n)+read\\(FD, .*, 4096\\) += -1 EAGAIN .*";

  @TempDir Path folder;

  /**
   * Two loops. On the first, two handles watch one file by two names, and one its directory; the
   * file is written, one is stopped, it is written again, and the others are stopped.
   */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      Path file = Files.createFile(folder.resolve("file"));
      try (Loop loop = Loop.open();
          Loop other = Loop.open()) {
        int[] told = new int[1];
        FsEventCallback count = (handle, name, events, status) -> told[0]++;
        FsEventHandle first = start(loop, folder + "/file", count);
        FsEventHandle second = start(loop, folder + "/./file", count);
        FsEventHandle third = start(loop, folder.toString(), count);
        FsEventHandle elsewhere = start(other, folder.toString(), count);
        Files.writeString(file, "x", StandardOpenOption.APPEND);
        while (told[0] < 3) {
          loop.run(RunMode.ONCE);
        }
        first.stop();
        Files.writeString(file, "y", StandardOpenOption.APPEND);
        while (told[0] < 5) {
          loop.run(RunMode.ONCE);
        }
        List.of(second, third, elsewhere).forEach(FsEventHandle::stop);
        List.of(first, second, third, elsewhere).forEach(handle -> handle.close());
        loop.run();
        other.run();
      }
      System.out.println("done");
    }

    private static FsEventHandle start(Loop loop, String path, FsEventCallback callback) {
      FsEventHandle handle = FsEventHandle.init(loop);
      handle.start(path, callback);
      return handle;
    }
  }

  @Test
  @EnabledIf(value = Strace.WORKS, disabledReason = Strace.ABSENT)
  void aLoopHasOneInotifyAndAFileOneWatch() throws Exception {
    Path watched = Files.createDirectory(folder.resolve("watched"));
    Strace strace = new Strace(folder, CALLS);
    assertThat(strace.run(Main.class, List.of(), watched.toString())).containsExactly("done");
    List<String> calls =
        strace.calls().stream()
            .map(call -> call.text().replace(watched.toString(), "dir"))
            .toList();
    List<String> opened = calls.stream().filter(call -> call.startsWith("inotify_init1")).toList();
    assertThat(opened)
        .hasSize(2)
        .allMatch(call -> call.matches("inotify_init1\\(IN_NONBLOCK\\|IN_CLOEXEC\\) += \\d+"));
    String one = opened.get(0).replaceFirst(".* = ", "");
    String two = opened.get(1).replaceFirst(".* = ", "");
    assertThat(one).isNotEqualTo(two);
    assertThat(callsOn(one, calls))
        .matches(
            String.join(
                "\n",
                // Whether it can be polled.
                "epoll_ctl\\(\\d+, EPOLL_CTL_ADD, FD, .*\\) += 0",
                "epoll_ctl\\(\\d+, EPOLL_CTL_DEL, FD, .*\\) += 0",
                "inotify_add_watch\\(FD, \"dir/file\", " + MASK + "\\) += 1",
                // The other name is the same file, and has the same number.
                "inotify_add_watch\\(FD, \"dir/\\./file\", " + MASK + "\\) += 1",
                "inotify_add_watch\\(FD, \"dir\", " + MASK + "\\) += 2",
                "epoll_ctl\\(\\d+, EPOLL_CTL_ADD, FD, \\{events=EPOLLIN, .*\\}\\) += 0",
                READS,
                // The first handle is stopped here, which is no call.
                READS,
                "inotify_rm_watch\\(FD, 1\\) += 0",
                "inotify_rm_watch\\(FD, 2\\) += 0",
                "(.*\n)*close\\(FD\\) += 0"));
    assertThat(callsOn(two, calls))
        .matches(
            String.join(
                "\n",
                "(epoll_ctl.*\n)*inotify_add_watch\\(FD, \"dir\", " + MASK + "\\) += 1",
                "inotify_rm_watch\\(FD, 1\\) += 0",
                "(.*\n)*close\\(FD\\) += 0"));
  }

  /** The calls that name a descriptor, from the one on that opened it, and with FD for it. */
  private static String callsOn(String fd, List<String> calls) {
    int opened = 0;
    while (!calls.get(opened).matches("inotify_init1.* = " + fd)) {
      opened++;
    }
    return calls.stream()
        .skip(opened + 1L)
        .filter(call -> call.matches("(\\w+\\(|epoll_ctl\\(\\d+, \\w+, )" + fd + "[,)].*"))
        .map(call -> call.replaceFirst("(?<=[( ])" + fd + "(?=[,)])", "FD"))
        .reduce((a, b) -> a + "\n" + b)
        .orElseThrow();
  }
}
