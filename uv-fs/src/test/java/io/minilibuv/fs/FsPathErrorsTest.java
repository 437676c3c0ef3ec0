// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every call about a path answers for every kind of path, in both forms. The answers in {@code
 * errors-of-paths.txt} are libuv's own, taken from it on Linux.
 */
@EnabledOnOs(OS.LINUX)
class FsPathErrorsTest extends FsFixture {
  private int made;

  /** Where the last call was made, if that was refused: it has changed nothing, or this tells. */
  private String asItWas;

  static List<AnswerTable.Row> table() {
    return AnswerTable.read("errors-of-paths.txt");
  }

  @MethodSource("table")
  @ParameterizedTest
  void everyCallOnEveryKindOfPath(AnswerTable.Row row) {
    PathCall call = PathCall.valueOf(row.call());
    assertEquals(
        Map.of(), row.differences(column -> answer(in -> call.answerNow(in, pathOf(column, in)))));
    assertEquals(
        Map.of(),
        row.differences(column -> answer(in -> call.answerOnLoop(loop, in, pathOf(column, in)))),
        "on the loop");
  }

  private String answer(UnaryOperator<String> call) {
    String in = asItWas == null ? fresh() : asItWas;
    String told = call.apply(in);
    asItWas = told.equals(PathCall.FINE) ? null : in;
    return told;
  }

  private static String pathOf(String column, String in) {
    return switch (column) {
      case "EMPTY" -> "";
      case "NAME256" -> in + "/" + "n".repeat(256);
      case "PATH1M" -> in + "/" + "d/".repeat(1 << 19) + "f";
      default -> in + "/" + column;
    };
  }

  /** A directory with one of each kind. */
  private String fresh() {
    String name = "in" + made++;
    String in = at(name);
    Fs.mkdir(in, 0755);
    file(name + "/file", "x");
    Fs.mkdir(in + "/dir", 0755);
    Fs.mkdir(in + "/full", 0755);
    file(name + "/full/x", "x");
    Fs.symlink("missing", in + "/dangling");
    Fs.symlink("loop", in + "/loop");
    Fs.symlink("file/x", in + "/astray");
    Fs.symlink("../missing", in + "/full/up");
    Fs.symlink("dir", in + "/way");
    Fs.symlink("file", in + "/link");
    return in;
  }
}
