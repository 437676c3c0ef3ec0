// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  /** What there is to say, by what it is about. */
  static Map<String, String> describe(Commands commands) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", fact(Path.of("/proc/cpuinfo"), "model name"));
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", fact(Path.of("/proc/meminfo"), "MemTotal"));
    facts.put("system", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    facts.put("load at the start", load());
    for (Contender contender : List.of(Contender.UV_25_EPOLL, Contender.UV_17_NIO)) {
      Path home = commands.jdks().get(contender);
      if (home != null) {
        facts.put("JDK of " + contender.label(), Jdks.version(home));
      }
    }
    facts.put("flags of Java", String.join(" ", Commands.FLAGS));
    return facts;
  }

  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ", 2)[0] : "not known";
  }

  private static String fact(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      return "not known";
    }
    Predicate<String> named = line -> line.startsWith(name);
    return Files.readAllLines(file).stream()
        .filter(named)
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("not known");
  }
}
