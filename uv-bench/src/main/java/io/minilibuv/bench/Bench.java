// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  @Option(names = "--list", description = "Only tell which rows there are.")
  private boolean list;

  @Option(names = "--home", required = true, hidden = true)
  private Path home = Path.of("");

  Bench() {}

  /** Runs it. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Fixtures fixtures = new Fixtures(home.resolve("target/files").toAbsolutePath(), large, files);
    List<Row> chosen =
        Rows.all(fixtures).stream().filter(row -> rows.matcher(row.name()).find()).toList();
    if (list) {
      chosen.forEach(row -> System.out.printf("%-18s %s%n", row.name(), row.title()));
      return 0;
    }
    fixtures.make();
    Commands commands = commands();
    Map<String, String> machine = Machine.describe(commands);
    Path report = Files.createDirectories(home.resolve("target/report"));
    List<Result> results = new ArrayList<>();
    for (Row row : chosen) {
      results.add(play(row, commands));
      Files.writeString(report.resolve("report.md"), MarkdownReport.of(machine, results));
      Files.writeString(report.resolve("report.json"), JsonReport.of(machine, results));
      Files.writeString(report.resolve("report.svg"), BarChart.of(results));
    }
    if (growth) {
      for (Growth one : Rows.growths()) {
        List<Result> points = new ArrayList<>();
        for (Row row : one.rows()) {
          points.add(play(row, commands));
        }
        Files.writeString(
            report.resolve("growth-" + one.name() + ".svg"), GrowthChart.of(one, points));
      }
    }
    System.out.println("the report is in " + report);
    return results.stream().allMatch(result -> result.failures().isEmpty()) ? 0 : 1;
  }

  private Result play(Row row, Commands commands) throws IOException {
    System.out.printf("%-24s", row.name());
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
        ? String.format("  %s %s", contender.label(), nanos)
        : String.format("  %s %.2f", contender.label(), ratio.median());
  }

  private Commands commands() throws IOException, InterruptedException {
    Path c = CProgram.compile(home.resolve("src/main/c"), home.resolve("target/c"));
    Map<Contender, Path> jdks = new EnumMap<>(Contender.class);
    Optional<Path> older = Jdks.find(17);
    Optional<Path> newer = Jdks.find(25);
    older.ifPresent(jdk -> jdks.put(Contender.UV_17_NIO, jdk));
    for (Contender contender : Contender.values()) {
      @Nullable Path jdk = newer.or(() -> older).orElse(null);
      boolean needsNewer =
          contender == Contender.UV_25_EPOLL
              || contender == Contender.UV_25_NIO
              || contender == Contender.VIRTUAL;
      if (jdk != null && (newer.isPresent() || !needsNewer)) {
        jdks.putIfAbsent(contender, jdk);
      }
    }
    return new Commands(c, jdks, classPath(), contenders);
  }

  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .collect(Collectors.toList());
  }
}
