// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.testing.QuickJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/** What loops of a process wait with, by what it was started with: a process for each. */
class BackendChoiceTest {
  private static final String ALLOWED = "--enable-native-access=ALL-UNNAMED";

  @TempDir Path folder;

  /** Says what two loops wait with, and whether one can be opened on epoll and no other. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 2; i++) {
        try (Loop loop = Loop.open()) {
          FsEventHandle watch = FsEventHandle.init(loop);
          watch.start(".", (handle, name, events, status) -> {});
          TimerHandle timer = TimerHandle.init(loop);
          timer.start(
              handle -> {
                watch.close();
                timer.close();
              },
              1,
              0);
          Fs.stat(loop, ".", request -> {});
          loop.run();
          System.out.println(loop.backendName());
        }
      }
      try (Loop loop = Loop.open(new LoopOptions().pollBackend("epoll"))) {
        System.out.println("or " + loop.backendName());
      } catch (UvException e) {
        System.out.println("or " + e.error() + ": " + e.getCause());
      }
    }
  }

  /** The lines of standard output, and of the error output after them. */
  private List<String> run(String... options) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    List<String> command = new ArrayList<>();
    command.add(QuickJava.command());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(output));
    lines.addAll(Files.readAllLines(errors));
    return lines;
  }

  @Test
  void itIsEpollWhereItIsThere() throws Exception {
    assertThat(run(ALLOWED)).containsExactly("epoll", "epoll", "or epoll");
  }

  @Test
  void thePropertyAsksForNio() throws Exception {
    assertThat(run(ALLOWED, "-Dminilibuv.backend=nio")).containsExactly("nio", "nio", "or epoll");
  }

  @Test
  void anotherNameIsAWarningAndChangesNothing() throws Exception {
    List<String> lines = run(ALLOWED, "-Dminilibuv.backend=kqueue");
    assertThat(lines).startsWith("epoll", "epoll", "or epoll").hasSize(4);
    assertThat(lines.get(3)).contains("WARN", "kqueue", "nio and epoll");
  }

  @Test
  @EnabledForJreRange(minVersion = 24, disabledReason = "before JDK 24 it cannot be forbidden")
  void whereNativeAccessIsForbiddenItIsNioAndALineForLoopsAndOneForFilesSayWhy() throws Exception {
    List<String> lines = run("--illegal-native-access=deny");
    assertThat(lines).startsWith("nio", "nio").hasSize(5);
    assertThat(lines.get(2)).startsWith("or ENOSYS: ");
    assertThat(lines.get(3))
        .contains("WARN", "no epoll here, loops are opened on nio", "IllegalCallerException");
    assertThat(lines.get(4))
        .contains("WARN", "no linux here, file system calls are made by nio", "IllegalCaller");
  }
}
