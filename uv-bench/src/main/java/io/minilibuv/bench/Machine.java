// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the figures were measured on, and of. */
final class Machine {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String NOT_KNOWN = "not known";

  private Machine() {}

  /**
   * What there is to say, by what it is about.
   *
   * @param home a folder of the tree of sources that this was built from
   */
  static Map<String, String> describe(Commands commands, Plan plan, Path home)
      throws IOException, InterruptedException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put("commit", commit(home));
    facts.put("processor", fact(Path.of("/proc/cpuinfo"), "model name"));
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", fact(Path.of("/proc/meminfo"), "MemTotal"));
    facts.put("system", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    facts.put("load at the start", load());
    facts.putAll(versions(commands));
    facts.put("flags of Java", String.join(" ", Commands.FLAGS));
    facts.putAll(plan.facts());
    return facts;
  }

  private static Map<String, String> versions(Commands commands) throws InterruptedException {
    Map<String, String> versions = new LinkedHashMap<>();
    commands
        .programs()
        .forEach(
            (who, program) -> versions.put("libuv of " + commands.label(who), program.libuv()));
    if (!versions.isEmpty()) {
      versions.put("gcc", ask(List.of("gcc", "-dumpfullversion")).orElse(NOT_KNOWN));
    }
    for (Contender contender : List.of(Contender.UV_25_EPOLL, Contender.UV_17_NIO)) {
      Path jdk = commands.jdks().get(contender);
      if (jdk != null) {
        versions.put("JDK of " + contender.label(), Jdks.version(jdk));
      }
    }
    return versions;
  }

  /** Which sources it was made of. */
  private static String commit(Path home) throws InterruptedException {
    List<String> git = List.of("git", "-C", home.toString());
    Optional<String> commit = ask(git, "rev-parse", "--short=12", "HEAD");
    if (commit.isEmpty()) {
      return NOT_KNOWN;
    }
    Optional<String> changes = ask(git, "status", "--porcelain", "--untracked-files=no");
    return commit.get() + (changes.filter(String::isEmpty).isPresent() ? "" : ", and changes");
  }

  /** What a program says; nothing if it is not there, or fails. */
  private static Optional<String> ask(List<String> program, String... words)
      throws InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(words));
    try (Child child = Child.startWithErrors(command, SOON)) {
      String said = child.readAll().strip();
      return child.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    } catch (PlayerException e) {
      return Optional.empty();
    }
  }

  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ", 2)[0] : NOT_KNOWN;
  }

  private static String fact(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      return NOT_KNOWN;
    }
    Predicate<String> named = line -> line.startsWith(name);
    return Files.readAllLines(file).stream()
        .filter(named)
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(NOT_KNOWN);
  }
}
