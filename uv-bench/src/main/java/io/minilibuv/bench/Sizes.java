// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much memory one more handle or request keeps.
 *
 * @param bytes of each kind, by who it belongs to
 * @param failures why others have told nothing
 */
record Sizes(Map<Contender, Map<String, Long>> bytes, Map<Contender, String> failures) {
  /** The kinds by the names that contenders call them, and what the report calls them. */
  static final Map<String, String> KINDS = kinds();

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("timer", "timer");
    kinds.put("started-timer", "timer that is started");
    kinds.put("async", "async handle");
    kinds.put("work", "work request that is queued");
    kinds.put("fs", "file system request that is queued");
    return kinds;
  }

  /** None. */
  static Sizes none() {
    return new Sizes(Map.of(), Map.of());
  }

  /** Asks all that can tell. */
  static Sizes measure(Commands commands) throws InterruptedException {
    Map<Contender, Map<String, Long>> bytes = new EnumMap<>(Contender.class);
    Map<Contender, String> failures = new EnumMap<>(Contender.class);
    for (Contender contender : commands.withSizes()) {
      try {
        bytes.put(contender, ask(contender, commands.sizesOf(contender), commands.limit()));
      } catch (PlayerException e) {
        failures.put(contender, String.valueOf(e.getMessage()));
      }
    }
    return new Sizes(bytes, failures);
  }

  private static Map<String, Long> ask(Contender contender, List<String> command, Duration limit)
      throws PlayerException, InterruptedException {
    try (Child child = Child.start(command, limit)) {
      String said = child.readAll();
      int status = child.waitFor();
      if (status != 0) {
        throw new PlayerException("it has ended with " + status + ": " + said.strip());
      }
      return parse(said.lines().toList());
    } catch (PlayerException e) {
      throw new PlayerException(contender.label() + ": " + e.getMessage());
    }
  }

  /** Reads what a contender says: a line {@code size NAME BYTES} for each of the kinds. */
  static Map<String, Long> parse(List<String> lines) throws PlayerException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>(KINDS.keySet());
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words.length != 3 || !words[0].equals("size") || !words[2].matches("\\d{1,18}")) {
        throw new PlayerException("not understood: " + line);
      }
      sizes.put(words[1], Long.parseLong(words[2]));
      missing.remove(words[1]);
    }
    if (!missing.isEmpty()) {
      throw new PlayerException("no size of " + String.join(", ", missing));
    }
    return sizes;
  }
}
