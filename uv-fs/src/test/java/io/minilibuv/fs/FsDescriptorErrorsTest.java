// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every call about a descriptor answers for every kind of descriptor, in both forms. The
 * answers in {@code errors-of-descriptors.txt} are libuv's own, taken from it on Linux.
 */
@EnabledOnOs(OS.LINUX)
class FsDescriptorErrorsTest extends FsFixture {

  static List<AnswerTable.Row> table() {
    return AnswerTable.read("errors-of-descriptors.txt");
  }

  @BeforeEach
  void makePipe() throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("mkfifo", at("pipe")).start().waitFor());
  }

  @MethodSource("table")
  @ParameterizedTest
  void everyCallOnEveryKindOfDescriptor(AnswerTable.Row row) {
    FdCall call = FdCall.valueOf(row.call());
    assertEquals(Map.of(), row.differences(kind -> answer(call, kind, false)));
    assertEquals(Map.of(), row.differences(kind -> answer(call, kind, true)), "on the loop");
  }

  private String answer(FdCall call, String kind, boolean onLoop) {
    int other = Fs.open(file("other", "abc"), O_RDWR, 0);
    int fd = open(kind);
    try {
      return onLoop ? call.answerOnLoop(loop, fd, other) : call.answerNow(fd, other);
    } finally {
      Fs.close(other);
      if (call != FdCall.CLOSE && isOpen(kind)) {
        Fs.close(fd);
      }
    }
  }

  private static boolean isOpen(String kind) {
    return !List.of("none", "minus", "closed").contains(kind);
  }

  private int open(String kind) {
    return switch (kind) {
      case "none" -> NEVER_OPEN;
      case "minus" -> -1;
      case "closed" -> closedDescriptor("/dev/null");
      case "ro" -> Fs.open(file("file", "abc"), O_RDONLY, 0);
      case "wo" -> Fs.open(file("file", "abc"), O_WRONLY, 0);
      case "append" -> Fs.open(file("file", "abc"), O_WRONLY | O_APPEND, 0);
      case "dir" -> Fs.open(at(""), O_RDONLY, 0);
      case "pipe" -> {
        int pipe = Fs.open(at("pipe"), O_RDWR, 0);
        write(pipe, "abc");
        yield pipe;
      }
      case "/dev/urandom", "/proc/version" -> Fs.open(kind, O_RDONLY, 0);
      default -> Fs.open(kind, O_RDWR, 0);
    };
  }
}
