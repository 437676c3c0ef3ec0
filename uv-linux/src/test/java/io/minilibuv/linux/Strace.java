// SPDX-License-Identifier: MIT
package io.minilibuv.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs programs under {@code strace}, and tells which system calls they have made. */
public final class Strace {
  /** Why a test is skipped that is enabled only where {@link #works()}. */
  public static final String ABSENT = "strace is not here, or may not trace";

  /** {@link #works()}, for the annotation that takes a method's name. */
  public static final String WORKS = "io.minilibuv.linux.Strace#works";

  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern BEGUN = Pattern.compile("(.*?) *<unfinished \\.\\.\\.>");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");

  private final Path trace;
  private final Path output;
  private final String calls;
  private final List<String> ofJvm = new ArrayList<>();

  /** A line of the trace: what a thread has called, and what came of it. */
  public record Call(long thread, String text) {}

  /**
   * @param folder where the trace is written, which a program that watches files had better not
   *     watch
   * @param calls those that are to be seen, with commas between; {@code strace} takes names with a
   *     question mark before them for those that not every system has
   */
  public Strace(Path folder, String calls) {
    this.trace = folder.resolve("trace");
    this.output = folder.resolve("output");
    this.calls = calls;
  }

  /** Gives the JVM more options. */
  public Strace with(String... more) {
    ofJvm.addAll(List.of(more));
    return this;
  }

  /** Whether {@code strace} is here, and may trace. */
  public static boolean works() {
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

  /**
   * Runs a class's {@code main} in a JVM of its own, and gives the lines that it printed.
   *
   * @param options of {@code strace}, such as a call that is to fail
   */
  public List<String> run(Class<?> program, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("strace", "-f", "-o", trace.toString(), "-e", "trace=" + calls));
    command.addAll(options);
    return new Jvm(output).startedBy(command).with(ofJvm).run(program, Map.of(), arguments);
  }

  /** The lines of the trace, as they stand there. */
  public List<String> lines() throws IOException {
    return Files.readAllLines(trace);
  }

  /** How many lines of the trace have something in them that matches. */
  public long count(String pattern) throws IOException {
    Pattern compiled = Pattern.compile(pattern);
    return lines().stream().filter(line -> compiled.matcher(line).find()).count();
  }

  /**
   * What all threads have called, in the order in which it ended. A call that others came in
   * between of stands in two lines of the trace, and is one here.
   */
  public List<Call> calls() throws IOException {
    List<Call> all = new ArrayList<>();
    Map<Long, String> begun = new HashMap<>();
    for (String line : lines()) {
      Matcher parts = LINE.matcher(line);
      assertThat(parts.matches()).as(line).isTrue();
      long thread = Long.parseLong(parts.group(1));
      Matcher first = BEGUN.matcher(parts.group(2));
      Matcher second = RESUMED.matcher(parts.group(2));
      if (first.matches()) {
        begun.put(thread, first.group(1));
      } else if (second.matches()) {
        all.add(new Call(thread, begun.remove(thread) + second.group(1)));
      } else {
        all.add(new Call(thread, parts.group(2)));
      }
    }
    return all;
  }
}
