// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The program of every contender on the JVM: does a row round by round, as the harness asks for it
 * on standard input, and tells what each has taken. The C program beside it speaks the same
 * language.
 *
 * <pre>
 * ready                            the row is set up
 * done WORK WALL_NANOS CPU_NANOS   for each line "round"
 * bye PEAK_KILOBYTES               at the end of input
 * failed TEXT                      instead of any of these, and status 1
 * </pre>
 */
public final class Driver {
  private Driver() {}

  /** {@code CONTENDER ROW [KEY=VALUE...]}. */
  public static void main(String[] args) {
    // Contenders leave threads of their libraries behind, which would keep the process.
    System.exit(run(Arrays.asList(args)));
  }

  private static int run(List<String> words) {
    try {
      Keys keys = Keys.parse(words.subList(2, words.size()));
      Workload workload = Workloads.of(words.get(0), words.get(1), keys);
      say("ready");
      serve(workload);
      workload.close();
      say("bye " + peakKilobytes());
      return 0;
    } catch (Exception | Error e) {
      say("failed " + e.toString().replace('\n', ' '));
      e.printStackTrace();
      return 1;
    }
  }

  private static void serve(Workload workload) throws Exception {
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      if (!line.equals("round")) {
        throw new IllegalArgumentException("not known: " + line);
      }
      workload.prepare();
      long cpu = ProcessTime.nanos();
      long wall = System.nanoTime();
      long work = workload.round();
      wall = System.nanoTime() - wall;
      cpu = ProcessTime.nanos() - cpu;
      workload.check(work);
      say("done " + work + ' ' + wall + ' ' + cpu);
    }
  }

  /** The most that the process has had in memory; -1 where the system does not tell. */
  private static long peakKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(-1);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
