// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a process of its own: makes the calls of a table, and prints what they answer.
 *
 * <p>A column is a path in a directory that is made anew for each call; or, if it begins with a
 * slash, the path itself.
 */
final class FsTableCaller {
  /** Whether there are as many descriptors in use, when calls are made, as there may be. */
  static final String NO_DESCRIPTORS = "no descriptors";

  /** That calls are made where they are told to be, and not in a directory of their own. */
  static final String IN_PLACE = "in place";

  private final Path work;
  private final String how;
  private final Loop loop = Loop.open();
  private final List<String> told = new ArrayList<>();
  private int made;

  /**
   * Where the last call of each form was made, if it was refused: it has changed nothing, or the
   * next answers tell.
   */
  private final @Nullable String[] asItWas = new String[2];

  private FsTableCaller(Path work, String how) {
    this.work = work;
    this.how = how;
  }

  /** Takes the table, a directory to work in, how, and what {@code others/} stands for. */
  public static void main(String[] args) throws IOException {
    FsTableCaller caller = new FsTableCaller(Path.of(args[1]), args[2]);
    List<AnswerTable.Row> table = AnswerTable.read(args[0]);
    if (caller.how.equals(NO_DESCRIPTORS)) {
      caller.loadAll(table);
    }
    for (AnswerTable.Row row : table) {
      for (String column : row.expected().keySet()) {
        String path = column.startsWith("others/") ? args[3] + column.substring(6) : column;
        caller.call(row.call(), column, path);
      }
    }
    caller.loop.shutdown();
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    caller.told.forEach(out::println);
  }

  private void call(String name, String column, String path) {
    PathCall call = PathCall.valueOf(name);
    boolean exhausted = how.equals(NO_DESCRIPTORS);
    String now = Objects.requireNonNullElseGet(asItWas[0], this::fresh);
    String onLoop = Objects.requireNonNullElseGet(asItWas[1], this::fresh);
    List<Integer> open = exhausted ? openAll() : List.of();
    String answerNow = call.answerNow(now, resolve(now, path));
    String answerOnLoop = call.answerOnLoop(loop, onLoop, resolve(onLoop, path));
    open.forEach(Fs::close);
    asItWas[0] = answerNow.equals(PathCall.FINE) ? null : now;
    asItWas[1] = answerOnLoop.equals(PathCall.FINE) ? null : onLoop;
    told.add(name + '\t' + column + '\t' + answerNow);
    told.add(name + " on the loop\t" + column + '\t' + answerOnLoop);
  }

  /** Has the JVM load what calls need, before there is no descriptor left to load it through. */
  private void loadAll(List<AnswerTable.Row> table) throws IOException {
    for (AnswerTable.Row row : table) {
      for (String column : row.expected().keySet()) {
        String in = fresh();
        PathCall.valueOf(row.call()).answerNow(in, in + "/" + column);
        PathCall.valueOf(row.call()).answerOnLoop(loop, in, in + "/" + column);
      }
    }
  }

  private static String resolve(String in, String path) {
    return path.startsWith("/") ? path : in + "/" + path;
  }

  /** As many descriptors as there are. */
  static List<Integer> openAll() {
    List<Integer> open = new ArrayList<>();
    while (true) {
      try {
        open.add(Fs.open("/dev/null", FsFlags.O_RDONLY, 0));
      } catch (UvException e) {
        return open;
      }
    }
  }

  /** A directory with ways of all kinds, all the caller's. */
  private String fresh() {
    if (how.equals(IN_PLACE)) {
      return work.toString();
    }
    try {
      return filled();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String filled() throws IOException {
    Path in = Files.createDirectory(work.resolve("in" + made++));
    for (String each : List.of("dir", "full", "locked", "fixed", "fixed/dir", "blind")) {
      Files.createDirectory(in.resolve(each));
    }
    for (String each : List.of("full/x", "file", "locked/file", "fixed/file", "blind/file")) {
      Files.writeString(in.resolve(each), "x");
    }
    Files.writeString(in.resolve("secret"), "x");
    Fs.symlink("locked", in + "/toclosed");
    Fs.chmod(in + "/fixed", 0555);
    Fs.chmod(in + "/locked", 0);
    Fs.chmod(in + "/blind", 0333);
    Fs.chmod(in + "/secret", 0);
    return in.toString();
  }

  /** Runs this in {@code child}, and compares what it has printed with its table. */
  static void assertAnswers(FsChild child, String table, Path work, String how, Path others)
      throws IOException, InterruptedException {
    Map<String, String> answers = new HashMap<>();
    for (String line :
        child.run(FsTableCaller.class, table, work.toString(), how, others.toString())) {
      int tab = line.lastIndexOf('\t');
      answers.put(line.substring(0, tab), line.substring(tab + 1));
    }
    List<String> wrong = new ArrayList<>();
    for (AnswerTable.Row row : AnswerTable.read(table)) {
      for (String form : List.of(row.call(), row.call() + " on the loop")) {
        row.differences(column -> answers.getOrDefault(form + '\t' + column, "nothing"))
            .forEach((column, what) -> wrong.add(form + " " + column + ": " + what));
      }
    }
    assertEquals(List.of(), wrong);
  }
}
