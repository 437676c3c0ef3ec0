// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The bench: plays rows, and writes what came of them as a page, as JSON and as pictures. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures this project beside C libuv and what else there is on the JVM.",
      "",
      "All contenders of a row take turns, round by round. The report tells the cost of each"
          + " relative to C's in the same round.",
      ""
    })
public final class Bench implements Callable<Integer> {
  @Option(
      names = "--rows",
      paramLabel = "REGEX",
      description = "Only rows whose name this is found in.")
  private Pattern rows = Pattern.compile("");

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "WHO",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Set<Contender> contenders = EnumSet.allOf(Contender.class);

  @Option(names = "--rounds", paramLabel = "N", description = "How many count (${DEFAULT-VALUE}).")
  private int rounds = 7;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      description = "How many do not (${DEFAULT-VALUE}).")
  private int warmUps = 5;

  @Option(
      names = "--large",
      paramLabel = "MIB",
      description = "Size of the file to copy (${DEFAULT-VALUE}).")
  private int large = 1024;

  @Option(
      names = "--files",
      paramLabel = "N",
      description = "Files of the tree to copy (${DEFAULT-VALUE}).")
  private int files = 20_000;

  @Option(names = "--growth", description = "Also how cost grows with what there is.")
  private boolean growth;

  @Option(names = "--no-memory", description = "Not how much memory handles and requests keep.")
  private boolean noMemory;

  @Option(names = "--list", description = "Only tell which rows there are.")
  private boolean list;

  @Option(names = "--home", required = true, hidden = true)
  private Path home = Path.of("");

  Bench() {}

  /** Runs it. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Bench::onFailure)
            .execute(args));
  }

  /** What is missing on this machine is said without a stack. */
  private static int onFailure(Exception e, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (!(e instanceof PlayerException)) {
      throw e;
    }
    line.getErr().println("bench: " + e.getMessage());
    return 1;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Fixtures fixtures = new Fixtures(home.resolve("target/files").toAbsolutePath(), large, files);
    List<Row> chosen =
        Rows.all(fixtures).stream().filter(row -> rows.matcher(row.name()).find()).toList();
    if (list) {
      chosen.forEach(row -> System.out.printf(Locale.ROOT, "%-18s %s%n", row.name(), row.title()));
      return 0;
    }
    requirePositive("--rounds", rounds, 1);
    requirePositive("--warm-ups", warmUps, 0);
    Commands commands = commands();
    fixtures.make();
    Map<String, String> machine = Machine.describe(commands);
    Path report = Files.createDirectories(home.resolve("target/report"));
    Sizes sizes = noMemory ? Sizes.none() : Sizes.measure(commands);
    List<Result> results = new ArrayList<>();
    write(report, machine, results, sizes);
    for (Row row : chosen) {
      results.add(play(row, commands));
      write(report, machine, results, sizes);
    }
    if (growth) {
      results.addAll(playGrowths(report, commands));
    }
    System.out.println("the report is in " + report);
    boolean allWell = results.stream().allMatch(result -> result.failures().isEmpty());
    return allWell && sizes.failures().isEmpty() ? 0 : 1;
  }

  private static void requirePositive(String option, int value, int least) throws PlayerException {
    if (value < least) {
      throw new PlayerException(option + " must be " + least + " or more");
    }
  }

  private static void write(
      Path report, Map<String, String> machine, List<Result> results, Sizes sizes)
      throws IOException {
    Files.writeString(report.resolve("report.md"), MarkdownReport.of(machine, results, sizes));
    Files.writeString(report.resolve("report.json"), JsonReport.of(machine, results, sizes));
    Files.writeString(report.resolve("report.svg"), BarChart.of(results));
  }

  private List<Result> playGrowths(Path report, Commands commands)
      throws IOException, InterruptedException {
    List<Result> all = new ArrayList<>();
    for (Growth one : Rows.growths()) {
      List<Result> points = new ArrayList<>();
      for (Row row : one.rows()) {
        points.add(play(row, commands));
      }
      Files.writeString(
          report.resolve("growth-" + one.name() + ".svg"), GrowthChart.of(one, points));
      all.addAll(points);
    }
    return all;
  }

  private Result play(Row row, Commands commands) throws IOException, InterruptedException {
    System.out.printf(Locale.ROOT, "%-24s", row.name());
    System.out.flush();
    Result result = Match.play(row, commands, warmUps, rounds);
    for (Contender contender : commands.contendersOf(row)) {
      System.out.print(summary(result, contender));
    }
    System.out.println();
    result.failures().forEach((who, why) -> System.out.println("  failed: " + why));
    return result;
  }

  private static String summary(Result result, Contender contender) {
    Spread cost = result.cost(contender);
    Spread ratio = result.ratio(contender);
    if (cost == null) {
      return "";
    }
    String nanos = MarkdownReport.nanos(cost.median());
    return contender == Contender.C || ratio == null
        ? String.format(Locale.ROOT, "  %s %s", contender.label(), nanos)
        : String.format(Locale.ROOT, "  %s %.2f", contender.label(), ratio.median());
  }

  private Commands commands() throws IOException, InterruptedException {
    Path c =
        contenders.contains(Contender.C)
            ? CProgram.compile(home.resolve("src/main/c"), home.resolve("target/c"))
            : null;
    Map<Contender, Path> jdks = Jdks.byContender();
    if (classPath().stream().noneMatch(Commands::isLinux)) {
      // Built with an older JDK.
      jdks.keySet().removeIf(Contender::hasEpoll);
    }
    for (Contender contender : contenders) {
      if (contender != Contender.C && !jdks.containsKey(contender)) {
        System.err.printf(
            Locale.ROOT, "bench: left out: %s (%s)%n", contender.label(), Jdks.NEEDED);
      }
    }
    Path archive = home.resolve("target/cds/hello.aot").toAbsolutePath();
    return new Commands(c, jdks, classPath(), archive, contenders);
  }

  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .collect(Collectors.toList());
  }
}
