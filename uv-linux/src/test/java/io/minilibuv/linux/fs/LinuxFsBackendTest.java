// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.contract.FsBackendContract;
import io.minilibuv.fs.contract.FsProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The backend of Linux does all that libuv does. */
class LinuxFsBackendTest extends FsBackendContract {
  private static final FsBackend BACKEND =
      Objects.requireNonNull(new LinuxFsBackendProvider().open());

  @Override
  protected FsBackend backend() {
    return BACKEND;
  }

  @Override
  protected Set<FsProbe> unsupported() {
    return EnumSet.noneOf(FsProbe.class);
  }

  /** A call of the C library shows no frame of its own; and in it, the thread sleeps. */
  @Override
  protected boolean waitsInSystem(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0
        && stack[0].getClassName().equals(LibcCalls.class.getName())
        && isAsleep(thread.getName());
  }

  private static boolean isAsleep(String name) {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.anyMatch(
          task -> {
            try {
              return Files.readString(task.resolve("stat")).contains("(" + name + ") S ");
            } catch (IOException e) {
              // It has ended.
              return false;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void itsNameIsThatOfTheSystem() {
    assertThat(backend().name()).isEqualTo("linux");
  }
}
