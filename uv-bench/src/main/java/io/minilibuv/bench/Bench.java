// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The bench: plays rows, and writes what came of them as a page, as JSON and as pictures. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures this project beside C libuv and what else there is on the JVM.",
      "",
      "All contenders of a row take turns, round by round. The report tells the cost of each"
          + " relative to C's in the same round. It is in target/report; that of the run before is"
          + " in target/report-previous.",
      ""
    })
public final class Bench implements Callable<Integer> {
  /** What rows are called if there are to be none. */
  private static final String NO_ROWS = "none";

  @Option(
      names = "--rows",
      paramLabel = "REGEX",
      description = {
        "Only rows whose name this is found in;",
        "'" + NO_ROWS + "', with --growth: none of them."
      })
  private Pattern rows = Pattern.compile("");

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "WHO",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Set<Contender> contenders = EnumSet.allOf(Contender.class);

  @Option(names = "--rounds", paramLabel = "N", description = "How many count (${DEFAULT-VALUE}).")
  private int rounds = Plan.ENOUGH;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      description = "How many do not (${DEFAULT-VALUE}).")
  private int warmUps = 5;

  @Option(
      names = "--large",
      paramLabel = "MIB",
      description = "Size of the file to copy (${DEFAULT-VALUE}).")
  private int large = Plan.MEGABYTES;

  @Option(
      names = "--files",
      paramLabel = "N",
      description = "Files of the tree to copy (${DEFAULT-VALUE}).")
  private int files = Plan.FILES;

  @Option(
      names = "--libuv",
      paramLabel = "FOLDER",
      description = "Where another libuv is installed, which takes part as well.")
  private @Nullable Path libuv;

  @Option(
      names = "--limit",
      paramLabel = "MINUTES",
      description =
          "How long a round may take, and whatever else is waited for (${DEFAULT-VALUE}).")
  private int limit = 10;

  @Option(names = "--growth", description = "Also how cost grows with what there is.")
  private boolean growth;

  @Option(names = "--no-memory", description = "Not how much memory handles and requests keep.")
  private boolean noMemory;

  @Option(names = "--list", description = "Only tell which rows there are, and which contenders.")
  private boolean list;

  @Option(names = "--home", required = true, hidden = true)
  private Path home = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

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
    checkOptions();
    Plan plan = new Plan(warmUps, rounds, large, files);
    Fixtures fixtures = new Fixtures(home.resolve("target/files").toAbsolutePath(), large, files);
    List<Row> chosen = chosen(fixtures);
    if (list) {
      tellWhatThereIs(chosen);
      return 0;
    }
    if (plan.isShort()) {
      System.err.printf(
          Locale.ROOT,
          "bench: --rounds %d: fewer than the %d that can be judged by%n",
          rounds,
          Plan.ENOUGH);
    }
    Commands commands = commands();
    Map<String, String> machine = Machine.describe(commands, plan, home);
    fixtures.make();
    Sizes sizes = noMemory ? Sizes.none() : Sizes.measure(commands);
    ReportFolder folder = new ReportFolder(home.resolve("target"));
    Report report =
        new Report(machine, commands.labels(), new ArrayList<>(), new ArrayList<>(), sizes);
    for (Row row : chosen) {
      report.results().add(play(row, commands, plan));
      folder.write(report);
    }
    if (growth) {
      playGrowths(report, folder, commands, plan);
    }
    System.out.println("the report is in " + folder.path());
    return report.isWell() ? 0 : 1;
  }

  private static void tellWhatThereIs(List<Row> rows) {
    rows.forEach(row -> System.out.printf(Locale.ROOT, "%-18s %s%n", row.name(), row.title()));
    System.out.println();
    for (Contender contender : Contender.values()) {
      System.out.printf(Locale.ROOT, "%-18s %s%n", contender, contender.description());
    }
  }

  private void checkOptions() {
    require("--rounds", rounds, 1);
    require("--warm-ups", warmUps, 0);
    require("--large", large, 1);
    require("--files", files, 1);
    require("--limit", limit, 1);
    requireLibuv();
  }

  /** One who is asked for by name, among others that are not, has to be there. */
  private void requireLibuv() {
    boolean chosen = contenders.size() < Contender.values().length;
    if (libuv == null && chosen && contenders.contains(Contender.OTHER_C)) {
      throw wrong("--contenders " + Contender.OTHER_C + " needs --libuv");
    }
  }

  private void require(String option, int value, int least) {
    if (value < least) {
      throw wrong(option + " is to be " + least + " or more, and not " + value);
    }
  }

  private CommandLine.ParameterException wrong(String why) {
    return new CommandLine.ParameterException(spec.commandLine(), why);
  }

  private List<Row> chosen(Fixtures fixtures) {
    List<Row> chosen =
        Rows.all(fixtures).stream()
            .filter(row -> rows.matcher(row.name()).find())
            .map(fixtures::titled)
            .toList();
    if (chosen.isEmpty() && !(growth && rows.pattern().equals(NO_ROWS))) {
      throw wrong("--rows " + rows + ": there is no such row; --list tells which there are");
    }
    return chosen;
  }

  private void playGrowths(Report report, ReportFolder folder, Commands commands, Plan plan)
      throws IOException, InterruptedException {
    for (Growth one : Rows.growths()) {
      for (Row row : one.rows()) {
        report.growths().add(play(row, commands, plan));
        folder.write(report);
        folder.write("growth-" + one.name() + ".svg", GrowthChart.of(one, report));
      }
    }
  }

  private static Result play(Row row, Commands commands, Plan plan)
      throws IOException, InterruptedException {
    System.out.printf(Locale.ROOT, "%-24s", row.name());
    System.out.flush();
    Result result = Match.play(row, commands, plan);
    for (Contender contender : commands.contendersOf(row)) {
      System.out.print(summary(result, contender, commands.label(contender)));
    }
    System.out.println();
    result.failures().forEach((who, why) -> System.out.println("  failed: " + why));
    return result;
  }

  private static String summary(Result result, Contender contender, String label) {
    Spread cost = result.cost(contender);
    Spread ratio = result.ratio(contender);
    if (cost == null) {
      return "";
    }
    String nanos = MarkdownReport.nanos(cost.median());
    return contender == Contender.C || ratio == null
        ? String.format(Locale.ROOT, "  %s %s", label, nanos)
        : String.format(Locale.ROOT, "  %s %.2f", label, ratio.median());
  }

  private Commands commands() throws IOException, InterruptedException {
    Set<Contender> chosen = EnumSet.copyOf(contenders);
    if (libuv != null) {
      chosen.add(Contender.OTHER_C);
    }
    Map<Contender, Path> jdks = Jdks.byContender();
    if (classPath().stream().noneMatch(Commands::isLinux)) {
      // Built with an older JDK.
      jdks.keySet().removeIf(Contender::hasEpoll);
    }
    for (Contender contender : chosen) {
      if (!contender.isC() && !jdks.containsKey(contender)) {
        System.err.printf(
            Locale.ROOT, "bench: left out: %s (%s)%n", contender.label(), Jdks.NEEDED);
      }
    }
    return new Commands(
        programs(chosen),
        jdks,
        classPath(),
        home.resolve("target/cds").toAbsolutePath(),
        chosen,
        limit());
  }

  private Map<Contender, CProgram> programs(Set<Contender> chosen)
      throws IOException, InterruptedException {
    Path sources = home.resolve("src/main/c");
    Map<Contender, CProgram> programs = new EnumMap<>(Contender.class);
    if (chosen.contains(Contender.C)) {
      programs.put(Contender.C, CProgram.compile(sources, home.resolve("target/c"), null, limit()));
    }
    if (libuv != null) {
      programs.put(
          Contender.OTHER_C,
          CProgram.compile(sources, home.resolve("target/other-c"), libuv, limit()));
    }
    return programs;
  }

  private Duration limit() {
    return Duration.ofMinutes(limit);
  }

  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .collect(Collectors.toList());
  }
}
