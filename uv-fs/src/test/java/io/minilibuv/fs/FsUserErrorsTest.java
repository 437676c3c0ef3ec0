// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.core.Loop;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every call about a path answers where permissions are missing, in both forms. Root has all
 * of them, so under root the calls are made by a process of the user nobody. The answers in {@code
 * errors-of-closed-ways.txt} and {@code errors-of-others-files.txt} are libuv's own, taken from it
 * on Linux.
 */
@EnabledOnOs(OS.LINUX)
class FsUserErrorsTest {
  @TempDir Path dir;

  /** What runs in the process: makes the calls of a table, and prints what they answer. */
  static final class Caller {
    private static int made;

    private Caller() {}

    /** Takes the table, a directory to work in, and the one in which the others' files are. */
    public static void main(String[] args) throws IOException {
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      if (Fs.stat("/proc/self").uid() == 0) {
        throw new IllegalStateException("root may do everything");
      }
      Loop loop = Loop.open();
      for (AnswerTable.Row row : AnswerTable.read(args[0])) {
        PathCall call = PathCall.valueOf(row.call());
        for (String column : row.expected().keySet()) {
          String in = fresh(args[1]);
          out.println(
              row.call() + '\t' + column + '\t' + call.answerNow(in, path(args, in, column)));
          in = fresh(args[1]);
          String onLoop = call.answerOnLoop(loop, in, path(args, in, column));
          out.println(row.call() + " on the loop\t" + column + '\t' + onLoop);
        }
      }
      loop.shutdown();
    }

    private static String path(String[] args, String in, String column) {
      return column.startsWith("others/") ? args[2] + column.substring(6) : in + "/" + column;
    }

    /** A directory with ways of all kinds, all the caller's. */
    private static String fresh(String parent) throws IOException {
      Path in = Files.createDirectory(Path.of(parent, "in" + made++));
      for (String each : List.of("dir", "full", "locked", "fixed", "fixed/dir", "blind")) {
        Files.createDirectory(in.resolve(each));
      }
      for (String each : List.of("full/x", "file", "locked/file", "fixed/file", "blind/file")) {
        Files.writeString(in.resolve(each), "x");
      }
      Files.writeString(in.resolve("secret"), "x");
      Fs.chmod(in + "/fixed", 0555);
      Fs.chmod(in + "/locked", 0);
      Fs.chmod(in + "/blind", 0333);
      Fs.chmod(in + "/secret", 0);
      return in.toString();
    }
  }

  /** What the calls of {@code table} answer, by call and column. */
  private Map<String, Map<String, String>> answers(String table)
      throws IOException, InterruptedException {
    FsChild child = FsChild.ofOrdinaryUser(dir);
    assumeTrue(child.isPossible(), "the user nobody cannot run this Java");
    Path work = Files.createDirectory(dir.resolve("work"));
    if (FsChild.ROOT) {
      Fs.chown(work.toString(), FsChild.NOBODY, FsChild.NOBODY);
    }
    Map<String, Map<String, String>> answers = new HashMap<>();
    for (String line :
        child.run(Caller.class, table, work.toString(), dir.resolve("others").toString())) {
      List<String> words = List.of(line.split("\t", -1));
      answers
          .computeIfAbsent(words.get(0), call -> new HashMap<>())
          .put(words.get(1), words.get(2));
    }
    return answers;
  }

  private void assertAnswers(String table) throws IOException, InterruptedException {
    Map<String, Map<String, String>> answers = answers(table);
    List<String> wrong = new ArrayList<>();
    for (AnswerTable.Row row : AnswerTable.read(table)) {
      for (String form : List.of(row.call(), row.call() + " on the loop")) {
        Map<String, String> found = answers.get(form);
        row.differences(found::get)
            .forEach((column, what) -> wrong.add(form + " " + column + ": " + what));
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** A directory that may not be searched, written or read, and a file that may not be opened. */
  @Test
  void everyCallOnAWayThatIsClosed() throws IOException, InterruptedException {
    assertAnswers("errors-of-closed-ways.txt");
  }

  @Test
  void everyCallOnWhatBelongsToAnotherUser() throws IOException, InterruptedException {
    assumeTrue(FsChild.ROOT, "there is no other user to make files of");
    for (String each : List.of("others", "others/dir", "others/sticky", "others/sticky/dir")) {
      Files.createDirectory(dir.resolve(each));
      Fs.chmod(dir + "/" + each, each.endsWith("sticky") ? 01777 : 0755);
    }
    for (String each : List.of("file", "private", "dir/file", "sticky/file")) {
      Path path = Files.writeString(dir.resolve("others").resolve(each), "x");
      Fs.chmod(path.toString(), each.equals("private") ? 0600 : 0644);
    }
    assertAnswers("errors-of-others-files.txt");
  }
}
