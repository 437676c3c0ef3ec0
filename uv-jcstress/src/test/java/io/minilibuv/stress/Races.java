// SPDX-License-Identifier: MIT
package io.minilibuv.stress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs all races, and fails unless each finds nothing in the real code, and finds every mistake
 * that was made for it to find.
 *
 * <p>A race is a class with nested tests, which differ only in what they are run on: {@code Real}
 * on our code, those that begin with {@code Flaw} on copies with one mistake each. A race that
 * cannot see the mistake would say nothing about the real code either.
 *
 * <p>Without arguments the run is short, and what jcstress says goes to a file. Arguments are
 * jcstress's own, and make it as long as one likes. It is run in {@code uv-jcstress/target}, where
 * it leaves its reports.
 */
final class Races {
  private static final String[] SHORT = {
    "-f", "1",
    "-iters", "2",
    "-time", "700",
    "-strideSize", "64",
    "-strideCount", "4",
    "-sc", "false",
    "-af", "NONE",
    "-jvmArgs", "-Xmx256m -XX:+UseSerialGC"
  };

  /** Nobody logs, and nobody is to be told so. */
  private static final String[] ALWAYS = {
    "-r", "jcstress-report", "-jvmArgsPrepend", "-Dslf4j.internal.verbosity=ERROR"
  };

  /** What came of one test, in all JVMs that it was run in. */
  private static final class Tally {
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final List<String> troubles = new ArrayList<>();
    private long samples;
    private long forbidden;
    private int runs;

    private void add(TestResult result) {
      runs++;
      if (result.status() != Status.NORMAL) {
        troubles.add(result.status() + " " + result.getMessages() + " " + result.getVmErr());
      }
      result
          .grading()
          .gradingResults
          .values()
          .forEach(
              graded -> {
                samples += graded.count;
                if (graded.count > 0) {
                  outcomes.merge(graded.id, graded.count, Long::sum);
                }
                if (graded.expect == Expect.FORBIDDEN) {
                  forbidden += graded.count;
                }
              });
    }
  }

  private Races() {}

  public static void main(String[] arguments) throws Exception {
    boolean isShort = arguments.length == 0;
    List<String> all = new ArrayList<>(Arrays.asList(isShort ? SHORT : arguments));
    all.addAll(Arrays.asList(ALWAYS));
    Path log = Path.of("jcstress.log").toAbsolutePath();
    long began = System.nanoTime();
    Options options = isShort ? runSilently(all, log) : run(all);
    Map<String, Tally> tallies = new TreeMap<>();
    new DiskReadCollector(
            options.getResultFile(),
            result -> tallies.computeIfAbsent(result.getName(), name -> new Tally()).add(result))
        .dump();
    List<String> faults = judge(expected(options), tallies);
    print(tallies, (System.nanoTime() - began) / 1_000_000_000);
    faults.forEach(System.out::println);
    if (!faults.isEmpty() && isShort) {
      System.out.println("jcstress's own words are in " + log);
    }
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private static Options runSilently(List<String> arguments, Path log) throws Exception {
    PrintStream console = System.out;
    try (PrintStream file = new PrintStream(log.toFile(), UTF_8)) {
      System.setOut(file);
      return run(arguments);
    } finally {
      System.setOut(console);
    }
  }

  private static Options run(List<String> arguments) throws Exception {
    Options options = new Options(arguments.toArray(new String[0]));
    if (!options.parse()) {
      System.exit(1);
    }
    try {
      new JCStress(options).run();
    } catch (AssertionError e) {
      // It counts what the flawed copies do as failures. We read the results ourselves.
      if (!String.valueOf(e.getMessage()).startsWith("TEST FAILURES")) {
        throw e;
      }
    }
    return options;
  }

  private static Collection<String> expected(Options options) {
    return TestList.tests().stream()
        .filter(name -> name.matches(".*(?:" + options.getTestFilter() + ").*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> judge(Collection<String> expected, Map<String, Tally> tallies) {
    List<String> faults = new ArrayList<>();
    if (expected.isEmpty()) {
      faults.add("FAULT: there is no such race");
    }
    for (String name : expected) {
      Tally tally = tallies.getOrDefault(name, new Tally());
      tally.troubles.forEach(trouble -> faults.add("FAULT: " + name + ": " + trouble));
      if (tally.runs == 0 || tally.samples == 0) {
        faults.add("FAULT: " + name + " was not run");
      } else if (isFlawed(name) && tally.forbidden == 0) {
        faults.add("FAULT: " + name + ": the race has not found what is wrong there");
      } else if (!isFlawed(name) && tally.forbidden > 0) {
        faults.add("FAULT: " + name + ": " + tally.outcomes);
      }
    }
    for (String name : TestList.tests()) {
      String race = raceOf(name);
      boolean[] kinds = new boolean[2];
      TestList.tests().stream()
          .filter(other -> raceOf(other).equals(race))
          .forEach(other -> kinds[isFlawed(other) ? 1 : 0] = true);
      if (!kinds[0] || !kinds[1]) {
        faults.add("FAULT: " + race + " needs the real code and a flawed copy");
      }
    }
    return faults;
  }

  private static void print(Map<String, Tally> tallies, long seconds) {
    String race = "";
    for (Map.Entry<String, Tally> entry : tallies.entrySet()) {
      String name = entry.getKey();
      Tally tally = entry.getValue();
      if (!raceOf(name).equals(race)) {
        race = raceOf(name);
        System.out.println(race);
      }
      System.out.printf(
          Locale.ROOT,
          "  %-28s %,11d samples, %,9d forbidden  %s%n",
          name.substring(race.length() + 1),
          tally.samples,
          tally.forbidden,
          tally.outcomes);
    }
    System.out.printf(Locale.ROOT, "%d races run in %d seconds%n", tallies.size(), seconds);
  }

  private static String raceOf(String test) {
    return test.substring(0, test.lastIndexOf('.'));
  }

  private static boolean isFlawed(String test) {
    return test.startsWith("Flaw", test.lastIndexOf('.') + 1);
  }
}
